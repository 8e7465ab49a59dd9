"""The configuration of an nginx in front: the gate's own rules, in nginx's words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cms.config.doorway import HEALTH, OF_DJANGO, OF_THE_PRESS
from cms.media.files import LARGEST_FILM
from hub_site.asgi import ALWAYS
from hub_site.following import FOLLOW
from hub_site.readers import REMEMBERED_SECONDS
from hub_site.serve import (
    ASK,
    ASKED_FOR,
    CONTENT,
    CONTENT_TYPES,
    HASHED,
    HASHED_PATH,
    NO_RELEASE,
    SHUT,
)

TEMPLATE = Path(__file__).with_name("hub.nginx")
HUB_FORMAT = "$time_iso8601 $request_method $status $body_bytes_sent $request_time $uri"
REST_FORMAT = "$time_iso8601 $request_method $status $body_bytes_sent $request_time $plein_house"
HAND_ON = """        proxy_pass http://plein;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $plein_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto {scheme};
        proxy_connect_timeout 2s;
        proxy_read_timeout 60s;"""
HOUSE = """
    location = /{name} {{
        set $plein_house {name};
        access_log {log} plein_rest;
{way}
    }}
    location /{name}/ {{
        set $plein_house {name};
        access_log {log} plein_rest;
        client_max_body_size {most};
{way}
    }}"""
TAKES_FILMS = "newsroom"
PHOTO, FILM = "30m", f"{LARGEST_FILM // 1024 // 1024 + 20}m"
"""What may be sent at once, and by whom."""
TO_TLS = """server {{
    listen 80;
    listen [::]:80;
    server_name {names};
    server_tokens off;
    access_log off;
    return 301 https://{host}$request_uri;
}}

"""
_PLACE = re.compile(r"@@(\w+)@@")
_PLAIN = re.compile(r"[\w./:\[\]-]+")


@dataclass(frozen=True, kw_only=True)
class Front:
    """What the administrator decides about the nginx in front.

    Attributes:
        public_url: The address people type.
        hosts: All names this installation answers to; `*` and addresses of this machine count too.
        upstream: Where Plein itself listens.
        root: The folder where the press keeps the plain files.
        listen: Where nginx listens; for TLS with a certificate.
        certificate: Certificate and key, where this nginx speaks TLS.
        always: Headers that every answer of the hub has besides.
        remembered: For how many seconds nginx believes what it was told of somebody.
    """

    public_url: str
    hosts: tuple[str, ...]
    upstream: str
    root: Path
    listen: str
    certificate: tuple[Path, Path] | None
    cache: Path
    log: Path
    error_log: Path
    always: Mapping[str, str]
    remembered: int = int(REMEMBERED_SECONDS)


def configuration(front: Front) -> str:
    """Return the text of the configuration.

    Raises:
        ValueError: A name or path holds a character that would end its place in the text.
    """
    public = urlsplit(front.public_url)
    log = _plain(front.log)
    way = HAND_ON.format(scheme=public.scheme)
    names = _names(front)
    values = {
        "name": front.public_url,
        "root": _plain(front.root),
        "upstream": _plain(front.upstream),
        "cache": _plain(front.cache),
        "log": log,
        "error_log": _plain(front.error_log),
        "hub_format": HUB_FORMAT,
        "rest_format": REST_FORMAT,
        "hosts": "\n".join(f'    "{name}" "{held}";' for name, held in names.items()),
        "server_names": " ".join(names),
        "content": CONTENT,
        "immutable": HASHED,
        "hashed": HASHED_PATH.pattern,
        "listen": "\n".join(_listening(front)),
        "redirect": _to_tls(front, names, public.netloc),
        "types": "\n".join(_types()),
        "headers": "\n".join(_headers({**ALWAYS, **front.always})),
        "ask": ASK,
        "asked_for": ASKED_FOR.decode(),
        "remembered": str(front.remembered),
        "pass": way,
        "shut": _quoted(SHUT),
        "no_release": _quoted(NO_RELEASE),
        "houses": "".join(_houses((*OF_DJANGO, OF_THE_PRESS, FOLLOW, HEALTH), log=log, way=way)),
    }
    return _PLACE.sub(lambda place: values[place[1]], TEMPLATE.read_text(encoding="utf-8"))


def _names(front: Front) -> dict[str, str]:
    """Each name that nginx may know, and how it is handed on: as it was typed, with its port."""
    public = urlsplit(front.public_url)
    others = (host.strip(".") for host in front.hosts if "*" not in host)
    names = {_plain(host): _plain(host) for host in others}
    return {**names, _plain(public.hostname or ""): _plain(public.netloc)}


def _listening(front: Front) -> Iterator[str]:
    if front.certificate is None:
        yield f"    listen {_plain(front.listen)};"
        return
    yield f"    listen {_plain(front.listen)} ssl http2;"
    yield f"    ssl_certificate {_plain(front.certificate[0])};"
    yield f"    ssl_certificate_key {_plain(front.certificate[1])};"
    yield "    ssl_protocols TLSv1.2 TLSv1.3;"
    yield "    ssl_session_cache shared:plein_tls:10m;"


def _to_tls(front: Front, names: Iterable[str], host: str) -> str:
    if front.certificate is None:
        return ""
    return TO_TLS.format(names=" ".join(names), host=host)


def _types() -> Iterator[str]:
    for suffix, kind in CONTENT_TYPES.items():
        yield f'            "{kind}" {suffix.removeprefix(".")};'


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    for name, value in headers.items():
        yield f'        add_header {name} "{value}" always;'


def _houses(names: Iterable[str], *, log: str, way: str) -> Iterator[str]:
    for name in names:
        most = FILM if name == TAKES_FILMS else PHOTO
        yield HOUSE.format(name=name, log=log, way=way, most=most)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _plain(value: object) -> str:
    text = str(value)
    if not _PLAIN.fullmatch(text):
        message = f"{text!r} can't stand in nginx's configuration; use letters, digits and ./:-"
        raise ValueError(message)
    return text
