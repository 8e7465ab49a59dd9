"""Searching ten thousand stories on a phone: what comes over the line, and how long it takes."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from hub_site.search.shards import shard_of
from tests.benchmarks.figures import beside, told
from tests.benchmarks.press_home import press_settings
from tests.benchmarks.searching import (
    LAST_DAY,
    Served,
    entries,
    sample_site,
    search_files,
    serving,
    vocabulary,
)
from tests.end_to_end.conftest import PHONE, chromium
from tests.unit.hub_site import samples

STORIES = 10_000
MOST_KB, MOST_MS = 300.0, 200.0
SLOWDOWN = 4
"""A phone of some years ago beside the machine that measures."""
EXCERPTS_MS, READ_AHEAD_MS = 1500, 6_000
"""Until five pages gave their excerpts, and until what was not needed yet is there as well."""
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
ANSWERED = """([question, least]) => new Promise((done) => {
  const list = document.querySelector('[data-hub="search-found"]');
  const begun = performance.now();
  new MutationObserver((_, watching) => {
    if (list.children.length < least) return;
    watching.disconnect();
    requestAnimationFrame(() => done(performance.now() - begun));
  }).observe(list, { childList: true });
  const field = document.getElementById('question');
  field.value = question;
  field.dispatchEvent(new Event('input', { bubbles: true }));
})"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Served, list[str]]]:
    """The sample hub, with as many stories to search as a hub of ten years has."""
    chance = random.Random(1)  # noqa: S311 - chance that repeats
    words = vocabulary(chance)
    settings = press_settings(tmp_path, "", tmp_path / "token")
    files = sample_site(settings)
    story = files[f"{samples.full_story()['path']}index.html"]
    files |= search_files(entries(STORIES, words, chance))
    with serving(files, story) as hub:
        yield hub, words


@pytest.fixture
def phone(served: tuple[Served, list[str]]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(base_url=served[0].address, viewport=PHONE).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        yield page
        browser.close()


def misspelt(word: str) -> str:
    """With two letters that changed places."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def test_searching_is_light_and_quick(served: tuple[Served, list[str]], phone: Page) -> None:
    hub, words = served
    phone.goto("/zoeken/")
    phone.wait_for_load_state("networkidle")
    page_alone = sum(
        size for path, size in hub.sent.items() if "search" not in path and path != "a/index.html"
    )

    first = answered(phone, f"{words[600]} {words[900]}", 1)
    phone.wait_for_timeout(EXCERPTS_MS)
    of_search = sum(hub.sent.values()) - page_alone
    phone.wait_for_timeout(READ_AHEAD_MS)
    long = [word for word in words[300:3000] if len(word) > 7]
    questions = [
        *(f"{one} {other}" for one, other in zip(long[:8], long[20:28], strict=True)),
        *(misspelt(word) for word in long[40:48]),
        *(f"{one}{other}" for one, other in zip(long[60:64], long[70:74], strict=True)),
    ]
    fetched = [answered(phone, question, 1) for question in questions]
    times = [answered(phone, question, 1) for question in questions]

    beside("search_first_kb", of_search / 1024, "KB", peer=MOST_KB)
    told("search_first_answer_ms", first, "ms")
    beside("search_next_p50_ms", median(times), "ms", peer=MOST_MS)
    told("search_next_most_ms", max(times), "ms")
    told("search_next_fetched_p50_ms", median(fetched), "ms")
    assert not [path for path in hub.asked if words[600] in path], "a question left the browser"


def answered(phone: Page, question: str, least: int) -> float:
    phone.evaluate(
        "document.querySelector('[data-hub=\"search-found\"]').replaceChildren()",
    )
    took: Any = phone.evaluate(ANSWERED, [question, least])
    return float(took)


def test_a_shard_is_written_in_milliseconds() -> None:
    chance = random.Random(2)  # noqa: S311 - chance that repeats
    found = list(entries(500, vocabulary(chance), chance))
    for count in (80, 500):
        begun = time.process_time()
        shard = shard_of(found[:count])
        told(f"search_shard_{count}_cpu_ms", (time.process_time() - begun) * 1000, "ms CPU")
        told(f"search_shard_{count}_files", len(shard.files), "files")
    assert found[0].day == LAST_DAY.isoformat()
