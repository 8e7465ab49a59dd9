"""When something is, in words and on the agenda, and when it stops being so."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from hub_site.content.parsing import parse_all
from hub_site.pages import Site, compose
from tests.unit.hub_site import occasions, samples
from tests.unit.hub_site.samples import NOW, Json

AGENDA = "agenda/"


def site_of(*more: Json, as_of: datetime = NOW, language: str = "nl") -> Site:
    frame = [
        each | ({"language": language} if each["kind"] == "hub" else {})
        for each in samples.sample_hub(0)
        if each["kind"] in {"hub", "rubric", "section", "person"}
    ]
    parsed = parse_all(samples.by_id([*frame, *more]))
    assert parsed.set_aside == ()
    return compose(parsed.documents, as_of=as_of)


def view_at(site: Site, path: str) -> Any:
    return next(page.view for page in site.pages if page.path == path)


def event(starts: str, ends: str | None, **keys: object) -> Json:
    return occasions.event("Feest", path="agenda/feest/", starts=starts, ends=ends, **keys)


@pytest.mark.parametrize(
    ("starts", "ends", "when", "note"),
    [
        ("2026-12-04T14:00:00Z", None, "vrijdag 4 december, vanaf 15.00 uur", None),
        (
            "2026-12-04T14:00:00Z",
            "2026-12-04T16:30:00Z",
            "vrijdag 4 december, 15.00–17.30 uur",
            None,
        ),
        (
            "2026-12-04T19:00:00Z",
            "2026-12-04T23:00:00Z",
            "vrijdag 4 december, 20.00–24.00 uur",
            None,
        ),
        (
            "2026-12-31T21:00:00Z",
            "2027-01-01T01:00:00Z",
            "donderdag 31 december 22.00 uur tot vrijdag 1 januari 2027 02.00 uur",
            None,
        ),
        (
            "2026-10-24T18:00:00Z",
            "2026-10-25T07:00:00Z",
            "zaterdag 24 oktober 20.00 uur tot zondag 25 oktober 08.00 uur",
            "De klok gaat die nacht terug: het duurt 13 uur.",
        ),
        (
            "2027-03-27T22:00:00Z",
            "2027-03-28T03:30:00Z",
            "zaterdag 27 maart 2027 23.00 uur tot zondag 28 maart 2027 05.30 uur",
            "De klok gaat die nacht vooruit: het duurt 5 uur en 30 minuten.",
        ),
        (
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
            "zondag 25 oktober, 02.30 (zomertijd)–02.30 (wintertijd) uur",
            "De klok gaat die nacht terug: het duurt 1 uur.",
        ),
        (
            "2026-12-01T08:00:00Z",
            "2026-12-31T16:00:00Z",
            "dinsdag 1 december 09.00 uur tot donderdag 31 december 17.00 uur",
            None,
        ),
    ],
)
def test_it_is_said_when_an_event_is_on_the_hub_s_own_clock(
    starts: str, ends: str | None, when: str, note: str | None
) -> None:
    view = view_at(site_of(event(starts, ends)), "agenda/feest/")

    assert (view["when"], view["clock_note"]) == (when, note)
    assert view["zone"] == "Tijden zijn in Midden-Europese tijd."


def test_in_english_the_clock_has_colons() -> None:
    made = event("2026-12-04T14:00:00Z", "2026-12-04T16:00:00Z", place="Canteen")

    site = site_of(made, language="en")

    assert view_at(site, "agenda/feest/")["when"] == "Friday 4 December, 15:00–17:00"
    assert view_at(site, "")["coming"]["items"][0]["validity"].endswith(" · Canteen")


def test_an_event_comes_is_on_and_goes_to_the_archive_by_itself() -> None:
    made = event("2026-11-22T12:00:00Z", "2026-11-22T14:00:00Z")
    seen = []
    as_of: datetime | None = NOW
    while as_of is not None and as_of < NOW + timedelta(hours=6):
        site = site_of(made, as_of=as_of)
        agenda = view_at(site, AGENDA)
        state = (agenda["coming"] or agenda["over"])[0]["state"]
        seen.append((state, bool(agenda["coming"]), bool(view_at(site, "")["coming"])))
        as_of = site.changes_at

    assert seen == [("coming", True, True), ("now", True, True), ("over", False, False)]


def test_without_an_end_it_is_over_at_midnight_and_a_cancelled_one_stays_marked() -> None:
    open_end = event("2026-11-22T15:30:00Z", None)
    evening = NOW.replace(hour=22, minute=59)

    assert view_at(site_of(open_end, as_of=evening), AGENDA)["coming"]
    assert view_at(site_of(open_end, as_of=evening + timedelta(minutes=1)), AGENDA)["over"]
    cancelled = open_end | {"is_cancelled": True, "cancellation": "Code oranje"}
    # Also when it began already.
    (row,) = view_at(site_of(cancelled, as_of=evening), AGENDA)["coming"]
    assert (row["state"], row["state_words"]) == ("cancelled", "Geannuleerd")
    assert row["validity"].startswith("Geannuleerd: zondag 22 november, vanaf 16.30 uur")


def test_a_month_is_whole_weeks_and_an_event_of_two_months_is_in_both() -> None:
    made = [
        event("2026-11-30T08:00:00Z", "2026-12-02T16:00:00Z"),
        *(
            occasions.event(
                f"Overleg {n}",
                path=f"agenda/overleg-{n}/",
                starts=f"2026-11-30T{10 + n}:00:00Z",
                ends=None,
            )
            for n in range(4)
        ),
    ]
    site = site_of(*made)
    november, december = view_at(site, "agenda/2026/11/"), view_at(site, "agenda/2026/12/")

    assert [week["number"] for week in november["weeks"]] == [44, 45, 46, 47, 48, 49]
    days = [day for week in november["weeks"] for day in week["days"]]
    assert [day["number"] for day in days if day["is_today"]] == [22]
    (monday,) = [day for day in days if day["events"]]
    assert (monday["iso"], len(monday["events"]), monday["more"]) == ("2026-11-30", 3, 2)
    assert len(november["items"]) == 5
    assert (november["later"]["path"], december["earlier"]["path"]) == (
        "agenda/2026/12/",
        "agenda/2026/11/",
    )
    busy = [day for week in december["weeks"] for day in week["days"] if day["events"]]
    assert [(day["number"], day["events"][0]["time"]) for day in busy] == [(1, ""), (2, "")]
    assert [month["path"] for month in view_at(site, AGENDA)["months"]] == [
        "agenda/2026/11/",
        "agenda/2026/12/",
    ]


def test_a_call_is_open_until_it_closes_and_the_front_page_has_it_by_itself() -> None:
    call = occasions.calls()[0]
    site = site_of(call)

    assert view_at(site, "doe-mee/")["open"][0]["validity"].startswith("Meedoen kan tot")
    assert view_at(site, "")["call"]["path"] == "doe-mee/reparatievrijdag/"
    assert view_at(site, "doe-mee/reparatievrijdag/")["is_open"]
    closed = site_of(call, as_of=NOW + timedelta(days=5))
    assert view_at(closed, "doe-mee/")["open"] == []
    assert view_at(closed, "doe-mee/")["closed"][0]["is_lapsed"]
    assert view_at(closed, "")["call"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": None},
        {"ends_at": "2026-12-04T13:00:00Z"},
        {"over_at": "2026-12-04T14:00:00Z"},
        {"link": "javascript:alert(1)"},
    ],
)
def test_an_impossible_event_is_set_aside_and_no_other(wrong: Json) -> None:
    good = event("2026-12-04T14:00:00Z", None)
    odd = good | {"id": samples.identity("odd")} | wrong

    parsed = parse_all(samples.by_id([good, odd]))

    assert [each.id for each in parsed.documents] == [good["id"]]
    assert [each.public_id for each in parsed.set_aside] == [odd["id"]]
