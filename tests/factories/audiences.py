"""Audiences: a rule, and names by hand."""

from collections.abc import Iterable

from django.contrib.auth.models import Group

from cms.accounts.models import Department, Location, User
from cms.audiences.models import Audience


def audience(
    *,
    name: str = "Ondernemingsraad",
    departments: Iterable[Department] = (),
    locations: Iterable[Location] = (),
    groups: Iterable[Group] = (),
    started_within: int | None = None,
    members: Iterable[User] = (),
) -> Audience:
    """Make an audience; its key follows from its name."""
    made = Audience.objects.create(name=name, started_within=started_within)
    made.departments.set(departments)
    made.locations.set(locations)
    made.groups.set(groups)
    made.members.set(members)
    return made
