"""What a list of accounts would change: told before anything is done, done as it was told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from cms.accounts import roles
from cms.accounts.importing.reading import Fault, Reading, Row
from cms.accounts.models import Department, Location, User

FIELDS = ("username", "first_name", "last_name", "email", "started")
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one account that is there.

    Attributes:
        fields: From a field to what it was and what it becomes, in words.
        closes: A colleague who left: every session ends.
        opens: A closed account that is in the list again.
    """

    user: User
    row: Row
    fields: dict[str, tuple[str, str]]
    closes: bool = False
    opens: bool = False

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """Return each field by the name that people read, what it was and what it becomes."""
        named = {name: User._meta.get_field(name) for name in self.fields}  # noqa: SLF001 - public
        return [
            (str(getattr(named[name], "verbose_name", name)), was, then)
            for name, (was, then) in self.fields.items()
        ]


@dataclass
class Difference:
    """All that a list would change. `faults` stop it; nothing is done by half."""

    new: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    departments: list[str] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    untold: int = 0

    @property
    def closing(self) -> list[Change]:
        return [change for change in self.changed if change.closes]

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.departments or self.locations)


@dataclass(frozen=True)
class _House:
    """The accounts there are, by what a list may call them."""

    by_number: dict[str, User]
    by_name: dict[str, User]
    groups: set[str]
    held: dict[int, set[str]]

    def account_of(self, row: Row) -> User | None:
        if row.number and row.number in self.by_number:
            return self.by_number[row.number]
        found = self.by_name.get((row.username or row.number or "").casefold())
        # An account with another number is another colleague, whatever its name.
        return None if found and row.number and found.personnel_number else found


def difference_of(reading: Reading[Row], *, complete: bool = False) -> Difference:
    """Compare a list with the accounts there are.

    Args:
        reading: What the list says; with faults in it there is no difference to tell.
        complete: The list holds everybody: whoever has a personnel number and is not in it, left.
    """
    found = Difference(faults=[*reading.faults], untold=reading.untold)
    if found.faults:
        return found
    house = _house()
    seen: set[int] = set()
    for row in reading.rows:
        found.faults.extend(_conflicts(row, house))
        user = house.account_of(row)
        if user is None:
            found.new.append(row)
        else:
            seen.add(user.pk)
            _compare(user, row, house.held.get(user.pk, set()), found)
    if complete:
        _close_the_rest(house, seen, found)
    found.departments = _unknown(Department, (row.department for row in reading.rows))
    found.locations = _unknown(Location, (row.location for row in reading.rows))
    return found


def _house() -> _House:
    people = User.objects.exclude(username=settings.PLEIN_PRESS_ACCOUNT)
    users = list(people.select_related("department", "location"))
    # Not prefetched: SQLite takes no question that names 100,000 accounts.
    held: dict[int, set[str]] = defaultdict(set)
    for user_id, name in User.groups.through.objects.values_list("user_id", "group__name"):
        held[user_id].add(name)
    return _House(
        by_number={user.personnel_number: user for user in users if user.personnel_number},
        by_name={user.username.casefold(): user for user in users},
        groups=set(Group.objects.values_list("name", flat=True)),
        held=held,
    )


def _conflicts(row: Row, house: _House) -> Iterator[Fault]:
    user = house.account_of(row)
    wished = (row.username or row.number or "").casefold()
    named = house.by_name.get(wished)
    if named is not None and named is not user:
        yield Fault(row.line, _("The user name %(name)s is somebody else's.") % {"name": wished})
    for name in (row.username, row.number):
        owner = house.by_number.get(name or "")
        if owner is not None and owner is not user:
            yield Fault(row.line, _("%(name)s is somebody else's number.") % {"name": name})
    if settings.PLEIN_PRESS_ACCOUNT in {row.number, row.username}:
        yield Fault(row.line, _("This name is not for people."))
    for name in sorted((row.groups or frozenset()) - house.groups):
        yield Fault(row.line, _("There is no group %(name)s.") % {"name": name})
    if (row.groups or frozenset()) & {roles.ADMINISTRATORS}:
        yield Fault(row.line, _("Administrators are made by hand, one at a time."))
    if user is not None and user.is_superuser:
        yield Fault(row.line, _("This account looks after Plein itself; change it by hand."))


def _compare(user: User, row: Row, held: set[str], found: Difference) -> None:
    fields = dict(_fields_that_differ(user, row))
    if row.groups is not None and row.groups != held:
        fields["groups"] = (", ".join(sorted(held)), ", ".join(sorted(row.groups)))
    closes, opens = user.is_active and not row.active, row.active and not user.is_active
    if fields or closes or opens:
        found.changed.append(Change(user, row, fields, closes=closes, opens=opens))
    else:
        found.same += 1


def _fields_that_differ(user: User, row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    now = {name: str(getattr(user, name)) for name in FIELDS}
    now["personnel_number"] = user.personnel_number or ""
    now["department"] = user.department.name if user.department else ""
    now["location"] = user.location.name if user.location else ""
    then = {name: getattr(row, name) for name in (*FIELDS, "department", "location")}
    then["personnel_number"] = row.number or None
    then["username"] = row.username or None
    for name, value in then.items():
        if value is not None and value != now[name]:
            yield name, (now[name], value)


def _close_the_rest(house: _House, seen: set[int], found: Difference) -> None:
    for user in house.by_number.values():
        if user.pk not in seen and user.is_active and not user.is_superuser:
            row = Row(line=0, number=user.personnel_number, active=False)
            found.changed.append(Change(user, row, {}, closes=True))


def _unknown(model: type[Department | Location], names: Iterable[str | None]) -> list[str]:
    known = set(model._default_manager.values_list("name", flat=True))  # noqa: SLF001 - of any model
    return sorted({name for name in names if name} - known)
