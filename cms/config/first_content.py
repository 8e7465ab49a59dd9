"""Put the first content in a home: the demo organisation, or a front page and its administrator."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from cms.accounts import roles
from cms.accounts.activation import Slip, make_slips
from cms.accounts.models import User
from cms.config import environment
from cms.config.demo.loader import load
from cms.config.errors import WrongUseError
from cms.config.front_page import add_front_page
from cms.config.home import Home
from cms.config.starter_rubrics import add_rubric, starter_rubrics
from cms.publishing.sections import new_section
from cms.stories.models import HubPage, Section

# Known to everybody, which is why a demo never listens beyond this machine.
DEMO_PASSWORD = "plein-demo"  # noqa: S105


@dataclass(frozen=True, kw_only=True)
class Founding:
    """What a new hub has to be told."""

    organisation: str
    hub: str
    language: str
    admin: str
    email: str
    password: str
    manager: str = ""
    manager_email: str = ""
    deputy: str = ""
    deputy_email: str = ""


def load_demo_once(home: Home) -> None:
    """Load the demo where there is no hub yet; all of it or nothing."""
    home.demo_flag.touch()
    if not HubPage.objects.exists():
        load(
            password=environment.text("PLEIN_DEMO_PASSWORD", DEMO_PASSWORD),
            say=partial(print, flush=True),
        )


def found_hub(wanted: Founding) -> list[Slip]:
    """Make front page, starter rubrics, administrator, manager and deputy; all of it or nothing.

    Returns:
        What the manager and her deputy sign in with the first time, where they were named.
    """
    if HubPage.objects.exists():
        message = "This home holds a hub already."
        raise WrongUseError(message)
    try:
        with transaction.atomic(), translation.override(wanted.language):
            _add_administrator(wanted)
            _add_first_pages(wanted)
            return make_slips(list(_add_approvers(wanted)))
    except ValidationError as error:
        with translation.override("en"):
            raise WrongUseError(" ".join(error.messages)) from error


def _add_administrator(wanted: Founding) -> None:
    user = User(username=wanted.admin, email=wanted.email, is_staff=True, is_superuser=True)
    validate_password(wanted.password, user)
    user.set_password(wanted.password)
    _save(user)


def _save(user: User) -> None:
    try:
        user.full_clean()
    except ValidationError as error:
        with translation.override("en"):
            said = " ".join(error.messages)
        message = f"The account {user.username!r} with the address {user.email!r}: {said}"
        raise WrongUseError(message) from error
    user.save()


def _add_approvers(wanted: Founding) -> Iterator[User]:
    """Make the two that approve each other's items: with one of them, half of it would wait."""
    named = ((wanted.manager, wanted.manager_email), (wanted.deputy, wanted.deputy_email))
    for username, email in named:
        if username:
            user = User(username=username, email=email)
            user.set_unusable_password()
            _save(user)
            user.groups.add(Group.objects.get(name=roles.COMMUNITY_MANAGERS))
            yield user


def _add_first_pages(wanted: Founding) -> None:
    hub = add_front_page(
        HubPage(
            title=wanted.hub,
            slug="hub",
            language=wanted.language,
            organisation=wanted.organisation,
            editors_email=wanted.email,
        )
    )
    for holds in Section.Holds:
        hub.add_child(instance=new_section(holds, language=wanted.language))
    for rubric in starter_rubrics().values():
        add_rubric(hub, rubric)
