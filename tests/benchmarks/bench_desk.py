"""Today, the desk and the lists at the wanted size: as many questions to the database as small."""

from tests.benchmarks.conftest import Newsroom
from tests.benchmarks.figures import beside, told

MOST_SECONDS = 5.0
"""Within which a manager knows on Monday at half past eight what is going on."""


def test_the_screens_that_lead_through_the_work(newsroom: Newsroom) -> None:
    measured = newsroom.installation.script("tests.benchmarks.desk_cost")["pages"]

    for name, cost in measured.items():
        told(f"screen_{name}_queries", cost["queries"], "queries")
        told(f"screen_{name}_cpu_ms", cost["cpu_ms"], "ms CPU")
    beside("screen_today_s", measured["today"]["wall_ms"] / 1000, "s", peer=MOST_SECONDS)
