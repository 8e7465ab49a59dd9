"""`plein rubrics`: put the starter rubrics and their questions on the hub, or check their files."""

import argparse
from pathlib import Path

from django.utils import translation

from cms.config.errors import WrongUseError
from cms.config.home import current_home
from cms.config.home_lock import refuse_without_hub
from cms.config.starter_rubrics import load_rubrics, read_rubrics, starter_rubrics
from cms.stories.models import HubPage


def run(arguments: argparse.Namespace) -> int:
    """Load what is missing or renewed; with `--check` only read the files."""
    with translation.override("en"):
        wanted = read_rubrics(Path(arguments.folder)) if arguments.folder else starter_rubrics()
    if not wanted:
        message = f"There is no file ending in .yaml in {arguments.folder}."
        raise WrongUseError(message)
    if arguments.check:
        print(f"{len(wanted)} rubrics can be used.")
        return 0
    refuse_without_hub(current_home())
    hub = HubPage.objects.first()
    if hub is None:
        message = "There is no hub in this home yet. `plein init` makes one."
        raise WrongUseError(message)
    loaded = load_rubrics(hub, wanted)
    for title in loaded.added:
        print(f"Added: {title}")
    for title in loaded.renewed:
        print(f"New version of the questions: {title}")
    for title in loaded.kept:
        print(f"Kept as the newsroom made it: {title}")
    if not (loaded.added or loaded.renewed):
        print("Nothing to add.")
    return 0
