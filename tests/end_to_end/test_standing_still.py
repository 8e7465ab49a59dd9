"""What somebody reads stays where it is while the rest of the page comes in."""

from typing import Any

import pytest

from tests.end_to_end.auditing import weights
from tests.end_to_end.auditing.addresses import ADDRESSES
from tests.end_to_end.conftest import DESKTOP, PHONE, OpenPage

A_PHONE: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "device_scale_factor": 2}
A_DESKTOP: dict[str, Any] = {"viewport": DESKTOP}
SHOWN = (
    "home",
    "rubrics",
    "interview",
    "announcement",
    "lapsed announcement",
    "community action",
    "event",
    "events of a month",
    "people",
    "person",
    "search with an answer",
)
"""One of each way in which a page is laid out; `make audit` looks at all."""


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("device", [A_PHONE, A_DESKTOP], ids=["phone", "desktop"])
def test_nothing_moves_on_a_slow_line(
    open_page: OpenPage, device: dict[str, Any], name: str
) -> None:
    reader = open_page("employee", "/login/", service_workers="block", **device).context

    first = weights.weigh(reader, name, ADDRESSES[name], is_slow=True)
    again = weights.weigh(reader, name, ADDRESSES[name], is_slow=True)

    assert max(first.shift, again.shift) <= weights.MOST_SHIFT
