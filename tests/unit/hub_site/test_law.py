"""The law: after any sequence of changes the hub has exactly the pages of one made from nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

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
from tests.unit.hub_site.law_documents import (
    AUDIENCES,
    FOR_WHOM,
    ITEMS,
    NAMES,
    PATHS,
    crowd,
    ids,
    is_in_play,
    item_id,
    items,
    maybe,
    others,
)
from tests.unit.hub_site.samples import NOW, Json

if TYPE_CHECKING:
    from hub_site.content import documents as held


KEPT = (KeptPage("over/", "Over", "nl"), KeptPage("hulp/", "Hulp", "nl"))
STEPS = (
    *(timedelta(seconds=1), timedelta(hours=7), timedelta(days=1), timedelta(days=9)),
    *(timedelta(days=40), timedelta(days=400), -timedelta(hours=1), -timedelta(days=50)),
)


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
        identity
        for each in own
        for identity in (*getattr(each, "tags", ()), *_pictures_of(each), *_shown_in(each))
    }
    loose = [documents[each] for each in sorted(mentioned & documents.keys())]
    return own + [each for each in loose if each.audience == "mentioned"]


def _pictures_of(document: "held.Document") -> list[str]:
    refs = [getattr(document, name, None) for name in ("lead_image", "portrait")]
    return [ref.image for ref in refs if ref is not None]


def _shown_in(document: "held.Document") -> list[str]:
    blocks = getattr(document, "body", ())
    files = [block.file for block in blocks if hasattr(block, "file")]
    galleries = [block.images for block in blocks if hasattr(block, "images")]
    return files + [ref.image for gallery in galleries for ref in gallery]


def _in_tree(audience: str, site: Site) -> list[Page | MovedPage]:
    pages: list[Page | MovedPage] = [*site.pages, *site.moved]
    return [page for page in pages if tree_of(page.path or "index.html") == audience]


class Law(RuleBasedStateMachine):
    @initialize(is_crowded=st.booleans())
    def begin(self, is_crowded: bool) -> None:
        self.hub = Hub(Path(":memory:"))
        for each in samples.sample_hub(0):
            if each["kind"] not in ITEMS and is_in_play(each):
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
