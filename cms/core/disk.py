"""A disk without room: it is made by somebody else, sooner or later, and then work goes on."""

import errno

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def is_full(error: OSError) -> bool:
    """Say whether this was refused for want of room alone."""
    return error.errno in NO_ROOM
