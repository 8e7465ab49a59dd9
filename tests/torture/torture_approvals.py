"""A thousand times somebody saves while somebody else approves; on both databases.

How many: `PLEIN_RACES` (1000); another course of events: `PLEIN_SEED` (1).
"""

import os
import sys

import pytest

from tests.integration.publishing.races import Races

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def test_a_thousand_races_publish_nothing_but_what_was_approved() -> None:
    number = int(os.environ.get("PLEIN_RACES", "1000"))

    counted = Races(seed=int(os.environ.get("PLEIN_SEED", "1"))).run(number)

    sys.stdout.write(f"{number} races: {counted.approved} approved, {counted.refused} refused\n")
    assert counted.wrong == []
    assert counted.approved + counted.refused == number
    assert min(counted.approved, counted.refused) > 0, "one side always wins: this is no race"
