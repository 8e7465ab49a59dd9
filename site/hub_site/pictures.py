"""Pictures and films that pages use: fetched once by their hash, checked, kept in the home."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hub_site.client import Newsroom
from hub_site.errors import NewsroomUnreachableError, PressError

_AT_ONCE = 4


class PictureStore:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def fetch(
        self, newsroom: Newsroom, wanted: Iterable[str], *, report: Callable[[str], None]
    ) -> Mapping[str, str]:
        """Get what is not here yet; say for each picture that did not come why not."""
        missing = sorted({digest for digest in wanted if not self.file(digest).is_file()})
        if not missing:
            return {}
        report(f"Fetching {len(missing)} pictures")
        failures: dict[str, str] = {}
        with ThreadPoolExecutor(_AT_ONCE) as workers:
            fetches = [
                (digest, workers.submit(self._fetch_one, newsroom, digest)) for digest in missing
            ]
            for digest, fetch in fetches:
                reason = fetch.result()
                if reason is not None:
                    failures[digest] = reason
        return failures

    def _fetch_one(self, newsroom: Newsroom, digest: str) -> str | None:
        try:
            with newsroom.picture(digest) as pieces:
                if pieces is None:
                    return "The newsroom has no picture with this hash."
                return self._take_in(digest, pieces)
        except NewsroomUnreachableError as error:
            return str(error)

    def _take_in(self, digest: str, pieces: Iterator[bytes]) -> str | None:
        """Keep what comes, a piece at a time: a film is more than there is memory for."""
        file = self.file(digest)
        half_written = file.with_suffix(".part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                if _written(half_written, pieces) != digest:
                    return "The picture's bytes are not those that its hash promises."
                half_written.rename(file)
            finally:
                half_written.unlink(missing_ok=True)
        except OSError as error:
            raise PressError(
                f"The press can't keep pictures in {self._folder}: {error}."
            ) from error
        return None

    def forget(self, digests: Iterable[str]) -> None:
        """Remove pictures that no page shows any more."""
        for digest in digests:
            self.file(digest).unlink(missing_ok=True)

    def forget_all_but(self, wanted: Iterable[str]) -> None:
        """Remove what a build that broke off may have left, too."""
        keep = set(wanted)
        for file in self._folder.glob("??/*"):
            if file.name not in keep:
                file.unlink(missing_ok=True)


def _written(file: Path, pieces: Iterator[bytes]) -> str:
    """Write these and give their hash, once they would survive a power cut."""
    digest = hashlib.sha256()
    with file.open("wb") as target:
        for piece in pieces:
            target.write(piece)
            digest.update(piece)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()
