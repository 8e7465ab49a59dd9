"""`plein manage`: Django's own commands, with the settings of this installation."""

import argparse

from django.core.management import execute_from_command_line


def run(arguments: argparse.Namespace) -> int:
    """Hand the words over to Django."""
    execute_from_command_line(["plein manage", *arguments.words])
    return 0
