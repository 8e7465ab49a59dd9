"""A phone on slow 4G with a processor slowed down four times, and what a walk on it costs."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

SLOWDOWN, LONGEST = 4, 120_000
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
VISIBLE_WORDS = "document.querySelector('main').innerText.trim().split(/\\s+/).length"


class Walk:
    """Counts what one walk costs: taps, words to read, bytes, and how long one has to wait."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.taps = self.words = 0
        self.waited = self.received = 0.0
        session = window.context.new_cdp_session(window)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        session.on("Network.loadingFinished", self._count)

    @property
    def kilobytes(self) -> float:
        """What came over the line so far, as it was packed."""
        return self.received / 1024

    def tap(self, tapped: Callable[[], object], shown: Callable[[], object]) -> None:
        """Tap something, and wait until what it brings is shown."""
        self.taps += 1
        begun = time.perf_counter()
        tapped()
        self.wait(shown, begun=begun)

    def wait(self, shown: Callable[[], object], *, begun: float | None = None) -> None:
        """Wait until something is shown; `begun` is when the waiting began, if before now."""
        begun = time.perf_counter() if begun is None else begun
        shown()
        self.waited += time.perf_counter() - begun

    def words_here(self) -> int:
        return int(self.window.evaluate(VISIBLE_WORDS))

    def _count(self, event: dict[str, float]) -> None:
        self.received += event["encodedDataLength"]
