from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cms.config.demo.dates import Shift
from cms.config.demo.spelled_dates import spelled_for

ZONE = ZoneInfo("Europe/Amsterdam")
REFERENCE = date(2026, 11, 22)
NOWS = st.datetimes(datetime(2026, 11, 22), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given a zone


def shift(now: datetime) -> Shift:
    return Shift(reference_day=REFERENCE, now=now, zone=ZONE)


@given(now=NOWS)
def test_weekday_and_clock_time_stay(now: datetime) -> None:
    moved = shift(now).moment("2026-12-01T09:00").astimezone(ZONE)

    assert (moved.weekday(), moved.hour, moved.minute) == (1, 9, 0)


@given(now=NOWS)
def test_what_is_past_stays_past_and_what_is_due_stays_due(now: datetime) -> None:
    moved = shift(now)

    assert moved.moment("2026-11-19T05:55") < now
    assert moved.moment("2026-11-30T09:00") > now
    assert moved.moment("2026-01-22T09:00", anchored=True) < now
    assert moved.moment("2026-12-03T09:10", anchored=True) > now


@given(now=NOWS)
def test_an_anchored_moment_keeps_its_day_of_the_year(now: datetime) -> None:
    moved = shift(now).day("2026-12-03", anchored=True)

    assert (moved.month, moved.day) == (12, 3)


@given(now=NOWS)
def test_a_jubilee_stays_a_jubilee(now: datetime) -> None:
    today = now.astimezone(ZONE)
    year, month = map(int, shift(now).month("1986-12").split("-"))

    assert (today.year - year) * 12 + today.month - month == (2026 - 1986) * 12 - 1


def test_dates_in_the_text_are_spelled_for_the_new_day() -> None:
    facts = {
        "language": "nl",
        "title": "Stil tot en met dinsdag 24 november",
        "body": [{"html": "<p>Van 2 tot en met 6 november, sinds oktober.</p>"}],
        "dates_in_text": {"dinsdag 24 november": "2026-11-24"},
        "ranges_in_text": {"2 tot en met 6 november": ["2026-11-02", "2026-11-06"]},
        "months_in_text": {"sinds oktober": "2026-10"},
    }

    spelled = spelled_for(facts, shift(datetime(2026, 12, 20, 12, tzinfo=UTC)))

    assert spelled["title"] == "Stil tot en met dinsdag 22 december"
    assert spelled["body"] == [
        {"html": "<p>Van 30 november tot en met 4 december, sinds november.</p>"}
    ]
