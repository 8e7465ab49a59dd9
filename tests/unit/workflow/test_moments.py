"""The hub's clock, its two odd nights included."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from cms.workflow.errors import MomentComesTwice, MomentRefused
from cms.workflow.moments import Season, hub_zone, in_words, parse_moment, refuse_past

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)

midnights = st.sampled_from([SPRING, AUTUMN, date(2026, 3, 29), date(2027, 10, 31)])
any_day = st.dates(min_value=date(2026, 1, 1), max_value=date(2030, 1, 1))
near_a_change = st.one_of(
    st.builds(
        lambda day, minutes: datetime.combine(day, time(0, 0)) + timedelta(minutes=minutes),
        midnights,
        st.integers(0, 6 * 60),
    ),
    st.builds(datetime.combine, any_day, st.times()),
)


def test_the_hub_keeps_the_time_of_its_setting() -> None:
    assert hub_zone() == AMSTERDAM


def test_a_time_that_comes_twice_asks_which_and_names_both() -> None:
    with pytest.raises(MomentComesTwice) as refusal:
        parse_moment(AUTUMN, time(2, 30), now=LONG_AGO)

    summer, winter = refusal.value.instead
    assert winter - summer == timedelta(hours=1)
    assert parse_moment(AUTUMN, time(2, 30), now=LONG_AGO, season=Season.SUMMER) == summer
    assert parse_moment(AUTUMN, time(2, 30), now=LONG_AGO, season="winter") == winter


def test_a_time_that_does_not_exist_is_refused_with_its_neighbours() -> None:
    with translation.override("nl"), pytest.raises(MomentRefused) as refusal:
        parse_moment(SPRING, time(2, 30), now=LONG_AGO)

    assert [moment.astimezone(AMSTERDAM).time() for moment in refusal.value.instead] == [
        time(1, 59),
        time(3, 0),
    ]
    assert "02:30" in str(refusal.value)


def test_a_day_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(MomentRefused, match="2200"):
        parse_moment(date(9999, 12, 31), time(9, 10), now=LONG_AGO)


def test_what_has_passed_is_refused_to_the_microsecond() -> None:
    now = datetime(2026, 12, 1, 8, 10, tzinfo=UTC)

    with translation.override("nl"), pytest.raises(MomentRefused, match="voorbij"):
        parse_moment(date(2026, 12, 1), time(9, 10), now=now)
    with pytest.raises(MomentRefused):
        refuse_past(now, now=now)

    refuse_past(now + timedelta(microseconds=1), now=now)


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "di 1 december 2026 om 09:00"), ("en", "Tue 1 December 2026 at 09:00")],
)
def test_a_moment_in_words_is_the_hubs_time(language: str, words: str) -> None:
    with translation.override(language):
        assert in_words(datetime(2026, 12, 1, 8, 0, tzinfo=UTC)) == words


def test_a_moment_that_comes_twice_says_which_in_words() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    with translation.override("nl"):
        assert in_words(first).endswith("02:30 (zomertijd)")
        assert in_words(first + timedelta(hours=1)).endswith("02:30 (wintertijd)")
        assert in_words(first + timedelta(hours=2)).endswith("03:30")


@given(wall=near_a_change, season=st.sampled_from([None, *Season]))
def test_what_is_accepted_shows_exactly_the_chosen_time(
    wall: datetime, season: Season | None
) -> None:
    moment, instead = parsed(wall, season=season)

    assert (moment is None) == bool(instead)
    if moment is not None:
        assert moment.tzinfo is UTC
        assert moment.astimezone(AMSTERDAM).replace(tzinfo=None) == wall
    for other in instead:
        local = other.astimezone(AMSTERDAM).replace(tzinfo=None)
        assert parsed(local, season=Season.SUMMER)[0]


@given(first=near_a_change, second=near_a_change)
def test_later_on_the_clock_is_later_in_fact(first: datetime, second: datetime) -> None:
    assume(first < second)

    early, late = (parsed(wall, season=Season.SUMMER)[0] for wall in (first, second))

    assert early is None or late is None or early < late


def parsed(wall: datetime, *, season: Season | None) -> tuple[datetime | None, Sequence[datetime]]:
    """Return the moment, or the moments that were offered in its place."""
    try:
        return parse_moment(wall.date(), wall.time(), now=LONG_AGO, season=season), ()
    except MomentRefused as refusal:
        return None, refusal.instead
