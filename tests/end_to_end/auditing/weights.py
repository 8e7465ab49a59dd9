"""What a first view costs on a phone: bytes by kind, and when the page stands still."""

from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession

MOST_IN_ALL, MOST_OF_PAGE = 150.0, 60.0
"""KB; of the page: its HTML, style and script, packed, before any picture or font."""
MOST_SHIFT, MOST_LCP = 0.01, 1500.0
TEXT = {"Document": "html", "Stylesheet": "style", "Script": "script"}
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
SEEN = """() => new Promise((done) => {
  let lcp = 0, shift = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) lcp = each.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) shift += each.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([lcp, shift]), 300);
})"""


@dataclass(frozen=True)
class Weight:
    """KB over the line, packed as the gate packs: a little more than brotli makes of it."""

    page: str
    html: float
    style: float
    script: float
    fonts: float
    pictures: float
    other: float
    in_all: float
    lcp_ms: float
    shift: float

    @property
    def of_page(self) -> float:
        return self.html + self.style + self.script

    def row(self) -> dict[str, object]:
        return {
            name: round(v, 3) if isinstance(v, float) else v for name, v in asdict(self).items()
        }


class Line:
    """Counts what comes over the line."""

    def __init__(self, session: CDPSession) -> None:
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        session.on("Network.responseReceived", self._came)
        session.on("Network.loadingFinished", self._ended)
        session.send("Network.enable")

    def _came(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def _ended(self, event: dict[str, Any]) -> None:
        kind = self.kinds.get(event["requestId"], "Other")
        self.bytes[kind] = self.bytes.get(kind, 0.0) + event["encodedDataLength"] / 1024


def weigh(context: BrowserContext, name: str, path: str, *, is_slow: bool) -> Weight:
    """Open a page as somebody does who was never here, and say what that took.

    The context should refuse service workers: what they fetch comes when the page is there.
    """
    page = context.new_page()
    session = context.new_cdp_session(page)
    line = Line(session)
    if is_slow:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(path, wait_until="networkidle")
    lcp, shift = page.evaluate(SEEN)
    page.close()
    named = {TEXT.get(kind, kind): size for kind, size in line.bytes.items()}
    fonts, pictures = named.pop("Font", 0.0), named.pop("Image", 0.0)
    html, style, script = (named.pop(kind, 0.0) for kind in TEXT.values())
    return Weight(
        page=name,
        html=html,
        style=style,
        script=script,
        fonts=fonts,
        pictures=pictures,
        other=sum(named.values()),
        in_all=sum(line.bytes.values()),
        lcp_ms=lcp,
        shift=shift,
    )
