"""`plein restored`: the half of `plein restore` that needs the database; reads JSON."""

import argparse
import json
import sys
from datetime import datetime

from cms.config.home import current_home
from cms.config.press import press_settings
from cms.config.restoring import begin_again
from hub_site.build import open_releases


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Make a database of some time ago fit to be used now, and say what that changed."""
    made_at = datetime.fromisoformat(json.load(sys.stdin)["made_at"])
    settings = press_settings(current_home())
    reports = open_releases(settings).removals() if settings.releases_dir.exists() else []
    since = {each.public_id for each in reports if datetime.fromisoformat(each.at) > made_at}
    again = begin_again(removed_since=since)
    for title in again.taken_off:
        print(f"Taken offline since that backup, and offline now: {title}")
    if again.others:
        print(
            f"{again.others} other things that were removed since (people, pictures, topics) are"
            " back: `plein releases --removals` lists them."
        )
    print(
        "Everybody signs in anew. Accounts closed, yeses taken back and links ended since"
        f" {made_at:%Y-%m-%d %H:%M} UTC are as they were then: look at them in the newsroom."
    )
    return 0
