"""Addresses that a mail can carry: opening one only shows something, it never acts."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from cms.accounts.models import User
from cms.core.audiences import address_in
from cms.stories.models import EditorialPage

APPROVE = "desk:approve"
ACCEPT = "desk:accept_edit"
ANSWER = "desk:answer"
EDIT = "wagtailadmin_pages:edit"
AGREEMENT = "desk:agreement"
STORY, CHANGES, BACK = "write:story", "write:changes", "write:back"

type WritersDesk = Callable[[EditorialPage, User], UUID | None]
"""Under which name somebody wrote an item at her own desk, if she did."""

_desks: list[WritersDesk] = []


def register_desk(desk: WritersDesk) -> None:
    """Name who knows what was written at the desk; done when the apps are ready."""
    if desk not in _desks:
        _desks.append(desk)


def approval_url(page: EditorialPage) -> str:
    """Return where an approver reads the item and decides."""
    return absolute(_first_of(APPROVE, EDIT, page=page))


def acceptance_url(page: EditorialPage, *, to: User) -> str:
    """Return where an author reads what was edited, before and after."""
    return _at_desk(CHANGES, page, to) or absolute(_first_of(ACCEPT, EDIT, page=page))


def standing_url(page: EditorialPage, *, to: User) -> str:
    """Return where somebody sees who agrees: a writer at her desk, who decides in the newsroom."""
    return _at_desk(STORY, page, to) or _agreement_url(page)


def answer_url(page: EditorialPage, *, to: User) -> str:
    """Return where an author reads why it came back, goes on with it or answers."""
    return _at_desk(BACK, page, to) or absolute(_first_of(ANSWER, EDIT, page=page))


def text_url(page: EditorialPage, *, to: User) -> str:
    """Return where an author sees her text: at her desk, if it was written there."""
    return _at_desk(STORY, page, to) or editor_url(page)


def editor_url(page: EditorialPage) -> str:
    return absolute(reverse(EDIT, args=[page.pk]))


def url_of(name: str) -> str:
    """Return the address of a screen that needs no item."""
    return absolute(reverse(name))


def hub_url(page: EditorialPage) -> str:
    """Return where colleagues read a live item."""
    path = page.url_path.lstrip("/").partition("/")[2]
    return absolute(address_in(page.audience, path))


def _agreement_url(page: EditorialPage) -> str:
    return absolute(_first_of(AGREEMENT, EDIT, page=page))


def _at_desk(screen: str, page: EditorialPage, reader: User) -> str | None:
    name = next((found for desk in _desks if (found := desk(page, reader))), None)
    return absolute(reverse(screen, args=[name])) if name else None


def _first_of(*names: str, page: EditorialPage) -> str:
    """Return the first address that this installation has a screen for."""
    for name in names[:-1]:
        try:
            return reverse(name, args=[page.pk])
        except NoReverseMatch:
            continue
    return reverse(names[-1], args=[page.pk])


def absolute(path: str) -> str:
    """Return the whole address of a path, as people outside need it."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
