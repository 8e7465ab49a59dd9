"""`plein seed`: invented stories, to see the hub at any size."""

import argparse

from cms.config.demo.seed import NoHubError, seed
from cms.config.errors import WrongUseError


def run(arguments: argparse.Namespace) -> int:
    """Publish that many stories."""
    if arguments.stories < 1:
        message = f"{arguments.stories} stories can't be made; ask for 1 or more."
        raise WrongUseError(message)
    try:
        seed(arguments.stories)
    except NoHubError as error:
        raise WrongUseError(str(error)) from error
    return 0
