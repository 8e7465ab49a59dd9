"""Pages that need no second printing: a page is nothing but its source and the configuration."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from hub_site.releases import BlobStore
from hub_site.stage import StagedPage, StagedTree


@dataclass
class FinishedPages:
    """Remembers, for as long as the theme stays warm, which source came out as which bytes."""

    _config: str = ""
    _blobs: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def still_good(self, tree: StagedTree, blobs: BlobStore) -> dict[str, str]:
        """The hash of each page whose source is what it was."""
        if tree.config != self._config:
            return {}
        good: dict[str, str] = {}
        for page in tree.pages:
            source, digest = self._blobs.get(page.uri, (b"", ""))
            if digest and source == _source(page) and blobs.has(digest):
                good[page.output] = digest
        return good

    def remember(self, tree: StagedTree, files: Mapping[str, str]) -> None:
        self._config = tree.config
        # Links in Markdown are resolved against the other pages: those are printed each time.
        self._blobs = {
            page.uri: (_source(page), files[page.output])
            for page in tree.pages
            if not page.body and page.output in files
        }


def _source(page: StagedPage) -> bytes:
    return hashlib.sha256(page.text.encode()).digest()
