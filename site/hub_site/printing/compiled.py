"""Compiled templates kept on disk, so that a press that starts does not compile them again."""

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import override

import jinja2
from jinja2.bccache import Bucket

from hub_site.printing.theme_files import visible_files

_LOG = logging.getLogger(__name__)


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Set as an environment's `bytecode_cache`; a folder may be shared by several processes.

    Jinja takes a compiled template for good while its own source is the same. Ours hold what they
    include, and depend on the compiler: any change of theme or press makes them all anew.
    """

    def __init__(self, folder: Path, *, theme_dirs: Iterable[str]) -> None:
        super().__init__(str(folder), "%s.compiled")
        self._folder = folder
        self._made_of = _digest(theme_dirs)

    @override
    def get_source_checksum(self, source: str) -> str:
        return hashlib.sha256(self._made_of + source.encode()).hexdigest()

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


def _digest(theme_dirs: Iterable[str]) -> bytes:
    """Of every template that may be included, and of this package, which compiles them."""
    own = Path(__file__).parent
    digest = hashlib.sha256(jinja2.__version__.encode())
    for folder in (own, *map(Path, theme_dirs)):
        for file in visible_files(folder):
            if file.suffix in {".py", ".html"}:
                digest.update(f"{file.relative_to(folder)}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.digest()
