"""The law: after any sequence of changes the hub has exactly the pages of one made from nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
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
    Library,
    MovedPage,
    Page,
    Site,
    Subject,
    addresses_of,
    compose,
    hub_view,
    slip_of,
)
from hub_site.trees import tree_of
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
AUDIENCES = ("hr", "board")
KEPT = (KeptPage("over/", "Over", "nl"), KeptPage("hulp/", "Hulp", "nl"))
STEPS = (
    *(timedelta(seconds=1), timedelta(hours=7), timedelta(days=1), timedelta(days=9)),
    *(timedelta(days=40), timedelta(days=400), -timedelta(hours=1), -timedelta(days=50)),
)
ids = st.sampled_from
FOR_WHOM = ids(["everyone", *AUDIENCES])
BY_MENTION = ids(["everyone", "mentioned"])


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
    ) | {
        "id": item_id(name),
        "language": draw(ids(["nl", "en"])),
        "audience": draw(FOR_WHOM),
    }


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
                "ask": st.booleans(),
            }
        ),
        "rubric": st.fixed_dictionaries(
            {"order": st.integers(0, 2), "path": ids(["dagje-mee/", "over/", "nieuw/"])}
        ),
        "section": st.fixed_dictionaries({"path": ids(["mededelingen/", "nieuw/"])}),
        "tag": st.fixed_dictionaries(
            {"path": ids(["onderwerp/een/", "onderwerp/twee/"]), "audience": BY_MENTION}
        ),
        "person": st.fixed_dictionaries(
            {
                "started": ids([None, "2026-09", "2026-12"]),
                "is_newcomer_shown": st.booleans(),
                "path": ids(["collegas/een/", "collegas/twee/", "collegas/drie/"]),
            }
        ),
        "image": st.one_of(
            st.fixed_dictionaries({"renditions": st.just([]), "credit": ids(["", "Ik"])}),
            st.fixed_dictionaries({"audience": BY_MENTION}),
        ),
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
        self.library = self._fresh_library()

    def _fresh_library(self) -> Library:
        library = Library(lambda identity: self.documents[identity], as_of=self.as_of)
        library.reserve(addresses_of(self._reserved))
        return library

    def put(self, document: Json) -> None:
        self.take(parse(document))

    def take(self, parsed: "held.Document") -> None:
        self.documents[parsed.id] = parsed
        self.changed[parsed.id] = parsed

    def remove(self, identity: str) -> None:
        self.documents.pop(identity, None)
        self.changed[identity] = None

    def restart(self) -> None:
        """A press that starts knows what was printed and what changed since."""
        as_of, self.as_of = self.as_of, self.library.as_of
        self.library = self._fresh_library()
        self.library.fill(slip_of(document) for document in self._printed_from.values())
        self.as_of = as_of

    def print_changes(self) -> set[Subject]:
        """Make only what the changes can touch; give what was made."""
        for identity, document in self.changed.items():
            self.library.remove(identity) if document is None else self.library.put(
                slip_of(document)
            )
        self.changed.clear()
        self.library.reserve(addresses_of(self.kept))
        self.library.advance(self.as_of)
        affected = self.ledger.affected(self.library, self.library.traces.take())
        made = {subject: self.library.make(subject) for subject in affected}
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
        turns = [turn for turn in (self.library.next_turn(), self.ledger.next_turn()) if turn]
        return Site(
            hub=hub_view(self.library.ground, self.kept),
            pages=tuple(sorted(pages, key=lambda page: page.path)),
            moved=tuple(sorted(moved, key=lambda page: page.path)),
            set_aside=self.library.set_aside(),
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


def readable_by(audience: str, documents: "Mapping[str, held.Document]") -> "list[held.Document]":
    """What may be known to a tree; with what is mentioned where somebody may read the mention."""
    own = [each for each in documents.values() if each.audience in {"everyone", audience}]
    mentioned = {
        identity for each in own for identity in (*getattr(each, "tags", ()), *_pictures_of(each))
    }
    loose = [documents[each] for each in sorted(mentioned & documents.keys())]
    return own + [each for each in loose if each.audience == "mentioned"]


def _pictures_of(document: "held.Document") -> list[str]:
    refs = [getattr(document, name, None) for name in ("lead_image", "portrait")]
    return [ref.image for ref in refs if ref is not None]


def _in_tree(audience: str, site: Site) -> list[Page | MovedPage]:
    pages: list[Page | MovedPage] = [*site.pages, *site.moved]
    return [page for page in pages if tree_of(page.path or "index.html") == audience]


class Law(RuleBasedStateMachine):
    @initialize(is_crowded=st.booleans())
    def begin(self, is_crowded: bool) -> None:
        self.hub = Hub(Path(":memory:"))
        for each in samples.sample_hub(0):
            if each["kind"] not in _ITEMS and _is_in_play(each):
                self.hub.put(each)
        for each in crowd() if is_crowded else ():
            self.hub.put(each)
        for key in AUDIENCES:
            self.hub.put(samples.audience(key, key.upper()))
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

    @rule(number=st.integers(0, 2), path=ids([*PATHS, "weg/"]), to=ids(NAMES), of=FOR_WHOM)
    def move_an_address(self, number: int, path: str, to: str, of: str) -> None:
        redirect = samples.document("redirect", str(number), path=path, target=item_id(to))
        self.hub.put(redirect | {"audience": of})

    @rule(name=ids(NAMES), audience=FOR_WHOM)
    def say_for_whom(self, name: str, audience: str) -> None:
        known = self.hub.documents.get(item_id(name))
        if known is not None:
            self.hub.take(replace(known, audience=audience))

    @rule(key=ids(AUDIENCES), name=maybe(ids(["Bestuur", "Kantoor"])))
    def name_or_end_an_audience(self, key: str, name: str | None) -> None:
        if name is None:
            self.hub.remove(f"audience-{key}")
        else:
            self.hub.put(samples.audience(key, name))

    @rule(kept=ids([(), KEPT[:1], KEPT]))
    def change_the_hand_kept_pages(self, kept: tuple[KeptPage, ...]) -> None:
        self.hub.kept = kept

    @rule(step=ids(STEPS))
    def let_time_pass(self, step: timedelta) -> None:
        self.hub.as_of += step

    @rule()
    def wait_for_the_next_turn(self) -> None:
        turns = (self.hub.library.next_turn(), self.hub.ledger.next_turn())
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
        assert (printed.moved, printed.set_aside) == (fresh.moved, fresh.set_aside)
        assert printed == fresh

    def teardown(self) -> None:
        if hasattr(self, "hub"):
            self.print_changes()
            self.compare_with_what_each_may_read()

    def compare_with_what_each_may_read(self) -> None:
        """A tree says nothing that depends on what its readers may not read."""
        printed = self.hub.site()
        for audience in ("everyone", *AUDIENCES):
            readable = readable_by(audience, self.hub.documents)
            fresh = compose(readable, as_of=self.hub.as_of, kept=self.hub.kept)
            ours, theirs = _in_tree(audience, printed), _in_tree(audience, fresh)
            assert [page.path for page in ours] == [page.path for page in theirs]
            assert ours == theirs


TestLaw = Law.TestCase
TestLaw.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
