import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cms.publishing.receipts import record_release
from cms.publishing.models import Release
from tests import factories
from tests.factories import stages
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def report(**more: Any) -> dict[str, Any]:
    return {
        "number": 412,
        "epoch": "e1",
        "cursor": "c9",
        "started_at": NINE,
        "activated_at": NINE + timedelta(seconds=1),
        "pages": 240,
        "changed": 3,
        **more,
    }


def test_a_report_that_comes_twice_is_kept_once() -> None:
    first = record_release(**report())
    again = record_release(**report(cursor="c10"))

    assert first == again
    assert Release.objects.get().cursor == "c9"


def test_another_epoch_counts_for_itself() -> None:
    record_release(**report())
    record_release(**report(epoch="e2"))

    assert Release.objects.count() == 2


def test_what_is_left_out_is_told_once_by_name() -> None:
    manager = factories.community_manager()
    story = stages.live(title="De brug over de IJssel")
    before = len(mails_to(manager))
    aside = [{"public_id": str(story.public_id), "reason": "onbekend blok"}]

    record_release(**report(set_aside=aside))
    record_release(**report(number=413, set_aside=aside))
    record_release(
        **report(number=414, set_aside=[*aside, {"public_id": str(uuid.uuid4()), "reason": "x"}])
    )

    told = mails_to(manager)[before:]
    assert len(told) == 2
    assert "De brug over de IJssel: onbekend blok" in told[0].body
    assert "De brug over de IJssel" not in told[1].body
