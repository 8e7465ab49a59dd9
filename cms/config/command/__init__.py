"""The `plein` command: everything an administrator does to an installation."""

import importlib
import os
import sys
from collections.abc import Sequence

from cms.config.command.parser import build_parser
from cms.config.home import current_home
from cms.config.refusal import Refusal


def main(argv: Sequence[str] | None = None) -> int:
    """Run one `plein` command and return its exit code."""
    arguments = build_parser().parse_args(argv)
    kind = "production" if current_home().is_installed else "development"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"cms.config.settings.{kind}")
    try:
        return int(importlib.import_module(arguments.module).run(arguments))
    except Refusal as refusal:
        print(f"plein: {refusal}", file=sys.stderr)
        return refusal.exit_code
    except KeyboardInterrupt:
        return 130
