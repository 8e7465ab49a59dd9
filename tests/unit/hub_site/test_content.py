from collections.abc import Iterator
from pathlib import Path

import pytest

from hub_site.content.feed import FeedEntry, FeedPage
from hub_site.content.fields import DocumentError
from hub_site.content.parsing import parse, parse_all
from hub_site.content.store import DocumentStore, Position
from hub_site.database import Database
from hub_site.errors import NewsroomUnreachableError, PressError
from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import Json


def test_every_document_of_the_sample_can_be_read() -> None:
    parsed = parse_all(samples.by_id(samples.sample_hub(3)))

    assert parsed.set_aside == ()
    assert {document.kind for document in parsed.documents} == {
        *("hub", "rubric", "section", "story", "interview", "announcement", "person"),
        *("department", "location", "goal", "core_value", "tag", "image", "redirect"),
        *("theme", "front", "alert", "file", "style", "event", "community_action"),
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "riddle"}, "does not know the kind 'riddle'"),
        ({"format": 2}, "Format 2 is newer"),
        ({"audience": "../board"}, "for '../board' alone"),
        ({"audience": "mentioned"}, "for 'mentioned' alone"),
        ({"language": "de"}, "one of nl, en"),
        ({"path": "newsroom/x/"}, "kept for Plein"),
        ({"path": "a/x/"}, "kept for Plein"),
        ({"path": "../etc/"}, "lower-case segments"),
        ({"path": "Dagje/"}, "lower-case segments"),
        ({"path": None}, "lower-case segments"),
        ({"title": None}, "'title' should be text"),
        ({"title": "half \ud800 letter"}, "'title' should be text"),
        ({"published_at": "yesterday"}, "a moment in ISO 8601"),
        ({"published_at": "2026-01-01T00:00:00"}, "with its zone"),
        ({"tags": "none"}, "'tags' should be a list"),
        ({"tags": ["<script>"]}, "'tags' should be an id"),
        ({"connection": "fun"}, "one of organisation"),
        ({"authors": ["Magda"]}, "'authors[0]' should be an object"),
        ({"lead_image": {"image": "x"}}, "'lead_image.alt' is missing"),
        ({"body": [samples.block("hologram", 1)]}, "does not know the block 'hologram'"),
        ({"body": [samples.block("heading", 1)]}, "'body[0].value.text' is missing"),
    ],
)
def test_what_cannot_be_used_is_set_aside_with_a_reason(change: Json, reason: str) -> None:
    good = samples.full_interview()
    broken = samples.full_story() | change

    parsed = parse_all(samples.by_id([broken, good]))

    assert [document.id for document in parsed.documents] == [good["id"]]
    assert parsed.set_aside[0].public_id == broken["id"]
    assert reason in parsed.set_aside[0].reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"hash": "../../etc/passwd"}, "64 hexadecimal digits"),
        ({"format": "svg"}, "one of webp, jpeg"),
        ({"width": 0}, "from 1 to 4000 pixels"),
        ({"height": 90_000}, "from 1 to 4000 pixels"),
        ({"ground": "red; }"}, "one of light, dark, own"),
    ],
)
def test_a_logo_that_no_page_can_show_is_refused(change: Json, reason: str) -> None:
    style = next(each for each in samples.sample_hub(0) if each["kind"] == "style")

    with pytest.raises(DocumentError, match=reason):
        parse(style | {"logo": samples.logo("day") | change})


ADDED_LATER = {"theme", "placement", "placed_until"}


@pytest.mark.parametrize("key", sorted(samples.full_story().keys() - {"path"} - ADDED_LATER))
def test_missing_key_is_never_taken_for_null(key: str) -> None:
    document = {name: value for name, value in samples.full_story().items() if name != key}

    with pytest.raises(DocumentError, match=rf"'{key}' is missing"):
        parse(document)


def test_a_newsroom_from_before_a_key_was_added_is_read_all_the_same() -> None:
    story, department = samples.full_story(), samples.document("department", "Lak", order=1)
    older = {name: value for name, value in story.items() if name not in ADDED_LATER}

    parsed = parse_all(samples.by_id([older, department]))

    assert [document.path for document in parsed.documents] == [story["path"], None]


def feed(
    *entries: FeedEntry, cursor: str = "1", more: bool = False, reset: bool = False
) -> FeedPage:
    return FeedPage("epoch", cursor, more, reset, entries)


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore(Database(tmp_path / "documents.sqlite3"))


def test_store_keeps_documents_and_place(store: DocumentStore, tmp_path: Path) -> None:
    story = samples.full_story()
    assert store.apply([feed(FeedEntry(1, str(story["id"]), story), cursor="7")])

    again = DocumentStore(Database(tmp_path / "documents.sqlite3"))
    assert [slip.id for slip in again.slips()] == [story["id"]]
    assert again.position() == Position("epoch", "7")


def test_removal_goes_out_even_of_what_was_set_aside(store: DocumentStore) -> None:
    broken = samples.document("riddle", "raadsel")
    store.apply([feed(FeedEntry(1, str(broken["id"]), broken))])
    assert len(store.set_aside()) == 1

    store.apply([feed(FeedEntry(2, str(broken["id"]), None))])
    assert store.set_aside() == ()


def test_nothing_new_is_said_to_be_nothing_new(store: DocumentStore) -> None:
    assert not store.apply([feed(cursor="8")])
    assert store.position() == Position("epoch", "8")


def test_reset_that_breaks_off_leaves_what_was_held(store: DocumentStore) -> None:
    story = samples.full_story()
    store.apply([feed(FeedEntry(1, str(story["id"]), story))])

    def breaks_off() -> Iterator[FeedPage]:
        yield feed(cursor="2", more=True, reset=True)
        raise NewsroomUnreachableError("gone")

    with pytest.raises(NewsroomUnreachableError):
        store.apply(breaks_off())
    assert [slip.id for slip in store.slips()] == [story["id"]]
    assert store.position() == Position("epoch", "1")


def test_store_that_is_no_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "documents.sqlite3"
    file.write_bytes(b"this is not a database, it is a sentence" * 40)

    with pytest.raises(PressError, match="can't keep its documents"):
        DocumentStore(Database(file))
