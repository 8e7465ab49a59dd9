"""What each file of a release is made from, the look aside: a rollback compares these."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from hub_site.pages import HubView
from hub_site.releases import OF_THE_LOOK
from hub_site.stage import StagedTree


def sources_of(tree: StagedTree, hub: HubView, paths: Iterable[str]) -> Mapping[str, str]:
    """A hash for each path; the same hash means that only the look can differ."""
    shell = json.dumps(hub, sort_keys=True, ensure_ascii=False)
    pages = {page.output: page.text for page in tree.pages}
    return {path: _source(path, pages.get(path), tree=tree, shell=shell) for path in paths}


def _source(path: str, text: str | None, *, tree: StagedTree, shell: str) -> str:
    if text is not None:
        return _hash(text, shell)
    if path in tree.files:
        return hashlib.sha256(tree.files[path]).hexdigest()
    if path in tree.pictures:
        return tree.pictures[path].name
    return _hash(shell) if path.endswith(".html") else OF_THE_LOOK


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
