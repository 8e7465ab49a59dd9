"""Letters twice as large on a phone: no short word is cut in two for want of room."""

import pytest

from tests.end_to_end.auditing.addresses import ADDRESSES
from tests.end_to_end.conftest import PHONE, OpenPage

TWICE = "document.documentElement.style.fontSize = '200%'"
CUT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    // What is there for a screen reader alone is one pixel wide.
    if (!box.checkVisibility() || box.clientWidth === 1) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      if (word[0].length > 8) continue;
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) found.push(`${word[0]} (${box.closest("[class]").className})`);
    }
  }
  return found;
}"""
SHOWN = ("home", "events", "events of a month", "people", "person", "section", "month", "theme")


@pytest.mark.parametrize("name", SHOWN)
def test_no_short_word_is_cut_in_two(open_page: OpenPage, name: str) -> None:
    window = open_page("employee", ADDRESSES[name], viewport=PHONE)

    window.evaluate(TWICE)
    window.wait_for_timeout(200)

    assert window.evaluate(CUT) == []
