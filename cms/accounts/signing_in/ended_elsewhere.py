"""What the organisation's provider says when somebody's session there has ended.

OpenID Connect Back-Channel Logout 1.0: the provider posts a signed logout token. Whoever could
make one up could sign colleagues out, so it is checked as strictly as what lets somebody in.
"""

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests.exceptions import RequestException

from cms.accounts.provider import Provider
from cms.accounts.signing_in import attempts
from cms.accounts.signing_in.organisation import (
    SIGNATURES,
    RefusedError,
    UnreachableError,
    client_of,
)

EVENT = "http://schemas.openid.net/event/backchannel-logout"
FRESH_SECONDS = 5 * 60
"""So old may a token be that arrives; shorter than we remember which ones came before."""
LEEWAY_SECONDS = 2 * 60
MOST_CHARACTERS = 16_000
TYPES = {"jwt", "logout+jwt"}
LONGEST = 255


@dataclass(frozen=True)
class Ended:
    """Whose session ended there; at least one of the two says so.

    Attributes:
        subject: Who; of all their sessions, where no one session is named.
        sid: One session of theirs, as the provider called it when they signed in.
    """

    subject: str
    sid: str


def what_ended(token: str, provider: Provider) -> Ended:
    """Return what a logout token says, once: the same token again is refused.

    Raises:
        UnreachableError: The provider's keys can't be had, so nothing can be checked.
        RefusedError: The token is forged, old, used before, or meant for something else.
    """
    # What costs nothing first: a stranger should not make us ask the provider for its keys.
    _check_claims(_unproven_claims(token), provider)
    claims = _proven_claims(token, provider)
    _check_claims(claims, provider)
    if not attempts.is_first(f"{provider.issuer}\n{claims['jti']}", kind="logout token"):
        _refuse("It came before.")
    return Ended(subject=_text(claims, "sub"), sid=_text(claims, "sid"))


def _unproven_claims(token: str) -> Mapping[str, Any]:
    if len(token) > MOST_CHARACTERS:
        _refuse("It is too long.")
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, IndexError, RecursionError) as error:
        raise RefusedError(type(error).__name__) from error
    return claims if isinstance(claims, dict) else {}


def _proven_claims(token: str, provider: Provider) -> Mapping[str, Any]:
    try:
        client = client_of(provider)
        told = client.load_server_metadata().get("id_token_signing_alg_values_supported")
        keys = KeySet.import_key_set(client.fetch_jwk_set())
    except (RequestException, RuntimeError, ValueError, KeyError, JoseError) as error:
        raise UnreachableError(type(error).__name__) from error
    allowed = sorted(SIGNATURES.intersection(told or ["RS256"]))
    try:
        proven = jwt.decode(token, keys, algorithms=allowed)
    except (JoseError, ValueError, TypeError) as error:
        raise RefusedError(type(error).__name__) from error
    if str(proven.header.get("typ", "JWT")).lower() not in TYPES:
        _refuse("It is a token of another kind.")
    return proven.claims


def _check_claims(claims: Mapping[str, Any], provider: Provider) -> None:
    """Refuse what the standard says to refuse, in its order."""
    audience = claims.get("aud")
    now = time.time()
    if claims.get("iss") != provider.issuer:
        _refuse("It comes from another issuer.")
    if provider.client_id not in (audience if isinstance(audience, list) else [audience]):
        _refuse("It is meant for somebody else.")
    if not now - FRESH_SECONDS < _moment(claims, "iat") < now + LEEWAY_SECONDS:
        _refuse("It is not of now.")
    if "exp" in claims and _moment(claims, "exp") < now - LEEWAY_SECONDS:
        _refuse("Its time is over.")
    _check_meaning(claims)


def _check_meaning(claims: Mapping[str, Any]) -> None:
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        _refuse("It says nothing of signing out.")
    if "nonce" in claims:
        _refuse("It is an identity token.")
    if not _text(claims, "jti"):
        _refuse("It has no name of its own.")
    if not (_text(claims, "sub") or _text(claims, "sid")):
        _refuse("It says nothing of whom.")


def _text(claims: Mapping[str, Any], name: str) -> str:
    """Return a text, or nothing where there is none; one that was cut off could name another."""
    value = claims.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        _refuse(f"Its {name} is no text of at most {LONGEST} characters.")
    return value


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _refuse(sentence: str) -> NoReturn:
    raise RefusedError(sentence)
