import uuid

from uuid_utils.compat import uuid7


def new_public_id() -> uuid.UUID:
    """Return a UUID7: unique without a database and sortable by the moment it was made."""
    return uuid7()
