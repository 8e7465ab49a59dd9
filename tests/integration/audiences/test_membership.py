"""Who is in an audience, asked for the audience and asked for the person."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.audiences.membership import Rule, first_month, keys_of, people_in, rule_of, sizes_of
from cms.audiences.models import Audience
from cms.core.audiences import EVERYONE
from tests import factories

pytestmark = pytest.mark.django_db

MONTHS = ("", "2019-03", first_month(0), first_month(2), first_month(12))


def names(audience: Audience) -> set[str]:
    return {user.username for user in people_in(rule_of(audience))}


def test_everything_that_is_filled_in_must_hold() -> None:
    workshop, north = factories.department(), factories.location()
    both = factories.employee(username="both", department=workshop, location=north)
    factories.employee(username="elsewhere", department=workshop)
    factories.employee(username="another", location=north)
    made = factories.audience(departments=[workshop, factories.department()], locations=[north])

    assert names(made) == {"both"}
    assert keys_of(both) == {EVERYONE, "ondernemingsraad"}


def test_names_by_hand_come_besides_the_rule() -> None:
    group = Group.objects.create(name="Werkvloer")
    factories.employee(username="ruled").groups.add(group)
    by_hand = factories.employee(username="by-hand")

    assert names(factories.audience(groups=[group], members=[by_hand])) == {"ruled", "by-hand"}


def test_a_rule_without_any_part_names_nobody() -> None:
    someone = factories.employee()
    made = factories.audience()

    assert names(made) == set()
    assert keys_of(someone) == {EVERYONE}


def test_who_left_is_in_nothing() -> None:
    left = factories.employee(is_active=False)
    made = factories.audience(members=[left])

    assert names(made) == set()
    assert keys_of(left) == frozenset()
    assert keys_of(AnonymousUser()) == frozenset()


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (datetime(2026, 11, 30, 22, 59, tzinfo=UTC), 2, "2026-09"),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), 2, "2026-10"),  # in Amsterdam it is December
        (datetime(2026, 1, 15, tzinfo=UTC), 1, "2025-12"),
        (datetime(2026, 1, 15, tzinfo=UTC), 13, "2024-12"),
    ],
)
def test_newcomers_are_counted_in_months_of_the_hubs_own_clock(
    today: datetime, months: int, first: str
) -> None:
    assert first_month(months, now=today) == first


def test_a_newcomer_is_one_no_longer_after_the_last_month() -> None:
    factories.employee(username="new", started=first_month(2))
    factories.employee(username="settled", started=first_month(3))
    factories.employee(username="unknown")

    assert names(factories.audience(started_within=2)) == {"new"}


def test_both_sides_of_the_rule_agree_for_everybody_and_every_rule() -> None:
    chance = random.Random(27)  # noqa: S311 - the same people each time
    departments = [factories.department(), factories.department()]
    locations = [factories.location(), factories.location()]
    groups = [Group.objects.create(name=name) for name in ("Een", "Twee")]

    def some(found: Sequence[Any]) -> list[Any]:
        return chance.choice([[], [], *([each] for each in found), list(found)])

    people = [
        factories.user(
            with_person=False,
            department=chance.choice([None, *departments]),
            location=chance.choice([None, *locations]),
            started=chance.choice(MONTHS),
        )
        for _number in range(16)
    ]
    for user in people:
        user.groups.set(some(groups))
    audiences = [
        factories.audience(
            name=f"Regel {number}",
            departments=some(departments),
            locations=some(locations),
            groups=some(groups),
            started_within=chance.choice([None, None, 1, 2, 12]),
            members=some(people[:2]),
        )
        for number in range(24)
    ]

    by_audience = {(user.pk, each.key) for each in audiences for user in people_in(rule_of(each))}
    by_person = {(user.pk, key) for user in people for key in keys_of(user) - {EVERYONE}}

    assert by_audience == by_person
    assert 30 < len(by_person) < len(people) * len(audiences) / 2  # no rule that says it all
    sizes = sizes_of(audiences)
    for each in audiences:
        assert sizes[each.pk] == sum(key == each.key for _user, key in by_person)


def test_asking_costs_one_query_however_many_audiences_there_are() -> None:
    someone = factories.employee(department=factories.department(), started="2026-10")
    for number in range(8):
        factories.audience(name=f"Groep {number}", members=[someone])

    with CaptureQueriesContext(connection) as queries:
        keys = keys_of(someone)

    assert len(keys) == 9
    assert len(queries) == 1


def test_the_sizes_of_a_list_cost_one_query() -> None:
    people = [factories.employee() for _number in range(3)]
    groups = [Group.objects.create(name="Werkvloer")]
    people[0].groups.set(groups)
    for number in range(5):
        factories.audience(name=f"Groep {number}", members=people[1:], groups=groups)
    listed = list(
        Audience.objects.prefetch_related("departments", "locations", "groups", "members")
    )

    with CaptureQueriesContext(connection) as queries:
        sizes = sizes_of(listed)

    assert set(sizes.values()) == {3}
    assert len(queries) == 1


def test_a_rule_can_be_tried_before_it_is_saved() -> None:
    workshop = factories.department()
    factories.employee(username="in-it", department=workshop)

    found = people_in(Rule(departments=frozenset({workshop.pk})))

    assert [user.username for user in found] == ["in-it"]


@pytest.mark.parametrize("name", ["everyone", "Everyone", "mentioned", "Ondernemingsraad"])
def test_a_key_is_never_one_that_is_taken(name: str) -> None:
    factories.audience()

    made = (
        factories.audience(name=name + " ") if name == "Ondernemingsraad" else Audience(name=name)
    )
    made.save()

    assert made.key not in {"everyone", "mentioned", "ondernemingsraad"}
    made.name = "Anders"
    made.save()
    assert made.key.startswith(name.lower())  # an address never changes
