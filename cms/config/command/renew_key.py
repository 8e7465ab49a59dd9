"""`plein renew-key`: after a leak, or once a year."""

import argparse

from cms.config import keys
from cms.config.errors import WrongUseError
from cms.config.home import current_home
from cms.config.home_lock import ensure_writable, only_one


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Renew the key while nothing runs that holds the old one in memory."""
    home = current_home()
    ensure_writable(home)
    with only_one(home):
        if not keys.read_keys(home.secret_key):
            message = f"There is no key in {home.keys} yet; `plein init` makes the first."
            raise WrongUseError(message)
        keys.renew_key(home.secret_key)
    print(
        "A new key is in use from the next start, which seals second factors anew. The key until\n"
        f"now stands on the second line of {home.secret_key}: sessions and letters made with it\n"
        "stay good. Take that line away when somebody may have it: then everybody signs in again,\n"
        "and letters with a code have to be made anew."
    )
    return 0
