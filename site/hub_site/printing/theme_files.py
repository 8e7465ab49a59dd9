"""The files of a theme, without a look at Material's twelve thousand icons."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def visible_files(folder: Path) -> Iterator[Path]:
    """Every file below, in order; what is hidden or lies in a hidden folder is no part of a hub."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if not name.startswith("."))


def names(folders: Iterable[str]) -> list[str]:
    """The names by which Jinja would know these files."""
    found = {
        file.relative_to(folder).as_posix()
        for folder in folders
        for file in visible_files(Path(folder))
    }
    return sorted(found)
