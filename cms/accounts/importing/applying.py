"""Do what the difference told: all of it in one transaction, or nothing."""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from cms.accounts.importing.difference import AT_ONCE, FIELDS, Change, Difference
from cms.accounts.importing.reading import Row
from cms.accounts.models import ActivationCode, Department, Location, User

CHANGED = (
    *("username", "personnel_number", "first_name", "last_name", "email", "started"),
    *("department", "location", "is_active", "session_generation"),
)


@transaction.atomic
def apply(difference: Difference) -> None:
    """Make, change and close accounts. A new one has no password: it waits for a code on paper.

    Raises:
        ValueError: The list has faults.
    """
    if difference.faults:
        message = "A list with faults is not applied."
        raise ValueError(message)
    places = _places(difference)
    made = [_new(row, places) for row in difference.new]
    User.objects.bulk_create(made, batch_size=AT_ONCE)
    for change in difference.changed:
        _change(change, places)
    # As new rows that are there already: updating so many one by one takes minutes.
    User.objects.bulk_create(
        [change.user for change in difference.changed],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=CHANGED,
        batch_size=AT_ONCE,
    )
    closed = [change.user.pk for change in difference.closing]
    for start in range(0, len(closed), AT_ONCE):
        ActivationCode.objects.filter(user_id__in=closed[start : start + AT_ONCE]).delete()
    _put_in_groups(
        [
            *zip(made, difference.new, strict=True),
            *((change.user, change.row) for change in difference.changed),
        ]
    )


type Places = dict[type[Department | Location], dict[str, Department | Location]]


def _places(difference: Difference) -> Places:
    Department.objects.bulk_create(Department(name=name) for name in difference.departments)
    Location.objects.bulk_create(Location(name=name) for name in difference.locations)
    return {
        Department: {one.name: one for one in Department.objects.all()},
        Location: {one.name: one for one in Location.objects.all()},
    }


def _new(row: Row, places: Places) -> User:
    user = User(username=row.username or row.number or "", password=make_password(None))
    _fill(user, row, places)
    return user


def _change(change: Change, places: Places) -> None:
    _fill(change.user, change.row, places)
    if change.closes or change.opens:
        # A reopened account starts without the sessions of before.
        change.user.session_generation += 1


def _fill(user: User, row: Row, places: Places) -> None:
    for name in FIELDS:
        value = getattr(row, name)
        if value is not None and (value or name != "username"):
            setattr(user, name, value)
    if row.number:
        user.personnel_number = row.number
    if row.department is not None:
        user.department = places[Department].get(row.department)
    if row.location is not None:
        user.location = places[Location].get(row.location)
    user.is_active = row.active


def _put_in_groups(pairs: Iterable[tuple[User, Row]]) -> None:
    """Make who is in which group what the list says, for those it says it of."""
    told = [(user, row.groups) for user, row in pairs if row.groups is not None]
    belongs = User.groups.through
    keys = {group.name: group.pk for group in Group.objects.all()}
    for start in range(0, len(told), AT_ONCE):
        some = told[start : start + AT_ONCE]
        belongs.objects.filter(user_id__in=[user.pk for user, _ in some]).delete()
        belongs.objects.bulk_create(
            belongs(user_id=user.pk, group_id=keys[name])
            for user, names in some
            for name in sorted(names)
        )
