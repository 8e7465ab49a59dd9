"""The audiences that are there before anybody makes one, and where an audience's tree stands."""

EVERYONE = "everyone"
"""The audience of whatever has no audience of its own; its tree is the hub's root."""
MENTIONED = "mentioned"
"""Of what is public through what mentions it, where nothing that does is for everyone."""
RESERVED_KEYS = frozenset({EVERYONE, MENTIONED})


def address_in(audience: str, path: str) -> str:
    """Return where something stands on the hub, from its path within its audience's tree.

    Args:
        audience: its key.
        path: without leading slash, as documents have it.
    """
    return f"/{path}" if audience == EVERYONE else f"/a/{audience}/{path}"
