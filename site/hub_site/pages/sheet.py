"""One page in the making: builds the parts that all pages share and remembers what it used."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from hub_site.content.documents import (
    Announcement,
    Document,
    File,
    Hub,
    Image,
    ImageRef,
    Item,
    Logo,
    Person,
    PersonRef,
    Rendition,
    Rubric,
    Style,
    Term,
)
from hub_site.pages import richtext
from hub_site.pages.clippings import Clipping
from hub_site.pages.dates import day_view, new_year_after
from hub_site.pages.files import file_view
from hub_site.pages.minutes import reading_minutes
from hub_site.pages.places import item_list
from hub_site.pages.shelf import Shelf
from hub_site.pages.style import LogoView, StyleView, style_view
from hub_site.pages.titles import initials_of, names_in_a_row, with_soft_hyphens
from hub_site.pages.validity import validity_in_words, validity_turns
from hub_site.pages.views import (
    Day,
    FileView,
    ForWhom,
    Link,
    Mention,
    Page,
    PersonCard,
    Photo,
    RubricTag,
    Source,
    Teaser,
)
from hub_site.words import WORDS

_EXTENSION = {"webp": "webp", "jpeg": "jpg"}
_FALLBACK_WIDTH = 1200
IMAGES = "assets/images/"
"""Where in its tree a picture is, and every other file that its pages show."""


def image_path(rendition: Rendition, root: str = "") -> str:
    """Where a tree that begins at `root` keeps a file for its own pages."""
    extension = _EXTENSION.get(rendition.format, rendition.format)
    return f"{root}{IMAGES}{rendition.hash}.{extension}"


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is printed: its template, its tab and what its head says."""

    template: str
    tab: str | None
    description: str
    title: str | None = None


@dataclass(slots=True)
class Sheet:
    """Everything a page takes from the shelf goes through here, so it is known what it needs."""

    shelf: Shelf
    path: str
    picture_address: Callable[[Rendition], str] | None = None  # where it is not the tree's own
    inputs: set[str] = field(default_factory=set)
    turns: set[datetime] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)  # where the hub keeps what is shown

    @property
    def hub(self) -> Hub:
        return self._used(self.shelf.hub)

    def _used[D: Document](self, document: D) -> D:
        self.inputs.update(self.shelf.keys_of(document.id))
        return document

    def needs(self, name: str) -> None:
        """Remember that this page depends on a list."""
        self.inputs.add(self.shelf.key(name))

    def find[D: Document](self, kind: type[D], identity: str | None) -> D | None:
        """Read a document; one that is not there is remembered, for it may come."""
        if identity is not None:
            self.inputs.update(self.shelf.keys_of(identity))
        return self.shelf.find(kind, identity)

    def find_all[D: Document](self, kind: type[D], identities: Iterable[str]) -> list[D]:
        found = (self.find(kind, identity) for identity in identities)
        return [document for document in found if document is not None]

    def first[D: Document](self, kind: type[D], name: str, limit: int | None = None) -> list[D]:
        """Read documents from the start of a list."""
        self.needs(name)
        return self.find_all(kind, self.shelf.lists.first(name, limit))

    def last(self, name: str, limit: int | None = None) -> list[Item]:
        """Read items from the end of a list, the last one first: the newest, in lists by time."""
        return self.find_all(Item, self.backwards(name, limit))

    def backwards(self, name: str, limit: int | None = None) -> Iterator[str]:
        """The ids of a list from its end, to look at without reading all of them."""
        self.needs(name)
        return islice(self.shelf.lists.backwards(name), limit)

    def beside(self, item: Item, term: Document) -> tuple[list[str], list[str]]:
        """The ids of items close by under a rubric or tag: older and newer, the nearest first."""
        self.needs(f"near {item.id}")
        return self.shelf.lists.around(item_list(term), (item.published_at, item.id))

    def count(self, name: str) -> int:
        self.needs(name)
        return self.shelf.lists.count(name)

    def day(self, day: date) -> Day:
        if day.year >= self.shelf.today.year:
            self.turns.add(new_year_after(self.shelf.as_of, self.shelf.zone))
        return day_view(day, today=self.shelf.today, language=self.shelf.language)

    def day_of(self, moment: datetime) -> Day:
        return self.day(moment.astimezone(self.shelf.zone).date())

    def markup(self, html: str) -> str:
        return richtext.clean(html, self._resolve)

    def _resolve(self, identity: str) -> str | None:
        target = self.find(Document, identity)
        address = self.shelf.address(target) if target else None
        return None if address is None else _relative(address, self.path)

    def photo(self, ref: ImageRef | None) -> Photo | None:
        """The picture in all its widths; None when it has none that can be shown."""
        image = self.find(Image, ref.image) if ref else None
        if ref is None or image is None or not image.renditions:
            return None
        return self._photo(ref, image)

    def _photo(self, ref: ImageRef, image: Image) -> Photo:
        modern = sorted((r for r in image.renditions if r.format == "webp"), key=_width)
        plain = [r for r in image.renditions if r.format == "jpeg" and r.width <= _FALLBACK_WIDTH]
        fallback = max(plain or image.renditions, key=_width)
        self._shows(*modern, fallback)
        across, down = image.focal_point
        return Photo(
            alt="" if ref.decorative else ref.alt or image.alt,
            caption=ref.caption,
            credit=image.credit,
            width=image.width,
            height=image.height,
            focal=f"{across:.0%} {down:.0%}",
            sources=[Source(path=self._at(r), width=r.width) for r in modern],
            fallback={
                "path": self._at(fallback),
                "width": fallback.width,
                "height": round(image.height * fallback.width / max(image.width, 1)),
            },
        )

    def file(self, identity: str | None, title: str = "") -> FileView | None:
        """A file to hand out or play; None when it can't be had."""
        file = self.find(File, identity)
        if file is None:
            return None
        self._shows(file.content)
        return file_view(file, self._at(file.content), title=title, language=self.shelf.language)

    def _shows(self, *files: Rendition) -> None:
        self.pictures.update([image_path(each, self.shelf.root) for each in files])

    def _at(self, picture: Rendition) -> str:
        if self.picture_address is not None:
            return self.picture_address(picture)
        return image_path(picture, self.shelf.root)

    def style(self) -> StyleView | None:
        """The house style, its logos among the pictures that this page needs."""
        style = next(iter(self.first(Style, "styles", 1)), None)
        return style_view(style, self._logo) if style else None

    def _logo(self, logo: Logo | None) -> LogoView | None:
        if logo is None or logo.content.hash in self.shelf.missing:
            return None
        self._shows(logo.content)
        return LogoView(
            path=self._at(logo.content),
            width=logo.content.width,
            height=logo.height,
            ground=logo.ground,
        )

    def card(self, ref: PersonRef | None) -> PersonCard | None:
        """A person with page and portrait when they have a page; None when nobody is named."""
        person = self.find(Person, ref.person) if ref else None
        if person is not None:
            return self.person_card(person)
        if ref is None or not ref.name:
            return None
        return PersonCard(
            name=ref.name,
            path=None,
            role=ref.role,
            department=None,
            location=None,
            initials=initials_of(ref.name),
            portrait=None,
        )

    def cards(self, refs: Iterable[PersonRef]) -> list[PersonCard]:
        found = (self.card(ref) for ref in refs)
        return [card for card in found if card is not None]

    def person_card(self, person: Person) -> PersonCard:
        self._used(person)
        return PersonCard(
            name=person.title,
            path=self.shelf.address(person),
            role=person.role,
            department=self.term_title(person.department),
            location=self.term_title(person.location),
            initials=initials_of(person.title),
            portrait=self.photo(person.portrait),
        )

    def term_title(self, identity: str | None) -> str | None:
        term = self.find(Term, identity)
        return term.title if term else None

    def mention(self, identity: str | None) -> Mention | None:
        """A subject by its name; with its page where it has one."""
        subject = self.find(Document, identity)
        if subject is None:
            return None
        return Mention(title=subject.title, path=self.shelf.address(subject))

    def mentions(self, identities: Iterable[str]) -> list[Mention]:
        found = (self.mention(identity) for identity in identities)
        return [each for each in found if each is not None]

    def link(self, document: Document) -> Link:
        self._used(document)
        title = with_soft_hyphens(document.title, document.language)
        return Link(title=title, path=self.shelf.address(document) or "")

    def rubric_tag(self, rubric: Rubric) -> RubricTag:
        link = self.link(rubric)
        return RubricTag(**link, colour=rubric.colour, tile=rubric.tile)

    def teaser(self, item: Item) -> Teaser:
        # Of announcements the words change with the hour; previews have pictures elsewhere.
        if isinstance(item, Announcement) or self.picture_address is not None:
            return self._teaser(item)
        clippings = self.shelf.traces.clippings
        found = clippings.find(item.id, self.shelf.as_of)
        if found is None:
            sheet = Sheet(self.shelf, self.path)
            view = sheet._teaser(item)
            found = Clipping(
                view, frozenset(sheet.inputs), frozenset(sheet.turns), frozenset(sheet.pictures)
            )
            clippings.keep(item.id, found, self.shelf.as_of)
        self.inputs |= found.inputs
        self.turns |= found.turns
        self.pictures |= found.pictures
        return found.view

    def _teaser(self, item: Item) -> Teaser:
        self._used(item)
        rubric = self.find(Rubric, item.rubric)
        names = [name for author in item.authors if (name := self.name(author))]
        return Teaser(
            kind=item.kind,
            path=self.shelf.address(item) or "",
            title=with_soft_hyphens(item.title, item.language),
            summary=item.summary,
            language=item.language,
            rubric=self.rubric_tag(rubric) if rubric else None,
            image=self.photo(item.lead_image),
            seed=item.id,
            byline=names_in_a_row(names, conjunction=WORDS[self.shelf.language].and_),
            date=self.day_of(item.published_at),
            minutes=reading_minutes(item),
            importance=item.importance if isinstance(item, Announcement) else None,
            validity=self.validity(item),
            is_lapsed=self.shelf.is_lapsed(item),
        )

    def teasers(self, items: Sequence[Item]) -> list[Teaser]:
        return [self.teaser(item) for item in items]

    def name(self, ref: PersonRef) -> str:
        """What somebody is called, wherever that is said."""
        person = self.find(Person, ref.person)
        return person.title if person else ref.name

    def validity(self, item: Item) -> str | None:
        """Until when it holds, or when it is, in words."""
        self.turns.update(validity_turns(item, self.shelf))
        return validity_in_words(item, self.shelf)

    def finish(self, view: Mapping[str, object], *, about: Document, frame: Frame) -> Page:
        """Close the page: its view, and everything it turned out to depend on."""
        self._used(about)
        for_whom = self._for_whom(about)
        coming = [turn for turn in self.turns if turn > self.shelf.as_of]
        return Page(
            path=self.path,
            template=frame.template,
            title=frame.title or about.title,
            language=about.language,
            description=frame.description,
            tab=frame.tab,
            view=view,
            source=about.id if self.shelf.address(about) == self.path else None,
            root=self.shelf.root,
            for_whom=for_whom,
            inputs=frozenset(self.inputs),
            changes_at=min(coming, default=None),
            pictures=frozenset(self.pictures),
        )

    def _for_whom(self, about: Document) -> ForWhom | None:
        """For whom this page alone is, and where the page beside it is that everyone may read."""
        audience = self.shelf.audience
        if audience is None:
            return None
        self._used(audience)
        path, ground = self.shelf.root, self.shelf.address_for_everyone(about)
        return ForWhom(title=audience.title, path=path, beside=ground)


def _width(rendition: Rendition) -> int:
    return rendition.width


def _relative(target: str, page: str) -> str:
    relative = posixpath.relpath(f"/{target}", f"/{page}")
    return f"{relative}/"
