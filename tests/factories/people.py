import factory
from django.contrib.auth.models import Group
from django.utils.text import slugify

from cms.accounts import roles
from cms.accounts.models import Department, Location, Person, User

PASSWORD = "plein-test"


class UserFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence(lambda number: f"user{number}")
    email = factory.LazyAttribute(lambda made: f"{made.username}@example.test")
    first_name = factory.Sequence(lambda number: f"Sam{number}")
    last_name = "de Wit"
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User


class DepartmentFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda number: f"Werkplaats {number}")

    class Meta:
        model = Department


class LocationFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda number: f"Vestiging {number}")

    class Meta:
        model = Location


class PersonFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda number: f"Kees Brouwer {number}")
    slug = factory.LazyAttribute(lambda made: slugify(made.name))
    role = "Monteur"
    shown_on_hub = True

    class Meta:
        model = Person


def user(*, role: str | None = None, with_person: bool = True, **fields: object) -> User:
    """Make an account in one role's group, with the person that goes with it."""
    made: User = UserFactory(**fields)
    if role:
        made.groups.add(Group.objects.get(name=role))
    if with_person:
        PersonFactory(name=made.display_name, slug=made.username, user=made)
    return made


def ambassador(*, with_person: bool = True, **fields: object) -> User:
    return user(role=roles.AMBASSADORS, with_person=with_person, **fields)


def community_manager(*, with_person: bool = True, **fields: object) -> User:
    return user(role=roles.COMMUNITY_MANAGERS, with_person=with_person, **fields)


def administrator(*, with_person: bool = True, **fields: object) -> User:
    return user(role=roles.ADMINISTRATORS, with_person=with_person, **fields)


def employee(*, with_person: bool = True, **fields: object) -> User:
    return user(role=roles.EMPLOYEES, with_person=with_person, **fields)


def approver(
    *, group: str = "Ondernemingsraad", with_person: bool = True, **fields: object
) -> User:
    """Make a member of a group that approves a rubric of its own; the group is made if need be.

    Saving a rubric with that group as its `approvers` lets the group into the newsroom.
    """
    made = user(role=None, with_person=with_person, **fields)
    made.groups.add(Group.objects.get_or_create(name=group)[0])
    return made


def person(**fields: object) -> Person:
    made: Person = PersonFactory(**fields)
    return made


def department(**fields: object) -> Department:
    made: Department = DepartmentFactory(**fields)
    return made


def location(**fields: object) -> Location:
    made: Location = LocationFactory(**fields)
    return made
