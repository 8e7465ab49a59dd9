"""The `plein` command: everything an administrator does to an installation."""

import argparse
import importlib
import logging.config
import os
import sys
from collections.abc import Sequence

import django

from cms.config.command.parser import build_parser
from cms.config.errors import PleinError
from cms.config.home import Home, current_home
from cms.config.home_lock import refuse_without_hub
from cms.config.logs import logging_settings

logger = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one `plein` command and return its exit code."""
    arguments = build_parser().parse_args(argv)
    home = current_home()
    try:
        return _run(arguments, home)
    except PleinError as error:
        return _refused(error)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # Only here: the press starts sooner without Django's databases, which it never asks.
        refusals = importlib.import_module("cms.config.command.refusals")
        refusal = refusals.told(error, home)
        if refusal is None:
            raise
        logger.debug("What was refused", exc_info=True)
        return _refused(refusal)


def _run(arguments: argparse.Namespace, home: Home) -> int:
    kind = "production" if home.is_installed else "development"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"cms.config.settings.{kind}")
    logging.config.dictConfig(logging_settings(home))
    if arguments.needs_hub:
        refuse_without_hub(home)
    if arguments.needs_models:
        django.setup()
    return int(importlib.import_module(arguments.module).run(arguments))


def _refused(error: PleinError) -> int:
    print(f"plein: {error}", file=sys.stderr)
    return error.exit_code
