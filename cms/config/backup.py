"""Backups: a copy of all that a hub could not make again, as plain files.

That is the database and the uploads. What the press printed is made anew from these, and the keys
are kept apart: who finds a copy should not be able to open what is sealed in it.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cms.config.dumps import Dumps
from cms.config.errors import PleinError, WrongUseError
from cms.config.home import Home
from cms.config.home_lock import refuse_without_hub

FORMAT = 1
PAPER = "backup.json"
DATABASE, MEDIA = "database", "media"
UNFINISHED = ".unfinished"
_PREFIX, _STAMP = "plein-", "%Y%m%d-%H%M%S"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Backup:
    """One whole copy, as its `backup.json` says.

    Attributes:
        made_at: In UTC; what happened after it is not in there.
        kind: Of the hub: "installed" for colleagues, or "demo".
        database: By which program it was written: "sqlite" or "postgresql".
        digest: SHA-256 of the database's file.
        uploads: How many files were uploaded or made of uploads.
        size: Bytes of all of it.
    """

    folder: Path
    made_at: datetime
    kind: str
    database: str
    digest: str
    uploads: int
    size: int

    @property
    def database_file(self) -> Path:
        return self.folder / DATABASE

    @property
    def media(self) -> Path:
        return self.folder / MEDIA


def make_backup(home: Home, into: Path, *, dumps: Dumps, keep: int | None = None) -> Backup:
    """Copy a home while it runs, and return the copy once it is whole and on disk.

    The database first: an upload that comes after it is a file too many, never one too few. A
    file that is in the newest backup already is not copied again but linked to.

    Args:
        home: Of the hub.
        into: The folder with all backups; made where it is missing.
        dumps: Writes the database of that home.
        keep: How many whole backups stay, this one included; None is all.

    Raises:
        WrongUseError: Nothing is to be copied, or backups can't be kept there.
        PleinError: The disk or the database would not.
    """
    refuse_without_hub(home)
    if into.resolve().is_relative_to(home.root):
        message = (
            f"{into} lies within {home.root}, and would be lost with it. Name a folder elsewhere,"
            " best on another disk."
        )
        raise WrongUseError(message)
    made_at = datetime.now(UTC).replace(microsecond=0)
    whole = into / f"{_PREFIX}{made_at:{_STAMP}}"
    draft = whole.with_name(whole.name + UNFINISHED)
    _begin(draft)
    try:
        before = next(iter(backups_in(into)), None)
        dumps.write(draft / DATABASE)
        uploads = _copy_uploads(home.media, draft / MEDIA, before=before)
        made = Backup(
            folder=whole,
            made_at=made_at,
            kind="installed" if home.is_installed else "demo",
            database=dumps.kind,
            digest=_digest(draft / DATABASE),
            uploads=uploads,
            size=sum(path.stat().st_size for path in _files(draft)),
        )
        _write_paper(made, draft)
        os.sync()
        draft.rename(whole)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        message = f"No backup was made in {into}: {error.strerror or error}."
        raise PleinError(message) from error
    if keep is not None:
        _forget_old(into, keep)
    return made


def _begin(draft: Path) -> None:
    try:
        draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.mkdir(mode=0o700)
    except FileExistsError as error:
        message = f"{draft.parent} is no folder, or another backup is being made in it."
        raise WrongUseError(message) from error
    except OSError as error:
        message = f"No backup can be made in {draft.parent}: {error.strerror}."
        raise WrongUseError(message) from error


def backups_in(folder: Path) -> Iterator[Backup]:
    """Give the whole backups in a folder, the newest first; what can't be read is left alone."""
    for path in sorted(folder.glob(f"{_PREFIX}*/{PAPER}"), reverse=True):
        if not path.parent.name.endswith(UNFINISHED):
            with suppress(WrongUseError):
                yield read_backup(path.parent)


def read_backup(folder: Path) -> Backup:
    """Return what a backup says of itself.

    Raises:
        WrongUseError: It is none, or was made by a newer Plein.
    """
    try:
        told = json.loads((folder / PAPER).read_text(encoding="utf-8"))
        made = Backup(
            **{
                **{key: told[key] for key in ("kind", "database", "digest", "uploads", "size")},
                "folder": folder,
                "made_at": datetime.fromisoformat(told["made_at"]),
            }
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder} is no backup: a whole one holds a {PAPER} that can be read."
        raise WrongUseError(message) from error
    if told.get("format") != FORMAT:
        message = f"{folder} was made by another version of Plein: put it back with that one."
        raise WrongUseError(message)
    return made


def assert_whole(backup: Backup) -> None:
    """See that it is what was written.

    Raises:
        PleinError: The database's file is another one, or uploads are missing.
    """
    try:
        digest = _digest(backup.database_file)
    except OSError:
        digest = ""
    if digest != backup.digest:
        message = f"The database in {backup.folder} is damaged. Take another backup."
        raise PleinError(message)
    uploads = sum(1 for _path in _files(backup.media))
    if uploads != backup.uploads:
        message = (
            f"{backup.folder} should hold {backup.uploads} uploads and holds {uploads}."
            " Take another backup."
        )
        raise PleinError(message)


def _write_paper(made: Backup, draft: Path) -> None:
    told = {key: value for key, value in asdict(made).items() if key != "folder"}
    told |= {"format": FORMAT, "made_at": made.made_at.isoformat()}
    (draft / PAPER).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _copy_uploads(source: Path, target: Path, *, before: Backup | None) -> int:
    """Copy the uploads, or link to those that an earlier backup has; return how many."""
    target.mkdir(mode=0o700)
    count = 0
    for path in _files(source):
        name = path.relative_to(source)
        copy = target / name
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            known = before.media / name if before else None
            if known is None or not _is_linked(path, known, copy):
                shutil.copy2(path, copy)
        except FileNotFoundError:
            continue  # removed since the folder was read
        count += 1
    return count


def _is_linked(path: Path, known: Path, copy: Path) -> bool:
    """Link to an earlier copy of the same file; say whether that was possible."""
    try:
        now, then = path.stat(), known.stat()
        if (now.st_size, now.st_mtime_ns) != (then.st_size, then.st_mtime_ns):
            return False
        copy.hardlink_to(known)
    except OSError:
        copy.unlink(missing_ok=True)
        return False
    return True


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()


def _forget_old(folder: Path, keep: int) -> None:
    for old in list(backups_in(folder))[max(1, keep) :]:
        shutil.rmtree(old.folder)
    for left in folder.glob(f"{_PREFIX}*{UNFINISHED}"):
        shutil.rmtree(left, ignore_errors=True)
