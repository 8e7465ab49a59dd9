"""The hub's clock in zones that change it by an hour, by half of one, at midnight or in Ramadan."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from cms.core.wall_clock import MINUTE, hub_zone, moments_of, neighbours_of

ZONES = [
    "Europe/Amsterdam",
    "Europe/Dublin",
    "Atlantic/Azores",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Asia/Tokyo",
    "UTC",
]
START = datetime(2026, 1, 1, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def changes(zone: ZoneInfo) -> list[datetime]:
    """Return the half hours of two years within which the clock changes."""
    steps = [START + HALF_HOUR * number for number in range(2 * 365 * 48)]
    offsets = [step.astimezone(zone).utcoffset() for step in steps]
    return [
        steps[number] for number, (one, next_one) in enumerate(pairwise(offsets)) if one != next_one
    ]


NIGHTS = [(name, night) for name in ZONES for night in changes(ZoneInfo(name))]


@pytest.fixture
def any_zone(settings: Settings) -> Settings:
    return settings


around_a_night = st.tuples(st.sampled_from(NIGHTS), st.integers(-75, 105), st.integers(0, 59))
any_time = st.tuples(
    st.sampled_from(ZONES),
    st.builds(datetime.combine, st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times()),
)
of_fixtures = hypothesis_settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


def test_every_kind_of_night_is_among_them() -> None:
    assert len(NIGHTS) > 30


@of_fixtures
@given(drawn=around_a_night)
def test_what_is_shown_not_once_has_neighbours_that_are(
    any_zone: Settings, drawn: tuple[tuple[str, datetime], int, int]
) -> None:
    (any_zone.TIME_ZONE, night), minutes, seconds = drawn
    local = night.astimezone(hub_zone()).replace(tzinfo=None)
    wall = local + timedelta(minutes=minutes, seconds=seconds)
    moments = moments_of(wall)
    assume(len(moments) != 1)

    before, after = neighbours_of(wall)

    for neighbour in (before, after):
        shown = neighbour.astimezone(hub_zone()).replace(tzinfo=None)
        assert moments_of(shown) == [neighbour]
    assert before.astimezone(hub_zone()).replace(tzinfo=None) < wall
    assert wall < after.astimezone(hub_zone()).replace(tzinfo=None)
    assert all(before < moment < after for moment in moments)
    # Nearer ones there are not: a minute further in, the clock shows the time of another moment.
    for nearer in (before + MINUTE, after - MINUTE):
        shown = nearer.astimezone(hub_zone()).replace(tzinfo=None)
        assert nearer in {before, after} or len(moments_of(shown)) > 1


@of_fixtures
@given(drawn=around_a_night)
def test_every_moment_is_one_of_those_at_which_its_time_is_shown(
    any_zone: Settings, drawn: tuple[tuple[str, datetime], int, int]
) -> None:
    (any_zone.TIME_ZONE, night), minutes, seconds = drawn
    moment = night + timedelta(minutes=minutes, seconds=seconds)

    moments = moments_of(moment.astimezone(hub_zone()).replace(tzinfo=None))

    assert moment in moments
    assert moments == sorted(set(moments))
    assert len(moments) <= 2


@of_fixtures
@given(drawn=any_time)
def test_a_time_is_shown_at_the_moments_found_and_at_no_other(
    any_zone: Settings, drawn: tuple[str, datetime]
) -> None:
    any_zone.TIME_ZONE, wall = drawn

    moments = moments_of(wall)

    assert all(moment.astimezone(hub_zone()).replace(tzinfo=None) == wall for moment in moments)
    if not moments:
        before, after = neighbours_of(wall)
        assert after - before == MINUTE
