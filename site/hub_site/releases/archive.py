"""Releases on disk: bytes under their hash, a manifest of what is where, one of them live."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from hub_site.errors import PressError
from hub_site.releases.blobs import BlobStore
from hub_site.releases.manifest import Draft, Manifest, Release
from hub_site.releases.verify import Fault, Verifier


class ReleaseFaultsError(PressError):
    """The release would show readers something broken, so it does not go live."""

    def __init__(self, faults: list[Fault]) -> None:
        named = "; ".join(f"'/{fault.path}': {fault.reason}" for fault in faults[:5])
        more = f" (and {len(faults) - 5} more)" if faults[5:] else ""
        super().__init__(f"The release is not complete, so it does not go live. {named}{more}.")
        self.faults = faults


class Releases:
    """Where the press puts releases and the gate finds the live one."""

    def __init__(self, folder: Path, *, keep: int) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PressError(f"The press can't write in {folder}: {error}.") from error
        self.blobs = BlobStore(folder / "blobs")
        self.manifest = Manifest(folder / "manifest.sqlite3")
        self._verifier = Verifier()
        self._keep = keep

    def activate(self, draft: Draft) -> Release:
        """Check, make durable, switch: a crash before the last step leaves the old release."""
        self.check(draft.files)
        self.blobs.sync()
        release = self.manifest.activate(draft, now=datetime.now(UTC))
        self.blobs.forget_all_but(self.manifest.prune(self._keep))
        return release

    def check(self, files: Mapping[str, str]) -> None:
        faults = self._verifier.faults(files, self.blobs.read)
        if faults:
            raise ReleaseFaultsError(faults)

    def live_files(self) -> dict[str, str]:
        live = self.manifest.live()
        return self.manifest.files(live.number) if live else {}

    def export(self, folder: Path) -> int:
        """Write the live release as plain files that any web server can serve."""
        files = self.live_files()
        if not files:
            raise PressError("There is no release to export yet: run `plein build` first.")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise PressError(f"{folder} is not an empty folder: name a new one to export to.")
        try:
            for path, digest in files.items():
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(self.blobs.read(digest))
        except OSError as error:
            raise PressError(f"The hub can't be exported to {folder}: {error}.") from error
        return len(files)
