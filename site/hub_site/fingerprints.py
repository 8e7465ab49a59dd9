"""What printed pages depend on besides documents: when it changes, they are made anew."""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from hub_site.settings import PressSettings

_OWN = Path(__file__).resolve().parent
_OTHERS = ("babel", "jinja2", "markdown", "mkdocs", "mkdocs-material", "nh3", "pyphen")


@cache
def code_fingerprint() -> str:
    """Of this press and of the libraries that have a hand in its pages."""
    versions = [sys.version, *(f"{name} {version(name)}" for name in _OTHERS)]
    return _hash(_files(_OWN, "*.py"), versions)


def fingerprints(settings: PressSettings) -> dict[str, str]:
    """Of the press itself, of the theme, and of what MkDocs is told apart from the hub."""
    configuration = settings.config_file.read_text(encoding="utf-8")
    return {
        "code": code_fingerprint(),
        "theme": _hash(_files(settings.theme_dir, "*"), [str(settings.theme_dir)]),
        "configuration": _hash((), [configuration]),
    }


def _files(folder: Path, pattern: str) -> Iterable[tuple[str, bytes]]:
    for file in sorted(folder.rglob(pattern)):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(folder).as_posix(), file.read_bytes()


def _hash(files: Iterable[tuple[str, bytes]], texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(f"{text}\0".encode())
    for name, body in files:
        digest.update(f"{name}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()
