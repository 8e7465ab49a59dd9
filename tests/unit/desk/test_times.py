"""Moments as the newsroom writes them, in each language's own spelling."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from cms.desk.times import short_day, short_moment

MOMENT = datetime(2021, 3, 28, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "day"),
    [
        ("nl", "zo 28 mrt 2021 09:05", "28 mrt 2021"),
        ("en", "Sun 28 Mar 2021 09:05", "28 Mar 2021"),
    ],
)
def test_days_and_months_have_the_capitals_of_their_language(
    language: str, moment: str, day: str
) -> None:
    with override(language):
        assert (short_moment(MOMENT), short_day(MOMENT)) == (moment, day)
