"""Compiled templates kept on disk, so that a press that starts does not compile them again."""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import override

import jinja2
from jinja2.bccache import Bucket

from hub_site.printing.theme_files import visible_files

_LOG = logging.getLogger(__name__)
_INCLUDE = re.compile(r"\{%[-+]?\s*include\b(.*?)%\}", re.DOTALL)
_NAME = re.compile(r"""(["'])(.*?)\1""", re.DOTALL)
# A name that is written in pieces or with escapes is read by nobody but Jinja.
_ODD = re.compile(r"""\\|(["'])\s*(?:"|')""")


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Set as an environment's `bytecode_cache`; a folder may be shared by several processes.

    Jinja takes a compiled template for good while its own source is the same. Ours hold what they
    include, and depend on the compiler: a change of either makes them anew.
    """

    def __init__(self, folder: Path, *, theme_dirs: Iterable[str]) -> None:
        super().__init__(str(folder), "%s.compiled")
        self._folder = folder
        self._partials = _Partials([Path(each) for each in theme_dirs])

    @override
    def get_source_checksum(self, source: str) -> str:
        digest = hashlib.sha256(self._compiler + source.encode())
        for name, partial in self._partials.within(source):
            digest.update(f"\0{name}\0{len(partial)}\0{partial}".encode())
        return digest.hexdigest()

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except OSError:  # told once it is to be kept there
            bucket.reset()

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
        except OSError as error:
            # Nothing but the next start is slower for it.
            _LOG.warning("Compiled templates can't be kept in %s: %s.", self._folder, error)

    @cached_property
    def _compiler(self) -> bytes:
        """Of this package, which compiles them."""
        own = Path(__file__).parent
        digest = hashlib.sha256(jinja2.__version__.encode())
        for file in visible_files(own):
            if file.suffix == ".py":
                digest.update(f"{file.relative_to(own)}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
        return digest.digest()


class _Partials:
    """What templates may include, by the names that are told where they do."""

    def __init__(self, folders: list[Path]) -> None:
        self._folders = folders
        self._texts: dict[str, str] = {}
        self._named: dict[str, frozenset[str]] = {}

    def within(self, source: str) -> Iterator[tuple[str, str]]:
        """The partials that may come to stand in this template, each with its text, in order.

        Perhaps more than do. One that is not there has no text.
        """
        found, new = set[str](), set(self._told_in(source))
        while new:
            found |= new
            new = set[str]().union(*map(self._told_by, new)) - found
        yield from ((name, self._text(name)) for name in sorted(found))

    def _told_by(self, name: str) -> frozenset[str]:
        if name not in self._named:
            self._named[name] = frozenset(self._told_in(self._text(name)))
        return self._named[name]

    def _told_in(self, source: str) -> Iterator[str]:
        for include in _INCLUDE.finditer(source):
            if _ODD.search(include[1]):
                yield from self._below("")
            for _, name in _NAME.findall(include[1]):
                yield name
                # The beginning of a name of which the rest is told while printing.
                if name.endswith("/"):
                    yield from self._below(name)

    def _below(self, name: str) -> Iterator[str]:
        for folder in self._folders:
            for file in visible_files(folder / name):
                yield file.relative_to(folder).as_posix()

    def _text(self, name: str) -> str:
        if name not in self._texts:
            self._texts[name] = self._read(name)
        return self._texts[name]

    def _read(self, name: str) -> str:
        for folder in self._folders:
            try:
                return (folder / name).read_text(encoding="utf-8")
            except (OSError, ValueError):  # no file of this theme: Jinja says what is amiss
                continue
        return ""
