"""A release with a tree for everyone and two that are gated, small enough to list whole."""

import gzip
import hashlib
from pathlib import Path

from hub_site.releases import Draft, Releases, WebRoot
from hub_site.trees import YOURS_PAGE
from tests.unit.hub_site import samples

HR = "Het rooster van personeelszaken kantelt in maart"
BOARD = "De directie verhuist naar de zolder"
EVERYONES = "Fietsen repareren op woensdag"
PICTURE = hashlib.sha256(b"portrait").hexdigest()
GATED_PICTURE = hashlib.sha256(b"gated portrait").hexdigest()
FILM = hashlib.sha256(b"film").hexdigest()
READER, HR_READER = "plein_session=reader", "plein_session=hr"
PEOPLE = {READER: ["everyone"], HR_READER: ["everyone", "hr"]}


def page(title: str, *links: str) -> bytes:
    anchors = "".join(f'<a href="{link}">verder</a>' for link in links)
    body = f"<p>{title}.</p>" * 40
    return f"<!doctype html><html lang=nl><title>{title}</title>{body}{anchors}</html>".encode()


def files() -> dict[str, bytes]:
    return {
        "index.html": page("De hub", "/fietsen/", "/assets/hub.css"),
        "404.html": page("Deze pagina is er niet", "/"),
        "fietsen/index.html": page(EVERYONES, "/"),
        "fietsen/2026/11/index.html": page("November", "/fietsen/"),
        "assets/hub.css": b"body { color: #123 }\n" * 30,
        "assets/js/hub.js": b"document.title;\n" * 30,
        f"assets/images/{PICTURE}.webp": b"RIFF" + bytes(range(256)) * 9,
        f"assets/images/{FILM}.mp4": b"\0\0\0\x20ftyp" + bytes(range(251)) * 600,
        YOURS_PAGE: page("Ook voor jou", "/") + b"<!-- yours -->Nu niets<!-- /yours -->",
        "a/hr/assets/newest/index.html": f'<p>{HR}</p><a href="/a/hr/">Alles</a>'.encode(),
        "a/board/assets/newest/index.html": f"<p>{BOARD}</p>".encode(),
        "a/hr/index.html": page(f"{HR}: alles", "/a/hr/rooster/"),
        "a/hr/rooster/index.html": page(HR, "/a/hr/"),
        f"a/hr/assets/images/{GATED_PICTURE}.webp": b"RIFF" + HR.encode() * 20,
        "a/hr/lijst.json": f'{{"titel": "{HR}"}}'.encode(),
        "a/board/index.html": page(BOARD, "/a/board/zolder/"),
        "a/board/zolder/index.html": page(BOARD, "/a/board/"),
    }


def activate(releases: Releases, held: dict[str, bytes]) -> None:
    changes = {path: releases.blobs.put(body) for path, body in held.items()}
    releases.activate(
        Draft(
            changes=changes,
            is_whole=True,
            epoch="e",
            cursor="c",
            as_of=samples.NOW,
            started_at=samples.NOW,
            pages=len(changes),
            set_aside="[]",
            sources=changes,
        )
    )


def tend(releases: Releases) -> None:
    while releases.tend(1.0):
        pass


def releases_in(folder: Path) -> Path:
    return folder / "press" / "releases"


def gated_hub(folder: Path) -> Releases:
    """The releases of a press home in this folder, variants made."""
    releases = Releases(releases_in(folder), keep=3)
    activate(releases, files())
    tend(releases)
    return releases


def web_root(folder: Path, releases: Releases) -> WebRoot:
    return WebRoot(folder / "web", releases.manifest, releases.blobs)


def secrets() -> list[bytes]:
    """What only some may read, as bytes that could come out of a server."""
    words = [HR.encode(), BOARD.encode(), GATED_PICTURE.encode()]
    return words + [
        gzip.compress(body, 9, mtime=0)[12:40]
        for path, body in files().items()
        if path.startswith("a/") and path != YOURS_PAGE
    ]
