"""Hand-kept pages: ordinary Markdown in `content/pages`, with a few words about itself on top."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from hub_site.content.documents import Language
from hub_site.content.parsing import RESERVED
from hub_site.errors import PressError
from hub_site.pages import KeptPage

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n(.*)\Z", re.DOTALL)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEYS = {"title", "language", "description", "order", "translation_of"}
_LANGUAGES: dict[object, Language] = {"nl": "nl", "en": "en"}


class HandKeptError(PressError):
    """A hand-kept page can't be used; the message names the file, the key and the remedy."""


@dataclass(frozen=True, slots=True)
class HandKept(KeptPage):
    """One hand-kept page; `name` is its file name, which is also its address."""

    name: str
    description: str
    order: int
    translation_of: str | None
    body: str


@dataclass(frozen=True, slots=True)
class HandKeptPages:
    pages: tuple[HandKept, ...]
    errors: tuple[str, ...]


class KeptFolder:
    """The folder of hand-kept pages, read again only when a file in it is another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: list[tuple[str, int, int]] | None = None
        self._pages = HandKeptPages((), ())

    def read(self) -> HandKeptPages:
        seen = [
            (file.name, (status := file.stat()).st_mtime_ns, status.st_size)
            for file in sorted(self._folder.glob("*.md"))
        ]
        if seen != self._seen:
            self._seen, self._pages = seen, read_pages(self._folder)
        return self._pages


def read_pages(folder: Path) -> HandKeptPages:
    """Read every page of the folder in its own order; a faulty one is named and left out."""
    pages: list[HandKept] = []
    errors: list[str] = []
    for file in sorted(folder.glob("*.md")):
        try:
            pages.append(read_page(file))
        except HandKeptError as error:
            errors.append(str(error))
    pages.sort(key=lambda page: (page.order, page.path))
    return HandKeptPages(tuple(pages), tuple(errors))


def read_page(file: Path) -> HandKept:
    """Read one page and check what it says about itself."""
    meta, body = _front_matter(file)
    name = file.stem
    if not _NAME.fullmatch(name) or name in RESERVED or name == "index":
        raise HandKeptError(
            f"{file.name}: the file name is the address; use lower-case letters, digits and"
            f" hyphens, and none of Plein's own names ({', '.join(sorted(RESERVED))})."
        )
    unknown = sorted(str(key) for key in meta.keys() - _KEYS)
    if unknown:
        raise HandKeptError(
            f"{file.name}: '{unknown[0]}' is not a key of a hand-kept page; use {_listed(_KEYS)}."
        )
    return HandKept(
        path=f"{name}/",
        title=_text(file, meta, "title"),
        language=_language(file, meta),
        name=file.name,
        description=_text(file, meta, "description"),
        order=_order(file, meta),
        translation_of=_translation_of(file, meta),
        body=body,
    )


def translation_of(page: HandKept, pages: Sequence[HandKept]) -> HandKept | None:
    """The same page in the other language, whichever of the two names the other."""
    for other in pages:
        if other.name == page.translation_of or other.translation_of == page.name:
            return other
    return None


def _front_matter(file: Path) -> tuple[Mapping[object, object], str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise HandKeptError(f"{file.name}: can't be read as UTF-8 text ({error}).") from error
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise HandKeptError(
            f"{file.name}: start with front matter between two lines of '---': {_listed(_KEYS)}."
        )
    try:
        meta = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        reason = str(error).replace("\n", " ")
        raise HandKeptError(f"{file.name}: the front matter is not YAML: {reason}.") from error
    if not isinstance(meta, dict):
        raise HandKeptError(f"{file.name}: the front matter should be 'key: value' lines.")
    return meta, match[2]


def _text(file: Path, meta: Mapping[object, object], key: str) -> str:
    value = meta.get(key)
    if not isinstance(value, str) or not value.strip():
        raise HandKeptError(f"{file.name}: '{key}' is missing or empty; write '{key}: …' on top.")
    return value.strip()


def _language(file: Path, meta: Mapping[object, object]) -> Language:
    value = meta.get("language")
    if value not in _LANGUAGES:
        raise HandKeptError(f"{file.name}: 'language' should be nl or en, not {value!r}.")
    return _LANGUAGES[value]


def _order(file: Path, meta: Mapping[object, object]) -> int:
    value = meta.get("order")
    if not isinstance(value, int) or isinstance(value, bool):
        raise HandKeptError(f"{file.name}: 'order' should be a whole number such as 10.")
    return value


def _translation_of(file: Path, meta: Mapping[object, object]) -> str | None:
    value = meta.get("translation_of")
    if value is None:
        return None
    if not isinstance(value, str) or not (file.parent / Path(value).name).is_file():
        raise HandKeptError(
            f"{file.name}: 'translation_of' should name a file beside it, such as over.md."
        )
    return value


def _listed(keys: set[str]) -> str:
    return ", ".join(sorted(keys))
