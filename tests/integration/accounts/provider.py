"""A small OpenID Connect provider: real HTTP, real signatures, and every way to get it wrong."""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "plein", "only-for-tests"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
type Claims = dict[str, Any]


@dataclass
class OpenIdProvider:
    """What the provider knows, and how it behaves.

    Attributes:
        person: The claims about whoever signs in next.
        forge: Changes the claims of an identity token just before it is signed.
        sign: Signs them.
        stall: Set where an answer has to wait until the test is over.
    """

    address: str = ""
    person: Claims = field(default_factory=dict)
    only_userinfo: Claims = field(default_factory=dict)
    forge: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Claims], str] = field(default_factory=lambda: signed)
    keys: list[RSAKey] = field(default_factory=lambda: [KEY])
    is_down: bool = False
    stall: Event | None = None
    asked: dict[str, str] = field(default_factory=dict)
    grants: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> Claims:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "end_session_endpoint": f"{self.address}/bye",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Sign the person in, and say where the browser goes from here."""
        self.asked = asked
        code = secrets.token_urlsafe(8)
        self.grants[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def come_here(self, address: str) -> str:
        """Do what a browser does that is sent here."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        return self.authorize(asked)

    def token(self, posted: dict[str, str], authorization: str) -> Claims | None:
        """Give the tokens for a code: once, to our client, with the right verifier."""
        asked = self.grants.pop(posted.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or authorization != f"Basic {basic}":
            return None
        challenge = hashlib.sha256(posted["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(challenge).decode().rstrip("=") != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
        }
        identity = self.sign(self.forge(claims))
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": identity}

    def logout_token(self, **changed: Any) -> str:
        """Sign what the provider posts when a session ends; None leaves a claim out."""
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_urlsafe(8),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            "sub": self.person["sub"],
            **changed,
        }
        return self.sign({key: value for key, value in claims.items() if value is not None})


def signed(claims: Claims, *, key: RSAKey = KEY, kind: str = "JWT") -> str:
    return jwt.encode({"alg": "RS256", "kid": "one", "typ": kind}, claims, key)


def signed_with_secret(claims: Claims, secret: bytes) -> str:
    """Sign as somebody would who takes what is public, or known to two, for the key."""
    text = unsigned(claims, algorithm="HS256").rstrip(".")
    proof = hmac.digest(secret, text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(proof).decode().rstrip('=')}"


def unsigned(claims: Claims, algorithm: str = "none") -> str:
    def part(content: Claims) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    return f"{part({'alg': algorithm, 'kid': 'one'})}.{part(claims)}."


class _Answers(BaseHTTPRequestHandler):
    provider: OpenIdProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if not self._is_up():
            return
        self._say(
            {
                "/.well-known/openid-configuration": self.provider.configuration(),
                "/keys": {"keys": [key.as_dict(private=False) for key in self.provider.keys]},
                "/userinfo": {**self.provider.person, **self.provider.only_userinfo},
            }[parts.path]
        )

    def do_POST(self) -> None:
        if not self._is_up():
            return
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        posted = {key: values[0] for key, values in parse_qs(body).items()}
        tokens = self.provider.token(posted, self.headers.get("Authorization", ""))
        self._say(tokens or {"error": "invalid_grant"}, status=200 if tokens else 400)

    def _is_up(self) -> bool:
        if self.provider.stall:
            self.provider.stall.wait(10)
        if self.provider.is_down:
            self.send_error(503)
        return not self.provider.is_down

    def _say(self, content: Claims, *, status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the handler's name
        """Keep quiet."""


_RUNNING: dict[str, OpenIdProvider] = {}


def running_at(issuer: str) -> OpenIdProvider:
    """Return the provider that calls itself this."""
    return _RUNNING[issuer]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hung up before the answer came did so because a test wants it."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def running_provider() -> Iterator[OpenIdProvider]:
    """Serve a provider on this machine."""
    provider = OpenIdProvider()
    answers = type("Answers", (_Answers,), {"provider": provider})
    server = _Server(("127.0.0.1", 0), answers)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    _RUNNING[provider.address] = provider
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
