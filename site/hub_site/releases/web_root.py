"""The live release as plain files, for a web server in front that serves them by itself.

Two trees of the same files, and a symbolic link to the one that is live. What changed goes into
the other tree, then the link moves in one step, then the first tree follows: so a switch costs
what changed, no reader meets half of one, and what was withdrawn stands in neither tree.
"""

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hub_site.errors import PressError
from hub_site.releases.blobs import BlobStore
from hub_site.releases.compression import is_compressible
from hub_site.releases.manifest import Manifest, View

LIVE = "live"
_TREES = ("a", "b")
_HALF = ".half"
_READABLE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_FOLDER_MODE = 0o755
_BITS_OF_A_MOMENT = 30
type Files = Mapping[str, str | None]


class WebRoot:
    """Keeps both trees at the live release, at the cost of what changed."""

    def __init__(self, folder: Path, manifest: Manifest, blobs: BlobStore) -> None:
        self._folder = folder
        self._manifest = manifest
        self._blobs = blobs
        # A tree that this process did not bring up to date itself is compared file by file.
        self._at: dict[str, View] = {}
        # Text whose compressed variant the press has still to make.
        self._bare: dict[str, str] = {}

    def follow(self) -> bool:
        """Bring the files to the live release; say whether there was anything to do.

        Raises:
            PressError: The files can't be written; the link stays at a release that is whole.
        """
        view = self._manifest.view()
        if view is None:
            return False
        if not self._bare and all(self._at.get(tree) == view for tree in _TREES):
            return False
        try:
            with self._alone():
                return self._follow()
        except OSError as error:
            self._at.clear()
            raise PressError(
                f"The files for the web server in {self._folder} can't be brought up to date:"
                f" {error}. It goes on with those it has; make room or mend permissions, and the"
                " press tries again."
            ) from error

    def _follow(self) -> bool:
        # A web server reads files, and knows no journal that says what they should hold.
        self._blobs.settle()
        live = self._live()
        idle = next(tree for tree in _TREES if tree != live)
        count = self._bring(idle)
        # The live tree is never written in, unless with what it holds by another name already.
        if live is None or self._at.get(live) != self._at.get(idle):
            self._switch(idle)
            count += self._bring(next(tree for tree in _TREES if tree != idle))
        return self._add_variants() + count > 0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A rollback by hand and the press may come together."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(_FOLDER_MODE)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _live(self) -> str | None:
        link = self._folder / LIVE
        return link.readlink().name if link.is_symlink() else None

    def _switch(self, tree: str) -> None:
        half = self._folder / f"{LIVE}{_HALF}"
        half.unlink(missing_ok=True)
        half.symlink_to(tree)
        half.replace(self._folder / LIVE)

    def _bring(self, tree: str) -> int:
        """Bring one tree to the live release; give how many files that changed."""
        root = self._folder / tree
        before = self._at.pop(tree, None)
        view, changes = self._news(root, before)
        # Removals first: a file may stand where a folder is to be.
        ordered = sorted(changes.items(), key=lambda change: change[1] is not None)
        count = sum(self._put(root, path, blob) for path, blob in ordered)
        self._at[tree] = view
        return count

    def _news(self, root: Path, before: View | None) -> tuple[View, Files]:
        """What differs from the live release, as far as this process can know without looking."""
        news = self._manifest.changes_since(before) if before else None
        if news is not None:
            return news
        whole = self._manifest.live_files()
        if whole is None:
            raise PressError("There is no release yet: run `plein build` first.")
        return whole[0], _compared(root, whole[1])

    def _put(self, root: Path, path: str, blob: str | None) -> bool:
        """Let a path have these bytes, or none; say whether that is any different."""
        file = root / _checked(path)
        variant = file.with_name(f"{file.name}.gz")
        if blob is None:
            self._bare.pop(path, None)
            is_there = file.exists()
            variant.unlink(missing_ok=True)
            file.unlink(missing_ok=True)
            _remove_empty(file.parent, root)
            return is_there
        if not is_compressible(path):
            return _give(self._blobs.file(blob), file, blob)
        prepared = self._blobs.compressed_file(blob)
        if prepared.is_file():
            self._bare.pop(path, None)
        else:
            self._bare[path] = blob
        if not _has(file, self._blobs.file(blob), blob):
            # The variant of what was there before goes first: it is served in its place.
            variant.unlink(missing_ok=True)
        has_changed = _give(self._blobs.file(blob), file, blob)
        return (prepared.is_file() and _give(prepared, variant, blob)) or has_changed

    def _add_variants(self) -> int:
        """Put compressed variants beside the pages that went before them; they say the same."""
        made = [path for path, blob in self._bare.items() if self._is_made(blob)]
        for path in made:
            blob = self._bare.pop(path)
            for tree in _TREES:
                file = self._folder / tree / path
                _give(self._blobs.compressed_file(blob), file.with_name(f"{file.name}.gz"), blob)
        return len(made)

    def _is_made(self, blob: str) -> bool:
        return self._blobs.compressed_file(blob).is_file()


def _compared(root: Path, files: Mapping[str, str]) -> Files:
    """Every file that should be there, and None for each that should not."""
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(_FOLDER_MODE)
    held = {
        (Path(folder) / name).relative_to(root).as_posix()
        for folder, _, names in os.walk(root)
        for name in names
    }
    known = files.keys() | {f"{path}.gz" for path in files if is_compressible(path)}
    return {**dict.fromkeys(held - known), **files}


def _checked(path: str) -> str:
    """No path leads out of the tree, whatever the manifest says."""
    if not all(segment.strip(".") for segment in path.split("/")):
        raise PressError(f"A release can't hold a file at '{path}'.")
    return path


def moment_of(blob: str) -> int:
    """The time that a file of these bytes is given, in seconds.

    A web server makes its tag of a file's time and size. The time of writing would give two
    editions of one second and size the same tag, and the same bytes another tag on each server.
    """
    return int(blob[:8], 16) >> (32 - _BITS_OF_A_MOMENT)


def _has(file: Path, source: Path, blob: str) -> bool:
    """Whether the file is these bytes already: the very same, or a copy of them."""
    try:
        held, wanted = file.stat(), source.stat()
    except FileNotFoundError:
        return False
    if held.st_ino == wanted.st_ino and held.st_dev == wanted.st_dev:
        return int(held.st_mtime) == moment_of(blob)
    return held.st_size == wanted.st_size and int(held.st_mtime) == moment_of(blob)


def _give(source: Path, target: Path, blob: str) -> bool:
    """Let the target be these bytes, in one step: the same file, or a copy on another disk."""
    if _has(target, source, blob):
        return False
    half = target.with_name(f"{target.name}{_HALF}")
    _make_folder(target.parent)
    half.unlink(missing_ok=True)
    try:
        half.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, half)
    mode = half.stat().st_mode
    if mode & _READABLE != _READABLE:
        half.chmod(stat.S_IMODE(mode) | _READABLE)
    moment = moment_of(blob)
    os.utime(half, (moment, moment))
    half.replace(target)
    half.unlink(missing_ok=True)  # it stays when both are the same file already
    return True


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, for everybody to read whatever the mask says."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(_FOLDER_MODE)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
