"""What a device keeps beside a page to show it without a connection: see ADR 0049."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePath

from hub_site.pages import HubView
from hub_site.printing.theme_files import visible_files
from hub_site.settings import PressSettings

FORMAT = 1
# A page without its search, and with names in the device's own letters, is still that page.
_KEPT = ("assets/js/*.js", "assets/fonts/*.woff2", "assets/mark.svg")
_LEFT = ("assets/js/search*.js", "assets/fonts/*-ext.woff2", "assets/fonts/*-italic.woff2")
_PRINTED = ("assets/hub.css", "offline.html")
"""These say themselves which look they are of."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The theme's files that a page needs wherever it is shown.

    Attributes:
        digest: Of all files of the theme.
        files: The path of each kept file with its sha256; empty for what is printed with the look.
    """

    digest: str
    files: Mapping[str, str]

    def described(self, hub: HubView) -> dict[str, object]:
        """What templates say of it: the look is another one with each change of theme or frame."""
        frame = json.dumps(hub, sort_keys=True, ensure_ascii=False)
        look = hashlib.sha256(f"{self.digest}\0{frame}".encode()).hexdigest()[:16]
        files = {**self.files, **_logos_in(hub)}
        return {"look": look, "shell": {"format": FORMAT, "look": look, "files": files}}


def shell_in(settings: PressSettings) -> Shell:
    """Read the theme in place."""
    digest = hashlib.sha256()
    files = dict.fromkeys(_PRINTED, "")
    for file in visible_files(settings.theme_dir):
        path, body = file.relative_to(settings.theme_dir).as_posix(), file.read_bytes()
        if "__pycache__" in file.parts:
            continue
        digest.update(f"{path}\0{len(body)}\0".encode())
        digest.update(body)
        if _is_any(path, _KEPT) and not _is_any(path, _LEFT):
            files[path] = hashlib.sha256(body).hexdigest()
    return Shell(digest.hexdigest(), files)


def _logos_in(hub: HubView) -> dict[str, str]:
    """The pictures of the frame itself, each with its hash, which is its name."""
    style = hub["style"]
    shown = (style["logo"], style["logo_dark"]) if style else ()
    return {logo["path"]: PurePath(logo["path"]).stem for logo in shown if logo}


def _is_any(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)
