"""What database and disk refuse, as one sentence that says what to look at."""

import errno

from django.db import DatabaseError

from cms.config.database import DatabaseUnreachableError
from cms.config.errors import HomeUnusableError, PleinError
from cms.config.home import Home
from cms.core.disk import is_full

NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}


def told(error: Exception, home: Home) -> PleinError | None:
    """Return what an administrator can mend, or None where that is not for her to say."""
    if isinstance(error, DatabaseError):
        said = " ".join(str(error).split())
        return DatabaseUnreachableError(
            f"The database does not do what was asked: {said}. Is it running, is there room on its"
            " disk, and may this account write to it? After an update of Plein, `plein prepare`"
            " brings it up to date."
        )
    if not isinstance(error, OSError):
        return None
    if error.errno in NO_RIGHT:
        return HomeUnusableError(
            f"{error.filename}: {error.strerror}. Run this as the account that owns {home.root}."
        )
    if is_full(error):
        return HomeUnusableError(
            f"There is no room left on the disk of {error.filename or home.root}. Make some, and"
            " try again."
        )
    return None
