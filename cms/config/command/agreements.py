"""`plein agreements`: all that the register holds about one person, for herself."""

import argparse
import json
import sys

from django.db.models import Q

from cms.accounts.models import Person
from cms.agreement.export import COLUMNS, records_of, row_of
from cms.config.errors import WrongUseError
from cms.core.spreadsheets import lines


def run(arguments: argparse.Namespace) -> int:
    """Write one person's part on standard output, what she refused included."""
    named = Person.objects.filter(Q(slug=arguments.person) | Q(name__iexact=arguments.person))
    if named.count() != 1:
        found = named.count() or "No"
        message = (
            f"{found} people are called {arguments.person!r}. Give the name as it is at People in"
            " the newsroom, or the last part of the address of her page on the hub."
        )
        raise WrongUseError(message)
    records = records_of(named.get())
    if arguments.csv:
        sys.stdout.writelines(lines(COLUMNS, (row_of(record) for record in records)))
    else:
        print(json.dumps(list(records), ensure_ascii=False, indent=2))
    return 0
