"""The `plein` command: everything an administrator does to an installation."""

import importlib
import logging.config
import os
import sys
from collections.abc import Sequence

import django

from cms.config.command.parser import build_parser
from cms.config.errors import PleinError
from cms.config.home import current_home
from cms.config.logs import logging_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run one `plein` command and return its exit code."""
    arguments = build_parser().parse_args(argv)
    home = current_home()
    kind = "production" if home.is_installed else "development"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"cms.config.settings.{kind}")
    try:
        logging.config.dictConfig(logging_settings(home))
        if arguments.needs_models:
            django.setup()
        return int(importlib.import_module(arguments.module).run(arguments))
    except PleinError as error:
        print(f"plein: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
