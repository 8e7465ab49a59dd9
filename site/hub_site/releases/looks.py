"""The theme that each release was printed with, kept with it: the hub can look as it did."""

import hashlib
import json
import shutil
from pathlib import Path

from hub_site.errors import PressError
from hub_site.releases.blobs import BlobStore
from hub_site.releases.manifest import Manifest

THEME, CONFIG = "theme", "mkdocs.yml"


class Looks:
    """Folders of templates under the hash of all that is in them."""

    def __init__(self, manifest: Manifest, blobs: BlobStore) -> None:
        self._manifest = manifest
        self._blobs = blobs

    def keep(self, theme: Path, config: Path) -> str:
        """Keep the theme in this folder and its configuration; give the hash of both."""
        files = {path: self._blobs.put(body) for path, body in _read(theme, config).items()}
        look = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
        self._blobs.sync(files.values())
        if self._is_kept(look):  # also where nothing can be written
            return look
        with self._manifest.writing() as database:
            database.executemany(
                "INSERT OR IGNORE INTO look_file (look, path, blob) VALUES (?, ?, ?)",
                [(look, path, blob) for path, blob in files.items()],
            )
        return look

    def _is_kept(self, look: str) -> bool:
        with self._manifest.reading() as database:
            row = database.execute("SELECT 1 FROM look_file WHERE look = ?", (look,)).fetchone()
        return row is not None

    def write(self, look: str, folder: Path) -> None:
        """Make the folder hold this look, as it was.

        Raises:
            PressError: It is not kept, or can't be written.
        """
        with self._manifest.reading() as database:
            rows = database.execute(
                "SELECT path, blob FROM look_file WHERE look = ?", (look,)
            ).fetchall()
        if not rows:
            raise PressError(
                "The look that this release was printed with is not kept any more: end the"
                " rollback with `plein rollback --lift`."
            )
        try:
            shutil.rmtree(folder, ignore_errors=True)
            for path, blob in rows:
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(self._blobs.read(blob))
        except OSError as error:
            raise PressError(f"The press can't write in {folder}: {error}.") from error


def _read(theme: Path, config: Path) -> dict[str, bytes]:
    try:
        files = {
            f"{THEME}/{file.relative_to(theme).as_posix()}": file.read_bytes()
            for file in sorted(theme.rglob("*"))
            if file.is_file() and "__pycache__" not in file.parts
        }
        return {**files, CONFIG: config.read_bytes()}
    except OSError as error:
        raise PressError(f"The press can't read the theme in {theme}: {error}.") from error
