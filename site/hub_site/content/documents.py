"""Public documents as the newsroom sends them, format 1 of the contract."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

type Language = Literal["nl", "en"]
type Importance = Literal["important", "information"]
type Placement = Literal["lead", "pinned"]
type Urgency = Literal["danger", "notice"]
type Ground = Literal["light", "dark", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What every document has.

    Attributes:
        audience: who may read it: see `hub_site.trees`.
        path: from the root of its tree; None for what has no page of its own.
    """

    id: str
    kind: str
    language: Language
    audience: str
    path: str | None
    title: str


@dataclass(frozen=True, slots=True)
class PersonRef:
    person: str | None
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ImageRef:
    image: str
    alt: str
    decorative: bool
    caption: str


@dataclass(frozen=True, slots=True)
class Rendition:
    hash: str
    format: str
    """What it is: `webp` or `jpeg`, or the extension of a file that is no picture."""
    width: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Block:
    id: str


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    html: str


@dataclass(frozen=True, slots=True)
class Heading(Block):
    text: str


@dataclass(frozen=True, slots=True)
class Picture(Block):
    image: ImageRef | None


@dataclass(frozen=True, slots=True)
class PullQuote(Block):
    text: str
    speaker: PersonRef | None


@dataclass(frozen=True, slots=True)
class QuestionAnswer(Block):
    question: str
    answer_html: str


@dataclass(frozen=True, slots=True)
class CallOut(Block):
    title: str
    body_html: str


@dataclass(frozen=True, slots=True)
class Gallery(Block):
    title: str
    images: tuple[ImageRef, ...]


@dataclass(frozen=True, slots=True)
class Column:
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Each row has as many cells as there are columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_headings: bool


@dataclass(frozen=True, slots=True)
class Code(Block):
    text: str
    caption: str


@dataclass(frozen=True, slots=True)
class Button(Block):
    """Leads to a document of the hub, or else to an address elsewhere."""

    text: str
    target: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class HandOut(Block):
    """A file to take along."""

    file: str
    title: str


@dataclass(frozen=True, slots=True)
class Video(Block):
    file: str
    title: str
    poster: ImageRef | None
    captions: str | None
    captions_language: Language
    transcript_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub(Document):
    organisation: str
    introduction: str
    time_zone: str
    headcount: int | None
    editors: str
    editors_email: str | None
    ask: bool = False  # whether there is a door to ask at
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Words that mean the same here, for who searches."""
    address: str = ""
    """Where the hub is, without a slash behind: for what is read outside of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience(Document):
    """Those for whom a tree is: what they are called, at its root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric(Document):
    purpose: str
    tone: str
    cadence: str
    keeper: PersonRef | None
    colour: str
    tile: str
    introduction_html: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Document):
    introduction: str
    holds: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Document):
    """What employees read, of whatever kind."""

    summary: str
    lead_image: ImageRef | None
    rubric: str | None
    section: str | None
    authors: tuple[PersonRef, ...]
    people: tuple[PersonRef, ...]
    tags: tuple[str, ...]
    departments: tuple[str, ...]
    connection: str | None
    goal: str | None
    core_value: str | None
    translation_of: str | None
    theme: str | None
    placement: Placement | None
    placed_until: datetime | None
    published_at: datetime
    updated_at: datetime | None
    expires_at: datetime | None
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Item):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview(Item):
    interviewee: PersonRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement(Item):
    importance: Importance
    prominent_until: datetime | None
    valid_from: datetime | None
    valid_until: datetime | None
    replaces: tuple[str, ...]
    replaced_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Item):
    """Something at a time and a place; `over_at` is its end, or the midnight after its start."""

    starts_at: datetime
    ends_at: datetime | None
    over_at: datetime
    place: str
    link: str | None
    organiser: PersonRef | None
    meant_for: str
    is_cancelled: bool
    cancellation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityAction(Item):
    """A call to share something; `result` is what came of it."""

    asked: str
    effort: str
    until: datetime | None
    result: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Document):
    pronouns: str | None
    role: str
    department: str | None
    location: str | None
    started: str | None
    portrait: ImageRef | None
    ask_me_about: tuple[str, ...]
    about_html: str
    email: str | None
    is_newcomer_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Document):
    """A department, a location, a goal or a core value: a name that items point to."""

    order: int
    measure: str = ""
    owner: PersonRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Document):
    """A standing subject, with who looks after it and who knows about it."""

    introduction_html: str
    owner: PersonRef | None
    people: tuple[PersonRef, ...]
    order: int


@dataclass(frozen=True, slots=True)
class Call:
    """What colleagues are asked to take part in, on the front page."""

    title: str
    text: str
    button: str
    target: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Front(Document):
    """What the newsroom chose for the front page."""

    rubrics: tuple[str, ...]
    shows_newcomers: bool
    call: Call | None


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in one size, made for a box that a theme may count on.

    Attributes:
        ground: what it has to stand on to be seen: `light`, `dark`, or its `own`.
    """

    content: Rendition
    height: int
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(Document):
    """The organisation's own colours and letters; empty where it keeps to those of the theme.

    Attributes:
        logo_dark: what stands in the place of the logo on a dark screen.
    """

    light: str
    dark: str
    accent: str
    headings: str
    letters: str
    logo: Logo | None = None
    logo_dark: Logo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Document):
    """What everyone has to know until it is over."""

    text: str
    importance: Urgency
    target: str | None
    changed_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Document):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Document):
    """A file that items hand out or play."""

    hash: str
    extension: str
    bytes: int

    @property
    def content(self) -> Rendition:
        """Its bytes, as pages ask for them."""
        return Rendition(self.hash, self.extension, 0, self.bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Document):
    width: int
    height: int
    focal_point: tuple[float, float]
    alt: str
    credit: str
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect(Document):
    target: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that is not on the hub because the press can't use it, and why."""

    public_id: str
    reason: str
