"""Calendars and feeds, read by the libraries that calendars and feed readers are made of."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_site.content.parsing import parse_all
from hub_site.following import together
from hub_site.pages import compose
from tests.unit.hub_site import occasions, samples, some_only
from tests.unit.hub_site.samples import NOW, Json

ADDRESS = "https://zandbak.example/"
STARTS, ENDS = "2026-10-24T18:00:00Z", "2026-10-25T07:00:00Z"


def files_of(*documents: Json, as_of: datetime = NOW) -> dict[str, str]:
    """What goes outward of a hub with these items and the sample's frame."""
    frame = [
        each
        for each in samples.sample_hub(0)
        if each["kind"] in {"hub", "rubric", "section", "person", "tag"}
    ]
    parsed = parse_all(samples.by_id([*frame, *documents]))
    assert parsed.set_aside == ()
    return {file.path: file.text for file in compose(parsed.documents, as_of=as_of).outward}


def event(*, ends: str | None = ENDS, **keys: object) -> Json:
    made = occasions.event("De nacht, 25 uur", path="agenda/nacht/", starts=STARTS, ends=ends)
    return made | {"place": "Depot, Oss; achterom"} | keys


def events_in(text: str) -> list[Any]:
    return [*icalendar.Calendar.from_ical(text).walk("VEVENT")]


def test_a_calendar_knows_when_where_and_under_which_name_for_ever() -> None:
    title = "Wijziging in " + "het onderling ruilen van bouwvakdagen, " * 5
    made = event(title=title[:212], organiser=samples.person_ref("Magda Kowalczyk"))
    files = files_of(made | {"rubric": samples.identity("rubric Dagje mee")})

    for path in ("agenda.ics", "agenda/nacht/event.ics", "dagje-mee/agenda.ics"):
        assert all(len(line.encode()) <= 75 for line in files[path].split("\r\n")), path
        (found,) = events_in(files[path])
        assert found["UID"] == made["id"]
        assert (found.start, found.end) == (
            datetime.fromisoformat(STARTS),
            datetime.fromisoformat(ENDS),
        )
        assert found.end - found.start == timedelta(hours=13)
        assert found["SUMMARY"] == title[:212]
        assert found["LOCATION"] == "Depot, Oss; achterom"
        assert found["URL"] == f"{ADDRESS}agenda/nacht/"
        assert "Georganiseerd door Magda Kowalczyk" in found["DESCRIPTION"]
        assert (found["STATUS"], found["SEQUENCE"]) == ("CONFIRMED", 0)


def test_each_changed_publication_is_a_higher_number_and_cancelled_says_so() -> None:
    numbers = []
    for days in (None, -3, -2.9999, -1):
        changed = samples.moment(days=days) if days is not None else None
        made = event(updated_at=changed, is_cancelled=days == -1, cancellation="Code oranje")
        (found,) = events_in(files_of(made)["agenda.ics"])
        numbers.append(found["SEQUENCE"])

    assert numbers == sorted({*numbers})
    assert found["STATUS"] == "CANCELLED"
    assert found["DESCRIPTION"].startswith("Code oranje")
    assert found["LAST-MODIFIED"].dt == NOW - timedelta(days=1)


def test_an_event_without_an_end_has_none_and_one_of_thirty_days_is_one() -> None:
    (open_end,) = events_in(files_of(event(ends=None))["agenda.ics"])
    assert "DTEND" not in open_end
    (long,) = events_in(files_of(event(ends="2026-11-23T18:00:00Z"))["agenda.ics"])
    assert long.end - long.start == timedelta(days=30)


def test_a_hub_without_events_or_address_sends_nothing_out() -> None:
    assert not [path for path in files_of() if path.endswith(".ics")]
    hub = next(each for each in samples.sample_hub(0) if each["kind"] == "hub")
    assert files_of(event(), hub | {"address": None}) == {}


@given(text=st.text(max_size=120))
def test_whatever_somebody_wrote_is_read_as_they_wrote_it(text: str) -> None:
    made = event(title=f"x{text}", place="", summary="")
    if parse_all(samples.by_id([made])).set_aside:
        return  # half a character: the press takes in no such text
    files = files_of(made)
    plain = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if _is_said(c))

    (found,) = events_in(files["agenda.ics"])
    assert "".join(c for c in str(found["SUMMARY"]) if _is_said(c)) == f"x{plain}"
    feed = feedparser.parse(files["feed.atom"].encode())
    assert not feed.bozo
    assert len(feed.entries) == 1
    assert json.loads(files["feed.json"])["items"][0]["title"] == f"x{text}"


def _is_said(character: str) -> bool:
    return character.isprintable() or character == "\n"


def test_feeds_name_what_is_new_for_ever_and_from_anywhere() -> None:
    story = samples.full_story() | {"updated_at": samples.moment(days=-1)}
    older = occasions.calls()[0]
    files = files_of(story, older)

    atom, of_rubric = (
        feedparser.parse(files[f"{folder}feed.atom"]) for folder in ("", "dagje-mee/")
    )

    assert not atom.bozo
    assert [entry.id for entry in atom.entries] == [
        f"urn:uuid:{story['id']}",
        f"urn:uuid:{older['id']}",
    ]
    assert [entry.id for entry in of_rubric.entries] == [f"urn:uuid:{story['id']}"]
    first = atom.entries[0]
    assert first.link == f"{ADDRESS}{story['path']}"
    assert (first.published, first.updated) == (story["published_at"], story["updated_at"])
    assert atom.feed.updated == story["updated_at"]
    assert atom.feed.id != of_rubric.feed.id
    assert [author.name for author in first.authors] == ["Magda Kowalczyk", "Ingrid"]
    feed = json.loads(files["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom.entries]
    assert feed["items"][0]["date_modified"] == story["updated_at"]
    assert all(item["url"].startswith(ADDRESS) for item in feed["items"])


def test_feeds_are_bounded_and_the_newest_are_in_them() -> None:
    made = [samples.item("story", f"Dag {n}", path=f"dagje-mee/{n}/", days=n) for n in range(30)]

    entries = feedparser.parse(files_of(*made)["feed.atom"]).entries

    assert [entry.title for entry in entries] == [f"Dag {n}" for n in range(20)]


def gated_files() -> dict[str, str]:
    council = occasions.event(
        "Vergadering", path="agenda/vergadering/", starts=STARTS, ends=None, audience="kantoor"
    )
    return files_of(*some_only.documents(), samples.full_story(), event(), council)


def test_each_tree_sends_out_what_is_in_it_alone() -> None:
    files = gated_files()

    everyones = "".join(text for path, text in files.items() if not path.startswith("a/"))
    for secret in (some_only.STORY, some_only.NOTICE, some_only.NAME, "Vergadering"):
        assert secret not in everyones.replace("\r\n ", "")
    theirs = feedparser.parse(files["a/kantoor/feed.atom"])
    assert [e.title for e in theirs.entries] == [some_only.NOTICE, some_only.STORY, "Vergadering"]
    assert theirs.entries[0].link == f"{ADDRESS}a/kantoor/mededelingen/achterdeur/"


@pytest.mark.parametrize("file", ["agenda.ics", "feed.atom", "feed.json"])
def test_of_several_trees_one_file_is_made(file: str) -> None:
    files = gated_files()
    bodies = [files[path].encode() for path in (file, f"a/kantoor/{file}")]

    body = together(file, bodies)

    assert together(file, bodies[:1]) == bodies[0]
    if file == "agenda.ics":
        assert {str(each["SUMMARY"]) for each in events_in(body.decode())} == {
            "De nacht, 25 uur",
            "Vergadering",
        }
        return
    dated = (
        [(entry.published, entry.title) for entry in feedparser.parse(body).entries]
        if file == "feed.atom"
        else [(i["date_published"], i["title"]) for i in json.loads(body)["items"]]
    )
    assert [when for when, _ in dated] == sorted((when for when, _ in dated), reverse=True)
    assert {title for _, title in dated} >= {some_only.STORY, "De nacht, 25 uur"}
    if file == "feed.atom":
        feed = feedparser.parse(body)
        assert not feed.bozo
        newest = max(entry.updated for entry in feed.entries)
        assert feed.feed.updated == newest == f"{NOW - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
        assert NOW.tzinfo is UTC
