"""Do what the difference told: all of it in one transaction, or nothing."""

import secrets

from django.contrib.auth.hashers import (
    UNUSABLE_PASSWORD_PREFIX,
    UNUSABLE_PASSWORD_SUFFIX_LENGTH,
)
from django.contrib.auth.models import Group
from django.db import transaction

from cms.accounts.importing.difference import AT_ONCE, FIELDS, Change, Difference
from cms.accounts.importing.reading import Row
from cms.accounts.models import ActivationCode, Department, Location, User

CHANGED = (
    *("username", "personnel_number", "first_name", "last_name", "email", "started"),
    *("department", "location", "is_active", "session_generation"),
)


def apply(difference: Difference) -> None:
    """Make, change and close accounts. A new one has no password: it waits for a code on paper.

    Raises:
        ValueError: The list has faults.
        IntegrityError: Somebody made an account with the same name or number meanwhile.
    """
    if difference.faults:
        message = "A list with faults is not applied."
        raise ValueError(message)
    # Outside the transaction is done what can be: while it lasts, SQLite lets nobody else write.
    made = [(_new(row), row) for row in difference.new]
    changed = [(_changed(change), change.row) for change in difference.changed]
    with transaction.atomic():
        _place([*made, *changed], difference)
        User.objects.bulk_create([user for user, _ in made], batch_size=AT_ONCE)
        _put_in_groups(made)
        _keep(changed)
        _forget_letters([change.user.pk for change in difference.closing])


type Pairs = list[tuple[User, Row]]


def _place(pairs: Pairs, difference: Difference) -> None:
    """Give everybody the department and location that the list says, new ones too."""
    Department.objects.bulk_create(Department(name=name) for name in difference.departments)
    Location.objects.bulk_create(Location(name=name) for name in difference.locations)
    departments = {one.name: one for one in Department.objects.all()}
    locations = {one.name: one for one in Location.objects.all()}
    for user, row in pairs:
        if row.department is not None:
            user.department = departments.get(row.department)
        if row.location is not None:
            user.location = locations.get(row.location)


def _keep(changed: Pairs) -> None:
    # As new rows that are there already: updating so many one by one takes minutes.
    User.objects.bulk_create(
        [user for user, _ in changed],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=CHANGED,
        batch_size=AT_ONCE,
    )
    told = [(user, row) for user, row in changed if row.groups is not None]
    for start in range(0, len(told), AT_ONCE):
        keys = [user.pk for user, _ in told[start : start + AT_ONCE]]
        User.groups.through.objects.filter(user_id__in=keys).delete()
    _put_in_groups(told)


def _forget_letters(closed: list[int]) -> None:
    for start in range(0, len(closed), AT_ONCE):
        ActivationCode.objects.filter(user_id__in=closed[start : start + AT_ONCE]).delete()


def _new(row: Row) -> User:
    user = User(username=row.username or row.number or "")
    # What make_password(None) gives, in a tenth of the time.
    suffix = secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)
    user.password = UNUSABLE_PASSWORD_PREFIX + suffix
    _fill(user, row)
    return user


def _changed(change: Change) -> User:
    _fill(change.user, change.row)
    if change.closes or change.opens:
        # A reopened account starts without the sessions of before.
        change.user.session_generation += 1
    return change.user


def _fill(user: User, row: Row) -> None:
    for name in FIELDS:
        value = getattr(row, name)
        if value is not None and (value or name != "username"):
            setattr(user, name, value)
    if row.number:
        user.personnel_number = row.number
    user.is_active = row.active


def _put_in_groups(pairs: Pairs) -> None:
    belongs = User.groups.through
    keys = {group.name: group.pk for group in Group.objects.all()}
    belongs.objects.bulk_create(
        (
            belongs(user_id=user.pk, group_id=keys[name])
            for user, row in pairs
            for name in sorted(row.groups or ())
        ),
        batch_size=AT_ONCE,
    )
