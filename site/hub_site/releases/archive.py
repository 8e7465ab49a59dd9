"""Releases on disk: bytes under their hash, a manifest of what is where, one of them live."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path

from hub_site.errors import PressError
from hub_site.releases.blobs import BlobStore
from hub_site.releases.disk import Disk
from hub_site.releases.inspection import Inspection, inspect
from hub_site.releases.looking import Looker, Seen
from hub_site.releases.looks import Looks
from hub_site.releases.manifest import Manifest, delta_of, switch
from hub_site.releases.records import Draft, Release
from hub_site.releases.removals import Removal, Remover, Withdrawn, removals_in
from hub_site.releases.rollback import Hold, hold_in, roll_back
from hub_site.releases.upkeep import GRACE, KEEP_FOR, Upkeep
from hub_site.releases.verify import ChangeVerifier, Fault, Known
from hub_site.trees import EVERYONE, YOURS_PAGE, tree_of


def _to_nobody(_sentence: str) -> None:
    pass


class ReleaseFaultsError(PressError):
    """The release would show readers something broken, so it does not go live."""

    def __init__(self, faults: list[Fault]) -> None:
        named = "; ".join(f"'/{fault.path}': {fault.reason}" for fault in faults[:5])
        more = f" (and {len(faults) - 5} more)" if faults[5:] else ""
        super().__init__(f"The release is not complete, so it does not go live. {named}{more}.")
        self.faults = faults


type Put = tuple[str, Seen | None]
"""The hash of a page that is kept, and where it leads around its own part."""


class Releases:
    """Where the press puts releases and the gate finds the live one."""

    def __init__(
        self,
        folder: Path,
        *,
        keep: int,
        keep_for: timedelta = KEEP_FOR,
        grace: timedelta = GRACE,
        disk: Disk | None = None,
    ) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PressError(f"The press can't write in {folder}: {error}.") from error
        self.blobs = BlobStore(folder / "blobs", disk=disk)
        self.manifest = Manifest(folder / "manifest.sqlite3", disk=disk)
        self._looker = Looker(self.blobs.read)
        self._known = Known()
        self.looks = Looks(self.manifest, self.blobs)
        self._remover = Remover(self.manifest, self.blobs)
        self._upkeep = Upkeep(self.manifest, self.blobs, keep=keep, keep_for=keep_for, grace=grace)

    def put_page(self, path: str, body: bytes, *, own: bytes = b"") -> Put:
        """Keep a page that is printed for this path, and look around what is not new in it.

        Args:
            path: Where it is to be.
            body: All of it.
            own: The part of it, in one piece, that it has from the page that is live there.

        Returns:
            Its hash, and what the process that activates is to be told by `take`.
        """
        return self.blobs.put(body), self._looker.see_around(path, body, own) if own else None

    def take(self, path: str, kept: Put, *, live: str = "") -> str:
        """Take in what `put_page` gave, here or in another process; give the hash.

        `live` is the hash of the page that it has its own part from.
        """
        blob, seen = kept
        if seen is not None:
            self._looker.remember(path, blob, seen, own_of=live)
        return blob

    def activate(self, draft: Draft, *, tell: Callable[[str], None] = _to_nobody) -> Release:
        """Make durable, check, switch: a crash before the last step leaves the old release.

        `tell` hears how far the check of a whole hub is: it may take a minute.

        Raises:
            ReleaseFaultsError: It would show readers something broken.
            SupersededError: It was made on top of a release that is not live any more.
        """
        self.blobs.sync(blob for blob in draft.changes.values() if blob is not None)
        self._looker.look_ahead(draft.changes, tell)
        with self.manifest.writing() as database:
            delta = delta_of(database, draft)
            self._known.begin(database, delta.before)
            verifier = ChangeVerifier(database, self.blobs, self._looker, known=self._known)
            faults = verifier.faults(delta)
            if faults:
                raise ReleaseFaultsError(faults)
            release = switch(database, draft, delta=delta, now=datetime.now(UTC))
        self._known.go_on(database, release.number, delta.removed)
        self._looker.forget()
        return release

    def roll_back(self, number: int) -> Release:
        """Make a release with the look of an older one and hold that look.

        Raises:
            RollbackRefusedError: There is nothing to go back to.
        """
        with self.manifest.writing() as database:
            return roll_back(database, number, kept=self.blobs, now=datetime.now(UTC))

    def hold(self) -> Hold | None:
        """The rollback that is in force."""
        with self.manifest.reading() as database:
            return hold_in(database)

    def lift_hold(self) -> bool:
        """End the rollback; say whether there was one."""
        with self.manifest.writing() as database:
            return database.execute("DELETE FROM hold").rowcount > 0

    def purge(self, withdrawn: Sequence[Withdrawn], *, seconds: float = inf) -> list[Removal]:
        """Remove these from all releases and from the disk; the live one is without them.

        What is known of them goes first; then, for about so long, all bytes are searched for their
        words. Call it with the same until their reports have come: those that are complete.
        """
        return self._remover.work(withdrawn, seconds)

    def removals(self) -> list[Removal]:
        """The reports of what was purged, the newest first."""
        return removals_in(self.manifest)

    def inspect(self) -> Inspection:
        """Check everything, at the cost of reading everything."""
        return inspect(self.manifest, self.blobs)

    def tend(self, seconds: float) -> bool:
        """Compress, forget and clear away for about so long; say whether there is more to do.

        For when the press is quiet: a release never waits for it.
        """
        return self._upkeep.work(seconds)

    def live_files(self) -> dict[str, str]:
        live = self.manifest.live_files()
        return live[1] if live else {}

    def export(self, folder: Path, *, audiences: Collection[str] = ()) -> int:
        """Write the live release as plain files that any web server can serve.

        Who serves them asks nobody who may read: only everyone's tree is among them, and those of
        the audiences that are named.
        """
        wanted = {EVERYONE, *audiences}
        live = self.live_files()
        unknown = sorted({*audiences} - {tree_of(path) for path in live})
        if unknown:
            raise PressError(f"Nothing on the hub is for the audience '{unknown[0]}'.")
        files = {
            path: digest
            for path, digest in live.items()
            if path == YOURS_PAGE or tree_of(path) in wanted
        }
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
