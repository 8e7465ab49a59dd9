"""What tests of the organisation's sign-in share: who comes, and the way there and back."""

from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from cms.accounts.models import User
from tests.integration.accounts.provider import running_at

GERDA = {
    "sub": "7f3a",
    "email": "gerda@example.test",
    "email_verified": True,
    "preferred_username": "gerda",
    "given_name": "Gerda",
    "family_name": "Lubbers",
}


def go_out(client: Client, target: str = "") -> str:
    """Go to the provider, sign in there, and return the address it sends the browser to."""
    assert settings.PLEIN_PROVIDER
    provider = running_at(settings.PLEIN_PROVIDER.issuer)
    out = client.get("/login/organisation/", {"next": target} if target else {})
    parts = urlsplit(provider.come_here(out["Location"]))
    return f"{parts.path}?{parts.query}"


def sign_in(client: Client, target: str = "") -> HttpResponse:
    return cast("HttpResponse", client.get(go_out(client, target)))


def account() -> User:
    return User.objects.get(identities__subject=GERDA["sub"])
