"""Edit against approve: what was approved is what is published, each time."""

import pytest

from tests.integration.publishing.races import Races

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

RACES = 4


def test_what_was_approved_is_what_is_published_whoever_is_first() -> None:
    counted = Races(seed=1).run(RACES)

    assert counted.wrong == []
    assert counted.approved + counted.refused == RACES
