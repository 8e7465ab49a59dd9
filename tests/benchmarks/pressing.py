"""The press in a process of its own, without newsroom: `python -m tests.benchmarks.pressing FILE`.

The file holds an order as JSON; what was measured is printed as JSON. Nothing of Django is loaded
here, as in the real one.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF
from typing import Any

from hub_site.build import Builder
from hub_site.client import Newsroom
from hub_site.content.feed import FeedEntry, FeedPage
from hub_site.content.store import Position
from tests.benchmarks.press_home import press_settings
from tests.benchmarks.processes import peak_memory

WARM_UP = 3
TURNS_BETWEEN, UPKEEP_SECONDS = 2, 0.05
"""A press looks after its releases in quiet turns: two a second, each for about so long."""
NOWHERE = "http://127.0.0.1:9"

type Json = dict[str, Any]


class Stopwatch:
    """Wall and CPU seconds since it was made, those of forked processes included."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), _cpu_seconds()

    def read(self) -> dict[str, float]:
        return {"wall": time.perf_counter() - self._wall, "cpu": _cpu_seconds() - self._cpu}


def _cpu_seconds() -> float:
    own_and_theirs = (resource.getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in own_and_theirs)


def main(order: Mapping[str, Any]) -> Json:
    """Carry out one order."""
    home = Path(order["home"])
    settings = press_settings(home, NOWHERE, home / "no-token", theme=Path(order["theme"]))
    with Newsroom(settings) as newsroom:
        watch, marks = Stopwatch(), dict[str, Json]()

        def report(sentence: str) -> None:
            marks[sentence.split(maxsplit=1)[0]] = watch.read()  # the last that begins like this

        builder = Builder(settings, newsroom, report=report)
        answer = ACTS[order["act"]](builder, order)
    return {**answer, "marks": {**marks, "End": watch.read()}, "peak": peak_memory("self")}


def render(builder: Builder, _order: Mapping[str, Any]) -> Json:
    """Print what the theme, or anything else, made different."""
    build = builder.build(as_of=datetime.now(UTC))
    return {"pages": build.release.pages, "changed": build.release.changed}


def fill(builder: Builder, order: Mapping[str, Any]) -> Json:
    """Print a hub of these documents from nothing."""
    documents = json.loads(Path(order["documents"]).read_text(encoding="utf-8"))
    builder.documents.apply(
        _page(builder, some, first=number * len(some) + 1)
        for number, some in enumerate(batched(documents, 500))
    )
    return render(builder, order)


def publish(builder: Builder, order: Mapping[str, Any]) -> Json:
    """Put each of these documents live by itself, as if it were approved a moment ago."""
    builder.build(as_of=datetime.now(UTC))
    spent = []
    for number, document in enumerate(order["news"]):
        now = datetime.now(UTC).replace(microsecond=0)
        document["published_at"] = now.isoformat().replace("+00:00", "Z")
        watch = Stopwatch()
        assert builder.documents.apply([_page(builder, [document], first=10**9 + number)])
        build = builder.build(as_of=datetime.now(UTC))
        spent.append({**watch.read(), "changed": build.release.changed})
        assert build.is_new
        for _ in range(TURNS_BETWEEN):
            builder.documents.tend()
            builder.releases.tend(UPKEEP_SECONDS)
    return {"pages": build.release.pages, "spent": spent[WARM_UP:]}


def _page(builder: Builder, documents: Iterable[Json], *, first: int) -> FeedPage:
    position = builder.documents.position() or Position("measured", "measured.1")
    return FeedPage(
        epoch=position.epoch,
        cursor=position.cursor,
        has_more=False,
        is_reset=False,
        entries=tuple(
            FeedEntry(number, str(document["id"]), document)
            for number, document in enumerate(documents, first)
        ),
    )


ACTS: dict[str, Callable[[Builder, Mapping[str, Any]], Json]] = {
    "fill": fill,
    "publish": publish,
    "render": render,
}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
