"""What an administrator waits for: opening, the first build, a cold press, the whole feed."""

import statistics
import time
from pathlib import Path

from tests.benchmarks.conftest import Newsroom
from tests.benchmarks.figures import beside, told
from tests.benchmarks.processes import Spent, cpu_of_family, family, peak_memory
from tests.benchmarks.sizes import STORIES

COLD_STARTS, EXPORTS = 5, 3
DOCUMENTS = 10_000
MOST_COLD_S, MOST_EXPORT_S, MOST_EXPORT_MIB = 1.2, 3.0, 250.0


def test_the_first_day(newsroom: Newsroom) -> None:
    told("first_start_s", newsroom.first_opened_after, "s")
    told("first_build_wall_s", newsroom.first_build.wall, "s")
    told("first_build_cpu_s", newsroom.first_build.cpu, "s CPU")
    told("first_build_ms_per_story", newsroom.first_build.cpu * 1000 / STORIES, "ms CPU")


def test_a_cold_press_prints_one_story(newsroom: Newsroom) -> None:
    """A program's whole life: start, read the feed, print, switch, tell the newsroom, end."""
    plein = newsroom.installation
    cold: list[Spent] = []
    with plein.serving():
        plein.plein("build")
        for _ in range(COLD_STARTS):
            plein.script("tests.benchmarks.approving")
            cold.append(plein.plein("build"))
            assert "is live" in cold[-1].said

    beside("cold_start_s", statistics.median(each.wall for each in cold), "s", peer=MOST_COLD_S)
    told("cold_start_cpu_s", statistics.median(each.cpu for each in cold), "s CPU")


def test_the_whole_feed(newsroom: Newsroom, workplace: Path) -> None:
    """As the press reads it: 500 documents at a time, over HTTP; its own parsing is in the time."""
    plein = newsroom.installation.copied_to(workplace)
    held = plein.script("tests.benchmarks.growing", str(DOCUMENTS))["documents"]
    walls, spent = [], []
    with plein.serving() as pid:
        for _ in range(EXPORTS):
            before, begun = cpu_of_family(pid) + time.process_time(), time.perf_counter()
            count = sum(len(page.entries) for page in plein.feed())
            walls.append(time.perf_counter() - begun)
            spent.append(cpu_of_family(pid) + time.process_time() - before)
            assert count >= held >= DOCUMENTS
        peak = max(map(peak_memory, family(pid)))

    scale = DOCUMENTS / held
    beside("feed_export_10k_s", statistics.median(walls) * scale, "s", peer=MOST_EXPORT_S)
    told("feed_export_10k_cpu_s", statistics.median(spent) * scale, "s CPU")
    beside("feed_export_10k_peak_mib", peak, "MiB", peer=MOST_EXPORT_MIB)
