"""Every audience has its own tree: everyone's at the root, a gated one's under `a/<audience>/`."""

import re

EVERYONE = "everyone"
MENTIONED = "mentioned"
"""Not an audience: of a picture or tag that goes wherever something mentions it."""
YOURS = "a/"
"""Where a reader finds the trees that are hers: answered by the gate, the same for no two."""
YOURS_PAGE = f"{YOURS}index.html"
KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")


def root_of(audience: str) -> str:
    """Where a tree begins, seen from the root of the hub."""
    return "" if audience == EVERYONE else f"{YOURS}{audience}/"


def may_lead_to(page: str, target: str) -> bool:
    """Whether who reads this file may read that one: its own tree, and what is everyone's."""
    return target == YOURS_PAGE or tree_of(target) in {EVERYONE, tree_of(page)}


def tree_of(path: str) -> str:
    """The audience whose tree a file is in, by its path inside a release.

    Decided on the very path that the file is looked up by, so no spelling of an address can name
    a file of one tree and be judged by another.
    """
    if not path.startswith(YOURS):
        return EVERYONE
    return path[len(YOURS) :].partition("/")[0]
