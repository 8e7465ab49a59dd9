"""One publication by a warm press: what it prints, checked and durable, on hubs of two sizes."""

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import pytest

from cms.config.demo.seed import HOURS_BETWEEN_STORIES
from tests.benchmarks.conftest import Newsroom
from tests.benchmarks.figures import beside, percentile, told
from tests.benchmarks.press_home import PressHome
from tests.benchmarks.sizes import MORE_STORIES, STORIES, in_thousands

MOST_P50_MS, MOST_P95_MS, MOST_TIMES, MOST_MIB = 50.0, 120.0, 1.5, 300.0
PUBLICATIONS = 63  # of which the first three only warm up
BETWEEN_STORIES = timedelta(hours=HOURS_BETWEEN_STORIES)

type Document = Mapping[str, Any]


def again(story: Document, number: int, **keys: object) -> Document:
    """The same story as another one, at an address of its own."""
    public_id = UUID(int=UUID(story["id"]).int ^ (number << 16))
    path = f"{story['path'].rstrip('/')}-{number}/"
    return {**story, "id": str(public_id), "path": path, **keys}


def stories_of(newsroom: Newsroom) -> list[Document]:
    documents = [entry.document for entry in newsroom.entries if entry.document]
    return [each for each in documents if "verhaal-" in str(each["path"])]


def published(hub: PressHome, stories: Sequence[Document]) -> dict[str, Any]:
    news = [again(stories[-number - 1], 10**6 + number) for number in range(PUBLICATIONS)]
    said, _ = hub.ordered("publish", news=news)
    return dict(said)


def milliseconds(said: Mapping[str, Any], clock: str, percent: float) -> float:
    return percentile([each[clock] * 1000 for each in said["spent"]], percent)


def test_a_publication_takes_milliseconds(newsroom: Newsroom, workplace: Path) -> None:
    hub = PressHome.copied(newsroom.installation.home / "press", workplace / "press")

    said = published(hub, stories_of(newsroom))

    beside("publish_p50_ms", milliseconds(said, "wall", 50), "ms", peer=MOST_P50_MS)
    beside("publish_p95_ms", milliseconds(said, "wall", 95), "ms", peer=MOST_P95_MS)
    told("publish_p50_cpu_ms", milliseconds(said, "cpu", 50), "ms CPU")
    told("publish_p95_cpu_ms", milliseconds(said, "cpu", 95), "ms CPU")
    told("publish_changed_files", median(each["changed"] for each in said["spent"]), "files")
    told("pages", said["pages"], "pages")
    beside("publish_peak_mib", said["peak"], "MiB", peer=MOST_MIB)


@pytest.mark.skipif(not MORE_STORIES, reason="PLEIN_BENCH_MORE_STORIES names no larger hub")
def test_a_larger_hub_makes_it_little_slower(newsroom: Newsroom, workplace: Path) -> None:
    stories = stories_of(newsroom)
    hub = PressHome.copied(newsroom.installation.home / "press", workplace / "press")
    larger = larger_hub(newsroom, workplace / "larger")

    small, large = published(hub, stories), published(larger, stories)

    name = f"publish_{in_thousands(MORE_STORIES)}"
    times = milliseconds(large, "wall", 50) / milliseconds(small, "wall", 50)
    beside(f"{name}_ratio", times, f"times a hub of {STORIES}", peer=MOST_TIMES)
    told(f"{name}_p50_ms", milliseconds(large, "wall", 50), "ms")
    told(f"{name}_p95_ms", milliseconds(large, "wall", 95), "ms")
    times = milliseconds(large, "cpu", 50) / milliseconds(small, "cpu", 50)
    beside(f"{name}_cpu_ratio", times, f"times a hub of {STORIES}", peer=MOST_TIMES)
    told(f"{name}_peak_mib", large["peak"], "MiB")


def larger_hub(newsroom: Newsroom, folder: Path) -> PressHome:
    """Print a hub in which every story was told again, as long before as `plein seed` would."""
    stories = stories_of(newsroom)
    oldest = min(datetime.fromisoformat(each["published_at"]) for each in stories)
    older = (
        again(
            stories[number % len(stories)],
            number,
            published_at=_text(oldest - number * BETWEEN_STORIES),
        )
        for number in range(1, MORE_STORIES - len(stories) + 1)
    )
    documents = [*(entry.document for entry in newsroom.entries if entry.document), *older]
    hub = PressHome(folder)
    # Pictures are fetched once for ever; here nobody answers who has them.
    shutil.copytree(newsroom.installation.home / "press" / "media", folder / "media")
    file = folder / "documents-to-print.json"
    file.write_text(json.dumps(documents), encoding="utf-8")
    said, spent = hub.ordered("fill", documents=str(file))
    file.unlink()
    told(f"build_{in_thousands(MORE_STORIES)}_wall_s", spent.wall, "s")
    told(f"build_{in_thousands(MORE_STORIES)}_cpu_s", spent.cpu, "s CPU")
    assert said["pages"] > MORE_STORIES
    return hub


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
