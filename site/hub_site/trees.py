"""Every audience has its own tree: everyone's at the root, a gated one's under `a/<audience>/`."""

EVERYONE = "everyone"
_GATED = "a/"


def tree_of(path: str) -> str:
    """The audience whose tree a file is in, by its path inside a release.

    Decided on the very path that the file is looked up by, so no spelling of an address can name
    a file of one tree and be judged by another.
    """
    if not path.startswith(_GATED):
        return EVERYONE
    return path[len(_GATED) :].partition("/")[0]
