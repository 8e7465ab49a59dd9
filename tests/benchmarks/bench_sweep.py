"""A pass of the sweep over a hub where nothing changed, beside building every document again."""

import pytest
from django.db import transaction

from cms.config.demo.seed import seed
from cms.documents.actions import refresh_all
from cms.documents.sweep import Sweep
from tests import factories
from tests.benchmarks.figures import side_by_side

STORIES, LEAST = 1000, 5


@pytest.mark.django_db
def test_a_pass_over_what_did_not_change_is_cheap() -> None:
    for _number in range(5):
        factories.rubric()
        factories.person(portrait=factories.image(), department=factories.department())
    factories.administrator()
    seed(STORIES, say=lambda _line: None)
    sweep = Sweep()
    sweep.run()

    times = side_by_side(f"sweep_{STORIES}_unchanged_ms", sweep.run, _build_everything)

    assert times >= LEAST


def _build_everything() -> None:
    with transaction.atomic():
        assert not refresh_all()
