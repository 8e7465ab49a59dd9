"""Asking the organisation's provider who somebody is. What it says is checked by Authlib.

State, nonce and PKCE are kept in the session for ten minutes and used once; signature, issuer,
audience and times are checked on the identity token that comes back.
"""

import time
from typing import Any
from urllib.parse import urlencode

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoIntegration, DjangoOAuth2App
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from joserfc.errors import JoseError
from requests.exceptions import RequestException

from cms.accounts.provider import Provider
from cms.accounts.signing_in.sessions import is_shared

ASK_TIMEOUT = (3.05, 8)
"""Seconds to connect, and to wait for each piece of an answer."""

STATE_SECONDS = 10 * 60
SIGNATURES = {
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
}
"""Signed with a key of the provider's own: none, and secrets that two know, are refused."""


class OrganisationError(Exception):
    """Somebody could not be let in by way of their organisation."""


class UnreachableError(OrganisationError):
    """The provider is down, too slow, or says something that makes no sense."""


class RefusedError(OrganisationError):
    """What came back does not prove who it is."""


class _Kept(DjangoIntegration):
    """What is kept between going out and coming back, no longer than it takes."""

    expires_in = STATE_SECONDS

    def get_state_data(self, session: SessionBase, state: str | None) -> dict[str, Any] | None:
        kept = session.get(f"_state_{self.name}_{state}") or {}
        return kept.get("data") if kept.get("exp", 0) > time.time() else None


def way_out(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Send somebody to the provider; on a shared screen it has to ask who they are again.

    Raises:
        UnreachableError: The provider's configuration can't be had.
    """
    asked = {"prompt": "login"} if is_shared(request) else {}
    try:
        out: HttpResponse = client_of(provider).authorize_redirect(request, _way_back(), **asked)
    except (RequestException, RuntimeError, ValueError) as error:
        raise UnreachableError(type(error).__name__) from error
    return out


def who_came_back(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """Return the claims about who came back from the provider.

    Raises:
        UnreachableError: The provider can't be asked.
        RefusedError: The answer is forged, old, used before, or meant for somebody else.
    """
    client = client_of(provider)
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    try:
        _only_signed(client)
        token = client.authorize_access_token(request, claims_options=wanted)
        return _with_userinfo(client, token, provider)
    except RequestException as error:
        raise UnreachableError(type(error).__name__) from error
    except (AuthlibBaseError, JoseError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise RefusedError(type(error).__name__) from error


def client_of(provider: Provider) -> Any:
    """Return a client that knows nothing yet: a provider's keys and addresses may change."""
    return DjangoOAuth2App(
        _Kept("organisation"),
        name="organisation",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": " ".join(provider.scopes),
            "code_challenge_method": "S256",
            "default_timeout": ASK_TIMEOUT,
        },
    )


def _only_signed(client: Any) -> None:
    known = client.load_server_metadata()
    told = known.get("id_token_signing_alg_values_supported") or ["RS256"]
    known["id_token_signing_alg_values_supported"] = sorted(SIGNATURES.intersection(told))


def way_out_for_good(provider: Provider) -> str:
    """Return where the provider ends its own session; nothing where it has no such place.

    Raises:
        UnreachableError: The provider's configuration can't be had.
    """
    try:
        place = str(client_of(provider).load_server_metadata().get("end_session_endpoint") or "")
    except (RequestException, RuntimeError, ValueError) as error:
        raise UnreachableError(type(error).__name__) from error
    back = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('login')}"
    asked = urlencode({"client_id": provider.client_id, "post_logout_redirect_uri": back})
    return f"{place}{'&' if '?' in place else '?'}{asked}" if place.startswith("http") else ""


def _with_userinfo(client: Any, token: dict[str, Any], provider: Provider) -> dict[str, Any]:
    """Add what the identity token leaves out, if the provider tells it of the same person."""
    claims = dict(token.get("userinfo") or {})
    if not claims.get("sub"):
        message = "There is no identity token."
        raise ValueError(message)
    names = provider.claims
    wanted = {"email", names.number, names.department, names.location, names.groups} - {""}
    if wanted <= claims.keys() or not client.server_metadata.get("userinfo_endpoint"):
        return claims
    told = dict(client.userinfo(token=token))
    if told.get("sub") != claims["sub"]:
        message = "The provider tells of two people."
        raise ValueError(message)
    return {**told, **claims}


def _way_back() -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('organisation_back')}"
