"""`plein demo`: the demo organisation in an empty home, without starting anything."""

import argparse

from cms.config.errors import WrongUseError
from cms.config.first_content import load_demo_once
from cms.config.home import current_home
from cms.config.home_lock import ensure_writable, only_one
from cms.config.preparation import prepare


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Make this home a demo."""
    home = current_home()
    if home.is_installed:
        message = f"{home.root} holds a real hub; the demo belongs in a home of its own."
        raise WrongUseError(message)
    ensure_writable(home)
    with only_one(home):
        prepare(home)
        load_demo_once(home)
    return 0
