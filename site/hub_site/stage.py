"""The staged tree: the seam between content and renderer, readable by a plain `mkdocs build`."""

import errno
import html
import json
import os
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import orjson

from hub_site.content.documents import Language
from hub_site.errors import PressError
from hub_site.handkept import HandKept, HandKeptPages, translation_of
from hub_site.offline import Shell
from hub_site.pages import HubView, MovedPage, Page
from hub_site.settings import PressSettings
from hub_site.words import WORDS

# YAML refuses DEL and the C1 controls, reads U+0085, U+2028 and U+2029 as line ends, and drops a
# BOM; MkDocs would hide the error and print the page without its front matter.
_UNSAFE_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# The same as bytes, by their first: most texts have none that begins so, which is seen at once.
_SIGNS_OF_THEM = tuple(
    (sign[:1], re.compile(sign))
    for sign in (b"\x7f", b"\xc2[\x80-\x9f]", b"\xe2\x80[\xa8\xa9]", b"\xef[\xbb\xbf][\xbe\xbf]")
)
_SHORT = 100
"""Bytes of a view that are read at once; an empty one is among them."""


@dataclass(frozen=True, slots=True)
class StagedPage:
    """One source file: front matter, and a body only for hand-kept Markdown."""

    uri: str
    meta: Mapping[str, object]
    body: str = ""
    source: str | None = None  # the document to set aside when this page can't be printed

    @property
    def output(self) -> str:
        """Where the printed page stands in the hub."""
        stem = self.uri.removesuffix(".md")
        return f"{stem}.html" if stem.rpartition("/")[2] == "index" else f"{stem}/index.html"

    @property
    def content(self) -> bytes:
        return b"---\n%b---\n%b" % (_front_matter(self.meta), self.body.encode())

    @property
    def text(self) -> str:
        return self.content.decode()

    def read(self) -> "StagedPage":
        """The same page with all that it shows at hand."""
        view = self.meta.get("view")
        if not isinstance(view, UnreadView):
            return self
        return replace(self, meta={**self.meta, "view": view.read()})


class UnreadView(Mapping[str, object]):
    """What a page shows, read when it is asked for: around the page's own part it seldom is."""

    def __init__(self, told: bytes) -> None:
        self._told = told

    def read(self) -> Mapping[str, object]:
        found: Mapping[str, object] = orjson.loads(self._told)
        return found

    def __getitem__(self, name: str) -> object:
        return self.read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())

    def __bool__(self) -> bool:
        return True  # one that is empty was read


def stage_page(page: Page, *, uri: str | None = None) -> StagedPage:
    meta = {
        "template": page.template,
        "title": page.title,
        "language": page.language,
        "description": page.description,
        "tab": page.tab,
        "view": page.view,
    }
    if page.for_whom is not None:
        meta["for_whom"] = page.for_whom
    return StagedPage(uri or f"{page.path}index.md", meta, source=page.source)


def staged_from(content: bytes, *, uri: str, source: str | None) -> StagedPage:
    """Read a staged page that has no body back from its own bytes, but for what it shows."""
    lines = (line.partition(b": ") for line in content.split(b"\n")[1:-2])
    told = {key.decode(): value for key, _, value in lines}
    meta = {
        key: UnreadView(value) if key == "view" and len(value) > _SHORT else orjson.loads(value)
        for key, value in told.items()
    }
    return StagedPage(uri, meta, source=source)


def staged_config(hub: HubView, settings: PressSettings, *, shell: Shell | None = None) -> str:
    """The staged tree's own mkdocs.yml; without a shell no device keeps its pages."""
    kept = shell.described(hub) if shell else {}
    return _front_matter(
        {
            "INHERIT": str(settings.config_file.resolve()),
            "site_name": hub["name"],
            "docs_dir": "docs",
            "site_dir": "site",
            "nav": ["index.md"],
            "theme": {
                "custom_dir": str(settings.theme_dir.resolve()),
                "language": hub["language"],
            },
            "extra": {"hub": {**hub, **kept}},
        }
    ).decode()


def stage_kept(page: HandKept, kept: HandKeptPages) -> StagedPage:
    other = translation_of(page, kept.pages)
    link = {"title": other.title, "path": other.path} if other else None
    translation = {"link": link, "language": other.language} if other else None
    meta = {
        "template": "page.html",
        "title": page.title,
        "language": page.language,
        "description": page.description,
        "tab": "about",
        "view": {"translation": translation},
    }
    return StagedPage(page.name, meta, page.body, source=page.name)


def moved_page(moved: MovedPage, language: Language) -> bytes:
    """A page that sends readers on, on any web server and without script."""
    target = posixpath.relpath(f"/{moved.target['path']}", f"/{moved.path}") + "/"
    sentence = WORDS[language].moved.format(title=moved.target["title"])
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f"<title>{html.escape(moved.target['title'])}</title>\n"
        f'<p><a href="{target}">{html.escape(sentence)}</a></p>\n</html>\n'
    ).encode()


def _front_matter(meta: Mapping[str, object]) -> bytes:
    """YAML with a line per key; JSON is YAML, and a thousand times quicker to write."""
    lines = ((key.encode(), b": ", _in_json(value), b"\n") for key, value in meta.items())
    told = b"".join(chain.from_iterable(lines))
    if any(first in told and sign.search(told) for first, sign in _SIGNS_OF_THEM):
        return _escaped(told.decode())
    return told


def _in_json(value: object) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half of a pair of surrogates, or a number beyond 64 bits
        return _escaped(json.dumps(value, ensure_ascii=False))


def _escaped(told: str) -> bytes:
    return _UNSAFE_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", told).encode()


class StagedFolder:
    """The tree on disk, changed file by file; names are relative to its `docs`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._docs = folder / "docs"
        self._mark = folder / "unfinished"

    def begin(self) -> None:
        """From here until `finish`, what is written may be ahead of what is remembered."""
        with self._told():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._mark.touch()

    def finish(self) -> None:
        with self._told():
            self._mark.unlink(missing_ok=True)

    def is_unfinished(self) -> bool:
        return self._mark.exists() or not self._docs.is_dir()

    def configure(self, config: str) -> None:
        with self._told():
            _write_if_different(str(self._folder / "mkdocs.yml"), config.encode())

    def write(self, name: str, body: bytes) -> None:
        with self._told():
            _write(self._place(name), body)

    def mend(self, name: str, body: bytes) -> None:
        """Write what may be there already; to read is less than to write."""
        with self._told():
            _write_if_different(self._place(name), body)

    def link(self, name: str, picture: Path) -> None:
        with self._told():
            _link(picture, self._docs / name)

    def remove(self, name: str) -> None:
        """Remove a file, and the folders that become empty by it."""
        file = self._docs / name
        with self._told():
            file.unlink(missing_ok=True)
            for folder in file.parents:
                if folder == self._docs or not _is_removed(folder):
                    break

    def content(self, name: str) -> bytes | None:
        """What is in a file; None when it can't be read, and is to be written anew."""
        try:
            return _read(self._place(name))
        except OSError:
            return None

    def _place(self, name: str) -> str:
        """A file of the tree as text: a `Path` takes as long to make as the system to find it."""
        return f"{self._docs}/{name}"

    def sweep(self, keep: AbstractSet[str]) -> None:
        """Remove what an earlier build left, folders that became empty included."""
        with self._told():
            for path in sorted(self._docs.rglob("*"), reverse=True):
                if path.is_dir():
                    if not any(path.iterdir()):
                        path.rmdir()
                elif path.relative_to(self._docs).as_posix() not in keep:
                    path.unlink()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise PressError(f"The press can't write in {self._folder}: {error}.") from error


def _is_removed(folder: Path) -> bool:
    """Remove a folder if nothing is in it; to look what is would take long in a large one."""
    try:
        folder.rmdir()
    except OSError as error:
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT}:
            raise
        return False
    return True


def _write_if_different(file: str, body: bytes) -> None:
    try:
        is_same = _read(file) == body
    except (FileNotFoundError, NotADirectoryError):
        is_same = False
    if not is_same:
        _write(file, body)


def _read(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - see `_place`
        return opened.read()


def _write(file: str, body: bytes) -> None:
    """Write over what is there, and cut off what is left of it.

    A file that is emptied first is written to disk when it is closed, which may take long.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except FileNotFoundError:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        left = memoryview(body)
        while left:
            left = left[os.write(descriptor, left) :]
        os.ftruncate(descriptor, len(body))
    finally:
        os.close(descriptor)


def _link(picture: Path, file: Path) -> None:
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.hardlink_to(picture)
    except OSError:
        shutil.copyfile(picture, file)
