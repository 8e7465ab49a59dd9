"""The law: after any sequence of changes the hub has exactly the pages of one made from nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from hub_site.content.parsing import parse
from hub_site.database import Database
from hub_site.ledger import Entry, Ledger
from hub_site.pages import (
    KeptPage,
    MovedPage,
    Page,
    Shelf,
    Site,
    Subject,
    addresses_of,
    compose,
    hub_view,
    make,
    slip_of,
)
from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import NOW, Json

if TYPE_CHECKING:
    from hub_site.content import documents as held

pytestmark = pytest.mark.no_cover  # thousands of steps

RUBRICS = ("Dagje mee", "Heel naar huis")
TAGS = ("Veiligheid", "Onderweg")
PEOPLE = ("Magda Kowalczyk", "Sietse Wiersma", "Tijn Dijkstra")
PICTURES = ("01-de-las-horen", "sietse-wiersma")
NAMES = ("a", "b", "c", "d", "e", "f", "g", "h")
PATHS = ("dagje-mee/een/", "dagje-mee/twee/", "heel-naar-huis/een/", "over/", "dagje-mee/2026/11/")
KEPT = (KeptPage("over/", "Over", "nl"), KeptPage("hulp/", "Hulp", "nl"))
STEPS = (
    *(timedelta(seconds=1), timedelta(hours=7), timedelta(days=1), timedelta(days=9)),
    *(timedelta(days=40), timedelta(days=400), -timedelta(hours=1), -timedelta(days=50)),
)
ids = st.sampled_from


def some(*choices: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(choices), max_size=2, unique=True)


def maybe[T](strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def tag_ids(names: list[str]) -> list[str]:
    return [samples.identity(f"tag {name}") for name in names]


def item_id(name: str) -> str:
    return samples.identity(f"item {name}")


def moment_or_none(days: float | None) -> str | None:
    return None if days is None else samples.moment(days=days)


# Days on which words, months and years turn, and any other day.
days = st.sampled_from([-0.001, 0.0, 0.2, 1.0, 6.9, 7.0, 15.0, 30.0, 330.0]) | st.floats(-60, 500)


@st.composite
def items(draw: st.DrawFn) -> Json:
    """A story, interview or announcement that shares terms, addresses and people with others."""
    name = draw(ids(NAMES))
    kind = draw(ids(["story", "story", "interview", "announcement"]))
    is_news = kind == "announcement"
    ago = draw(days)
    link = draw(maybe(ids(NAMES)))
    html = f'<a href="document:{item_id(link)}">daar</a>' if link else "Niets."
    picture = draw(maybe(ids(PICTURES)))
    more: Json = {}
    if is_news:
        more = {
            "importance": draw(ids(["important", "information"])),
            "prominent_until": moment_or_none(draw(maybe(days))),
            "valid_until": moment_or_none(draw(maybe(days))),
            "valid_from": moment_or_none(draw(maybe(days))),
            "replaces": [item_id(each) for each in draw(some(*NAMES))],
        }
    lasts = draw(maybe(st.floats(0.5, 90)))
    rubric = draw(maybe(ids(RUBRICS)))
    return samples.item(
        kind,
        f"{draw(ids(['Kop', 'Titel']))} {name}",
        path=draw(ids([f"dagje-mee/{name}/", f"heel-naar-huis/{name}/", *PATHS])),
        days=ago,
        rubric=samples.identity(f"rubric {rubric}") if rubric else None,
        section=samples.identity("section Mededelingen") if is_news else None,
        tags=tag_ids(draw(some(*TAGS))),
        authors=[samples.person_ref(each) for each in draw(some(*PEOPLE))],
        people=[samples.person_ref(each) for each in draw(some(*PEOPLE))],
        lead_image=samples.image_ref(picture) if picture else None,
        translation_of=(other := draw(maybe(ids(NAMES)))) and item_id(other),
        expires_at=None if lasts is None else samples.moment(days=-ago + lasts),
        body=samples.paragraphs(html),
        **more,
    ) | {"id": item_id(name), "language": draw(ids(["nl", "en"]))}


@st.composite
def others(draw: st.DrawFn) -> Json:
    """A document that others point to, changed in one of the ways that matter."""
    hub = [each for each in samples.sample_hub(0) if each["kind"] not in _ITEMS]
    document = draw(ids([each for each in hub if _is_in_play(each)]))
    changes: dict[str, st.SearchStrategy[Json]] = {
        "hub": st.fixed_dictionaries(
            {
                "language": ids(["nl", "nl", "en"]),
                "time_zone": ids(["Europe/Amsterdam", "Pacific/Auckland"]),
                "organisation": ids(["Zwiepstra", "Anders"]),
            }
        ),
        "rubric": st.fixed_dictionaries(
            {"order": st.integers(0, 2), "path": ids(["dagje-mee/", "over/", "nieuw/"])}
        ),
        "section": st.fixed_dictionaries({"path": ids(["mededelingen/", "nieuw/"])}),
        "tag": st.fixed_dictionaries({"path": ids(["onderwerp/een/", "onderwerp/twee/"])}),
        "person": st.fixed_dictionaries(
            {
                "started": ids([None, "2026-09", "2026-12"]),
                "is_newcomer_shown": st.booleans(),
                "path": ids(["collegas/een/", "collegas/twee/", "collegas/drie/"]),
            }
        ),
        "image": st.fixed_dictionaries({"renditions": st.just([]), "credit": ids(["", "Ik"])}),
    }
    change = draw(maybe(changes[kind]) if (kind := str(document["kind"])) in changes else st.none())
    return document | (change or {}) | {"title": draw(ids([str(document["title"]), "Ander"]))}


_ITEMS = {"story", "interview", "announcement", "redirect"}


def _is_in_play(each: Json) -> bool:
    names = {*RUBRICS, *TAGS, *PEOPLE, *PICTURES}
    return str(each["title"]) in names or each["kind"] in {"hub", "section", "department"}


def crowd() -> list[Json]:
    """Just too many colleagues for one page."""
    person = next(each for each in samples.sample_hub(0) if each["kind"] == "person")
    return [
        person
        | {
            "id": samples.identity(f"crowd {number}"),
            "title": f"{'ABC'[number % 3]}bc{number}",
            "path": f"collegas/crowd-{number}/",
            "portrait": None,
            "started": None,
        }
        for number in range(58)
    ]


class Hub:
    """The warm parts of the press, with documents and a newsroom in memory."""

    def __init__(self, file: Path) -> None:
        self.documents: dict[str, held.Document] = {}
        self.as_of = NOW
        self.kept: tuple[KeptPage, ...] = ()
        self.changed: dict[str, held.Document | None] = {}
        self.printed: dict[Subject, Page | MovedPage] = {}
        self._printed_from: dict[str, held.Document] = {}
        self._reserved: tuple[KeptPage, ...] = ()
        self.ledger = Ledger(Database(file))
        self.shelf = self._fresh_shelf()

    def _fresh_shelf(self) -> Shelf:
        shelf = Shelf(lambda identity: self.documents[identity], as_of=self.as_of)
        shelf.reserve(addresses_of(self._reserved))
        return shelf

    def put(self, document: Json) -> None:
        parsed = parse(document)
        self.documents[parsed.id] = parsed
        self.changed[parsed.id] = parsed

    def remove(self, identity: str) -> None:
        self.documents.pop(identity, None)
        self.changed[identity] = None

    def restart(self) -> None:
        """A press that starts knows what was printed and what changed since."""
        as_of, self.as_of = self.as_of, self.shelf.as_of
        self.shelf = self._fresh_shelf()
        self.shelf.fill(slip_of(document) for document in self._printed_from.values())
        self.as_of = as_of

    def print_changes(self) -> set[Subject]:
        """Make only what the changes can touch; give what was made."""
        for identity, document in self.changed.items():
            self.shelf.remove(identity) if document is None else self.shelf.put(slip_of(document))
        self.changed.clear()
        self.shelf.reserve(addresses_of(self.kept))
        self.shelf.advance(self.as_of)
        affected = self.ledger.affected(self.shelf, self.shelf.take_touched())
        made = {subject: make(self.shelf, subject) for subject in affected}
        gone = {subject for subject, page in made.items() if page is None}
        self.ledger.write([self._entry(s, p) for s, p in made.items() if p], gone)
        self.printed |= {subject: page for subject, page in made.items() if page}
        for subject in gone:
            self.printed.pop(subject, None)
        self._printed_from, self._reserved = dict(self.documents), self.kept
        return affected

    def _entry(self, subject: Subject, page: Page | MovedPage) -> Entry:
        keys = tuple(sorted(page.inputs)) if isinstance(page, Page) else ()
        return Entry(
            subject=subject,
            path=page.path,
            uri=page.path,
            source=page.source,
            digest="",
            blob="",
            keys=keys,
            made_at=self.as_of,
            changes_at=page.changes_at if isinstance(page, Page) else None,
        )

    def site(self) -> Site:
        """What was printed, in the form of a hub made from nothing."""
        pages = [page for page in self.printed.values() if isinstance(page, Page)]
        moved = [page for page in self.printed.values() if isinstance(page, MovedPage)]
        turns = [turn for turn in (self.shelf.next_turn(), self.ledger.next_turn()) if turn]
        return Site(
            hub=hub_view(self.shelf, self.kept),
            pages=tuple(sorted(pages, key=lambda page: page.path)),
            moved=tuple(sorted(moved, key=lambda page: page.path)),
            set_aside=self.shelf.set_aside(),
            changes_at=min(turns, default=None),
        )


def _differences(ours: Sequence[Page], wanted: Sequence[Page]) -> list[object]:
    """What to read first when the law is broken."""
    found: list[object] = []
    for our, their in zip(ours, wanted, strict=True):
        for key, value in asdict(our).items():
            other = getattr(their, key)
            if key == "view" and our.view != their.view:
                parts = [name for name in our.view if our.view[name] != their.view.get(name)]
                found.append((our.path, [(n, our.view[n], their.view.get(n)) for n in parts]))
            elif key == "inputs":
                found += [(our.path, "inputs", our.inputs ^ their.inputs)] if value != other else []
            elif key not in {"view", "pictures"} and value != other:
                found.append((our.path, key, value, other))
    return found


class Law(RuleBasedStateMachine):
    @initialize(is_crowded=st.booleans())
    def begin(self, is_crowded: bool) -> None:
        self.hub = Hub(Path(":memory:"))
        for each in samples.sample_hub(0):
            if each["kind"] not in _ITEMS and _is_in_play(each):
                self.hub.put(each)
        for each in crowd() if is_crowded else ():
            self.hub.put(each)
        self.hub.print_changes()

    @rule(item=items())
    def publish_or_edit(self, item: Json) -> None:
        self.hub.put(item)

    @rule(several=st.lists(items(), min_size=3, max_size=6))
    def publish_several(self, several: list[Json]) -> None:
        for item in several:
            self.hub.put(item)

    @rule(document=others())
    def change_what_others_point_to(self, document: Json) -> None:
        self.hub.put(document)

    @rule(name=ids(NAMES))
    def unpublish(self, name: str) -> None:
        self.hub.remove(item_id(name))

    @rule(data=st.data())
    def remove_anything_but_the_hub(self, data: st.DataObject) -> None:
        known = sorted(each.id for each in self.hub.documents.values() if each.kind != "hub")
        if known:
            self.hub.remove(data.draw(ids(known)))

    @rule(number=st.integers(0, 2), path=ids([*PATHS, "weg/"]), to=ids(NAMES))
    def move_an_address(self, number: int, path: str, to: str) -> None:
        redirect = samples.document("redirect", str(number), path=path, target=item_id(to))
        self.hub.put(redirect)

    @rule(kept=ids([(), KEPT[:1], KEPT]))
    def change_the_hand_kept_pages(self, kept: tuple[KeptPage, ...]) -> None:
        self.hub.kept = kept

    @rule(step=ids(STEPS))
    def let_time_pass(self, step: timedelta) -> None:
        self.hub.as_of += step

    @rule()
    def wait_for_the_next_turn(self) -> None:
        turns = (self.hub.shelf.next_turn(), self.hub.ledger.next_turn())
        self.hub.as_of = min((turn for turn in turns if turn), default=self.hub.as_of)

    @rule()
    def restart(self) -> None:
        self.hub.restart()

    @rule()
    def print_changes(self) -> None:
        self.hub.print_changes()
        fresh = compose(self.hub.documents.values(), as_of=self.hub.as_of, kept=self.hub.kept)
        printed = self.hub.site()
        assert [page.path for page in printed.pages] == [page.path for page in fresh.pages]
        assert _differences(printed.pages, fresh.pages) == []
        assert printed == fresh

    def teardown(self) -> None:
        if hasattr(self, "hub"):
            self.print_changes()


TestLaw = Law.TestCase
TestLaw.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
