from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub_api.schema import schema

COMMITTED = Path(__file__).resolve().parents[3] / "schema.graphql"


class Command(BaseCommand):
    """Prints the schema to the file that is reviewed, or tells that the two differ."""

    help = "Write graphql/schema.graphql; with --check only compare it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when it is out of date")

    def handle(self, *_args: Any, **options: Any) -> None:
        printed = schema.as_str().rstrip() + "\n"
        if not options["check"]:
            COMMITTED.write_text(printed, encoding="utf-8")
        elif not COMMITTED.exists() or COMMITTED.read_text(encoding="utf-8") != printed:
            message = "graphql/schema.graphql is out of date; run `plein manage schema`."
            raise CommandError(message)
