"""Addresses that a mail can carry: opening one only shows something, it never acts."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from cms.core.audiences import address_in
from cms.stories.models import EditorialPage

APPROVE = "desk:approve"
ACCEPT = "desk:accept_edit"
ANSWER = "desk:answer"
EDIT = "wagtailadmin_pages:edit"
AGREEMENT = "desk:agreement"


def approval_url(page: EditorialPage) -> str:
    """Return where an approver reads the item and decides."""
    return absolute(_first_of(APPROVE, EDIT, page=page))


def acceptance_url(page: EditorialPage) -> str:
    """Return where an author reads what was edited, before and after."""
    return absolute(_first_of(ACCEPT, EDIT, page=page))


def agreement_url(page: EditorialPage) -> str:
    """Return where the newsroom sees who still has to agree."""
    return absolute(_first_of(AGREEMENT, EDIT, page=page))


def answer_url(page: EditorialPage) -> str:
    """Return where an author reads why it came back, goes on with it or answers."""
    return absolute(_first_of(ANSWER, EDIT, page=page))


def editor_url(page: EditorialPage) -> str:
    return absolute(reverse(EDIT, args=[page.pk]))


def url_of(name: str) -> str:
    """Return the address of a screen that needs no item."""
    return absolute(reverse(name))


def hub_url(page: EditorialPage) -> str:
    """Return where colleagues read a live item."""
    path = page.url_path.lstrip("/").partition("/")[2]
    return absolute(address_in(page.audience, path))


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
