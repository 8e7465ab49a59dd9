"""The shapes that templates read: section 3 of the contract, as types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict

from hub_site.content.documents import Language
from hub_site.pages.style import StyleView


class Link(TypedDict):
    title: str
    path: str


class Mention(TypedDict):
    """A name that has a page, or has none."""

    title: str
    path: str | None


class Tab(Link):
    key: str


class Day(TypedDict):
    iso: str
    text: str
    short: str
    month: str


class RubricTag(Link):
    colour: str
    tile: str


class Source(TypedDict):
    path: str
    width: int


class Fallback(Source):
    height: int


class Photo(TypedDict):
    alt: str
    caption: str
    credit: str
    width: int
    height: int
    focal: str
    sources: list[Source]
    fallback: Fallback


class PersonCard(TypedDict):
    name: str
    path: str | None
    role: str
    department: str | None
    location: str | None
    initials: str
    portrait: Photo | None


class Teaser(TypedDict):
    kind: str
    path: str
    title: str
    summary: str
    language: Language
    rubric: RubricTag | None
    image: Photo | None
    seed: str
    byline: str
    date: Day
    minutes: int
    importance: str | None
    validity: str | None
    is_lapsed: bool


class CountedLink(Link):
    count: int


class ForWhom(Link):
    beside: str | None


class ArchiveMonth(TypedDict):
    name: str
    path: str | None
    count: int


class ArchiveYear(TypedDict):
    year: int
    path: str
    total: int
    months: list[ArchiveMonth]  # none for a year that its own page opens


class Translation(TypedDict):
    link: Link
    language: Language


class Anchor(TypedDict):
    text: str
    anchor: str


class Question(TypedDict):
    number: int
    question: str
    anchor: str


class ItemView(Teaser):
    lead_image: Photo | None
    standfirst: str
    authors: list[PersonCard]
    people: list[PersonCard]
    tags: list[Link]
    departments: list[Mention]
    connection: str | None
    goal: Mention | None
    theme: Mention | None
    core_value: str | None
    blocks: list["BlockView"]
    contents: list[Anchor]
    updated: Day | None
    translation: Translation | None
    related: list[Teaser]
    previous: Link | None
    next: Link | None
    drop_cap: bool


class InterviewView(ItemView):
    interviewee: PersonCard | None
    questions: list[Question]


class AnnouncementView(ItemView):
    lapsed_on: Day | None
    replaces: list[Link]
    replaced_by: Link | None


class RubricView(RubricTag):
    purpose: str
    tone: str
    cadence: str
    introduction_html: str
    keeper: PersonCard | None


class RubricRow(RubricTag):
    purpose: str
    cadence: str
    total: int
    latest: Teaser | None


class PersonView(PersonCard):
    pronouns: str | None
    about_html: str
    ask_me_about: list[str]
    email: str | None
    since: str | None


class Letter(TypedDict):
    letter: str
    path: str


class PeopleGroup(TypedDict):
    letter: str
    people: list[PersonCard]


class ParagraphView(TypedDict):
    type: Literal["paragraph"]
    id: str
    html: str


class HeadingView(TypedDict):
    type: Literal["heading"]
    id: str
    text: str
    anchor: str


class PictureView(TypedDict):
    type: Literal["image"]
    id: str
    image: Photo
    caption: str


class PullQuoteView(TypedDict):
    type: Literal["pull_quote"]
    id: str
    text: str
    speaker: PersonCard | None


class QuestionAnswerView(TypedDict):
    type: Literal["question_answer"]
    id: str
    question: str
    answer_html: str
    anchor: str
    number: int


class CallOutView(TypedDict):
    type: Literal["call_out"]
    id: str
    title: str
    body_html: str


class GalleryView(TypedDict):
    type: Literal["gallery"]
    id: str
    title: str
    images: list[Photo]


class ColumnView(TypedDict):
    text: str
    is_number: bool


class TableView(TypedDict):
    type: Literal["table"]
    id: str
    caption: str
    columns: list[ColumnView]
    rows: list[list[str]]
    row_headings: bool


class CodeView(TypedDict):
    type: Literal["code"]
    id: str
    text: str
    caption: str


class ButtonView(TypedDict):
    """`path` within the hub, or else `url` elsewhere."""

    type: Literal["button"]
    id: str
    text: str
    path: str | None
    url: str | None


class FileView(TypedDict):
    """`name` is what it is called on the reader's device, `size` is in words."""

    path: str
    title: str
    name: str
    kind: str
    size: str


class DocumentView(TypedDict):
    type: Literal["document"]
    id: str
    file: FileView


class CaptionsView(TypedDict):
    path: str
    language: Language


class VideoView(TypedDict):
    type: Literal["video"]
    id: str
    title: str
    file: FileView
    media_type: str
    poster: Photo | None
    captions: CaptionsView | None
    transcript_html: str


type BlockView = (
    ParagraphView
    | HeadingView
    | PictureView
    | PullQuoteView
    | QuestionAnswerView
    | CallOutView
    | GalleryView
    | TableView
    | CodeView
    | ButtonView
    | DocumentView
    | VideoView
)


class AlertView(TypedDict):
    """`key` changes with what it says, so that a new text is shown to who closed the old one."""

    key: str
    title: str
    text: str
    is_danger: bool
    link: Link | None
    changed: str
    until: str


class RecentLink(Link):
    language: Language
    colour: str
    tile: str
    at: str


class CallView(TypedDict):
    title: str
    text: str
    button: str
    path: str | None
    until: str | None


class PartView(RubricTag):
    """A rubric with a part of its own on the front page."""

    items: list[Teaser]
    total: int


class YearMonth(ArchiveMonth):
    newest: list[Link]


class HubView(TypedDict):
    """`config.extra.hub`: what every page's frame shows."""

    name: str
    organisation: str
    introduction: str
    language: Language
    headcount: int | None
    editors: str
    editors_email: str | None
    ask: bool
    tabs: list[Tab]
    rubrics: list[RubricTag]
    pages: list[Link]
    style: StyleView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the hub, and what it depends on."""

    path: str
    template: str
    title: str
    language: Language
    description: str
    tab: str | None
    view: Mapping[str, object]
    root: str  # of the tree that it is in
    for_whom: ForWhom | None
    source: str | None  # the document whose own page this is
    inputs: frozenset[str]  # the keys it depends on: see `Shelf`
    changes_at: datetime | None  # when it becomes another page without any document changing
    pictures: frozenset[str]  # the files that it shows, by where the hub keeps them
