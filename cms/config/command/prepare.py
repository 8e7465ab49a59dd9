"""`plein prepare`: bring database, keys and assets of this home up to date."""

import argparse

from cms.config.fingerprint import remember_prepared
from cms.config.first_content import load_demo_once
from cms.config.home import current_home
from cms.config.home_lock import ensure_writable
from cms.config.preparation import prepare


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Prepare the home; safe to repeat."""
    home = current_home()
    ensure_writable(home)
    with remember_prepared(home):
        prepare(home)
        if home.is_demo:
            load_demo_once(home)
    return 0
