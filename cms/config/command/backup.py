"""`plein backup`: a whole copy of this hub, made while it runs."""

import argparse
from pathlib import Path

from django.utils import timezone

from cms.config.backup import make_backup
from cms.config.dumps import dumps
from cms.config.errors import WrongUseError
from cms.config.home import current_home

MEGABYTE = 1_000_000


def run(arguments: argparse.Namespace) -> int:
    """Make one, and say what is not in it."""
    if arguments.keep is not None and arguments.keep < 1:
        message = "--keep says how many backups stay, this one included: 1 or more."
        raise WrongUseError(message)
    home = current_home()
    made = make_backup(home, Path(arguments.folder), dumps=dumps(), keep=arguments.keep)
    print(
        f"{made.folder} holds this hub as it was at {timezone.localtime(made.made_at):%H:%M:%S}:"
        f" {made.uploads} uploads, {made.size / MEGABYTE:.1f} MB.\n"
        f"The keys in {home.keys} are not in it: keep a copy of those elsewhere."
    )
    return 0
