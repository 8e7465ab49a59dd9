"""`plein found`: the half of `plein init` that needs the database; reads its wishes as JSON."""

import argparse
import json
import sys

from cms.config.first_content import Founding, found_hub


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Make the hub that standard input describes."""
    for slip in found_hub(Founding(**json.load(sys.stdin))):
        print(
            f"{slip.name_to_type} signs in the first time at /login/activate/"
            f" with the code {slip.code} (good until {slip.expires_at:%Y-%m-%d}).",
            flush=True,
        )
    return 0
