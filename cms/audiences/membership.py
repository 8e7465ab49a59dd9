"""Who is in which audience: one rule, asked from both sides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.audiences.models import Audience
from cms.core.audiences import EVERYONE


@dataclass(frozen=True)
class Rule:
    """Whom an audience names; what is empty asks nothing, a rule without any part names nobody.

    Holds primary keys, so that a rule can be tried before it is saved.
    """

    departments: frozenset[int] = field(default_factory=frozenset)
    locations: frozenset[int] = field(default_factory=frozenset)
    groups: frozenset[int] = field(default_factory=frozenset)
    started_within: int | None = None
    members: frozenset[int] = field(default_factory=frozenset)

    @property
    def has_parts(self) -> bool:
        return bool(self.departments or self.locations or self.groups or self.started_within)

    def condition(self, *, now: datetime | None = None) -> Q:
        """Return what holds for the accounts in it, as one condition without joins."""
        named = Q(pk__in=self.members)
        if not self.has_parts:
            return named
        ruled = Q()
        if self.departments:
            ruled &= Q(department__in=self.departments)
        if self.locations:
            ruled &= Q(location__in=self.locations)
        if self.groups:
            in_group = User.groups.through.objects.filter(
                user_id=OuterRef("pk"), group__in=self.groups
            )
            ruled &= Q(Exists(in_group))
        if self.started_within:
            ruled &= Q(started__gte=first_month(self.started_within, now=now))
        return named | ruled


def rule_of(audience: Audience) -> Rule:
    """Return the rule of a saved audience; free of queries where its parts were prefetched."""
    return Rule(
        departments=frozenset(each.pk for each in audience.departments.all()),
        locations=frozenset(each.pk for each in audience.locations.all()),
        groups=frozenset(each.pk for each in audience.groups.all()),
        started_within=audience.started_within,
        members=frozenset(each.pk for each in audience.members.all()),
    )


def people_in(rule: Rule) -> QuerySet[User]:
    """Return the active accounts that a rule names, by name."""
    named = User.objects.filter(rule.condition(), is_active=True)
    return named.order_by("first_name", "last_name", "pk")


def sizes_of(audiences: Iterable[Audience]) -> dict[int, int]:
    """Return how many are in each audience, in one query however many audiences there are."""
    rules = {each.pk: rule_of(each) for each in audiences}
    if not rules:
        return {}
    counts = {
        f"in_{key}": Count("pk", filter=rule.condition(), distinct=True)
        for key, rule in rules.items()
    }
    found = User.objects.filter(is_active=True).aggregate(**counts)
    return {key: found[f"in_{key}"] for key in rules}


def keys_of(user: User | AnonymousUser) -> frozenset[str]:
    """Return the keys of all audiences somebody is in, everyone's included; none for a stranger.

    One query: the database goes through the audiences, so it costs the same for one as for many.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    own = {
        "user": user.pk,
        "department": user.department_id,
        "location": user.location_id,
        "months": _months_since(user.started) if user.started else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEYS_OF, own)
        return frozenset({EVERYONE, *(key for (key,) in cursor.fetchall())})


_KEYS_OF = """
SELECT audience.key
FROM audiences_audience AS audience
WHERE EXISTS (
    SELECT 1 FROM audiences_audience_members AS by_hand
    WHERE by_hand.audience_id = audience.id AND by_hand.user_id = %(user)s
) OR (
    (
        audience.started_within IS NOT NULL
        OR audience.id IN (SELECT audience_id FROM audiences_audience_departments)
        OR audience.id IN (SELECT audience_id FROM audiences_audience_locations)
        OR audience.id IN (SELECT audience_id FROM audiences_audience_groups)
    )
    AND (audience.started_within IS NULL OR audience.started_within >= %(months)s)
    AND (
        audience.id NOT IN (SELECT audience_id FROM audiences_audience_departments)
        OR audience.id IN (
            SELECT audience_id FROM audiences_audience_departments
            WHERE department_id = %(department)s
        )
    )
    AND (
        audience.id NOT IN (SELECT audience_id FROM audiences_audience_locations)
        OR audience.id IN (
            SELECT audience_id FROM audiences_audience_locations WHERE location_id = %(location)s
        )
    )
    AND (
        audience.id NOT IN (SELECT audience_id FROM audiences_audience_groups)
        OR audience.id IN (
            SELECT asked.audience_id
            FROM audiences_audience_groups AS asked
            JOIN accounts_user_groups AS own ON own.group_id = asked.group_id
            WHERE own.user_id = %(user)s
        )
    )
)
"""
"""The rule from its other side. Written out because the gate asks it for every reader every few
seconds: composing it from querysets takes many times as long as answering it.
"""


def first_month(months: int, *, now: datetime | None = None) -> str:
    """Return the month, as `2026-03`, that lies so many months before the hub's own month."""
    total = _this_month(now) - months
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _months_since(started: str) -> int:
    """Return how many months ago somebody started; nought or less for who starts later."""
    year, _dash, month = started.partition("-")
    return _this_month(None) - (int(year) * 12 + int(month) - 1)


def _this_month(now: datetime | None) -> int:
    today = (now or timezone.now()).astimezone(ZoneInfo(settings.TIME_ZONE))
    return today.year * 12 + today.month - 1
