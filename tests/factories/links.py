"""People who come in by a link."""

import re
from uuid import UUID

from django.test import Client

from cms.accounts.models import User
from cms.contributions.forwarding import forward
from cms.contributions.models import Contribution, Forwarding
from cms.contributions.writers import WRITE
from cms.links.actions import Bearer, make_link
from cms.links.models import PersonalLink
from tests.factories.contributions import author_of


def forwarded(
    made: Contribution, *, name: str = "Kees Brouwer", email: str = "kees@example.test"
) -> tuple[Forwarding, str]:
    """Give the questions of who it is about to somebody; return that with the address."""
    bearer = Bearer(name=name, email=email)
    return forward(made, bearer=bearer, by=author_of(made))


def link_to_write(made: Contribution, *, user: User | None = None) -> tuple[PersonalLink, str]:
    """Give the author, or who says to be her, a link to the whole form."""
    writer = user or author_of(made)
    bearer = Bearer(name=writer.display_name, user=writer, email=writer.email)
    return make_link(WRITE, made.public_id, bearer=bearer, by=None)


def come_in(url: str, client: Client | None = None) -> Client:
    """Open a link as somebody who was never here."""
    browser = client or Client()
    answer = browser.get(path_of(url))
    assert answer.status_code == 302, answer.status_code
    return browser


def path_of(url: str) -> str:
    found = re.match(r"https?://[^/]+(/w/.*)", url)
    assert found, url
    return found[1]


def form_path(thing: UUID) -> str:
    return f"/write/{thing}/"
