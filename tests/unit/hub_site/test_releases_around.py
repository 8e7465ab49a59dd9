"""A release of pages that are others around their own part, of which nobody looks at that part."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub_site.releases import ReleaseFaultsError, Releases
from hub_site.releases.verify import faults_in_all
from tests.unit.hub_site.drafts import draft

NAMES = "bcde"
LEADS = st.lists(st.sampled_from(NAMES), max_size=2)


def links(names: Sequence[str]) -> str:
    return "".join(f'<a href="/{name}/">x</a>' for name in names)


class Hub:
    """Pages around which the same stands, on top of a release that has them already."""

    def __init__(self, folder: Path) -> None:
        self.releases = Releases(folder, keep=3)
        self.own: dict[str, str] = {}

    def publish(self, around: str, own: Mapping[str, str | None]) -> None:
        """Put this around every page, and change the own parts of some; None removes a page."""
        live = self.releases.live_files()
        after = {path: text for path, text in {**self.own, **own}.items() if text is not None}
        changes: dict[str, str | None] = {path: None for path, text in own.items() if text is None}
        for path, text in after.items():
            body = f"<head></head><body>{around}{text}<footer>{around}</footer></body>".encode()
            is_known = path in live and self.own.get(path) == text
            put = self.releases.put_page(path, body, own=text.encode() if is_known else b"")
            changes[path] = self.releases.take(path, put, live=live.get(path, ""))
        self.releases.activate(draft(changes, is_whole=False))
        self.own = after


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_pages_are_refused_just_when_looking_at_all_of_them_would(data: st.DataObject) -> None:
    paths = [f"{name}/index.html" for name in NAMES]
    texts = LEADS.map(lambda names: f"<main>{links(names)}</main>")
    with TemporaryDirectory() as folder:
        hub = Hub(Path(folder))
        first = dict.fromkeys(["index.html", "404.html", *paths], "<main></main>")
        hub.publish("", first)
        for _ in range(data.draw(st.integers(2, 6))):
            around = data.draw(LEADS)
            own: dict[str, str | None] = {
                **data.draw(st.dictionaries(st.sampled_from(paths), texts, max_size=2)),
                **dict.fromkeys(data.draw(st.sets(st.sampled_from(paths), max_size=1))),
            }
            after = {path: text for path, text in {**hub.own, **own}.items() if text is not None}
            named = {
                name for name in NAMES if f"/{name}/" in "".join([links(around), *after.values()])
            }
            is_whole = {f"{name}/index.html" for name in named} <= after.keys()
            try:
                hub.publish(links(around), own)
            except ReleaseFaultsError:
                assert not is_whole
            else:
                assert is_whole
                assert faults_in_all(hub.releases.live_files(), hub.releases.blobs) == []


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    hub = Hub(tmp_path)
    own = {"index.html": "home", "404.html": "none", "b/index.html": links("c"), "c/index.html": ""}
    hub.publish("", {path: f"<main>{text}</main>" for path, text in own.items()})
    return hub


@pytest.mark.parametrize("around", ["<p>two", "<p>three"])
def test_what_only_an_own_part_names_is_not_forgotten(hub: Hub, around: str) -> None:
    hub.publish("<p>one", {})
    hub.publish("<p>two", {})

    with pytest.raises(ReleaseFaultsError) as refused:
        hub.publish(around, {"c/index.html": None})

    assert [fault.path for fault in refused.value.faults] == ["b/index.html"]


def test_what_was_around_every_page_is_missed_where_an_own_part_names_it(hub: Hub) -> None:
    hub.publish(links("c"), {})
    hub.publish(links("c"), {"b/index.html": f"<main>b, {links('c')}</main>"})

    with pytest.raises(ReleaseFaultsError) as refused:
        hub.publish("", {"c/index.html": None})

    assert [fault.path for fault in refused.value.faults] == ["b/index.html"]


def test_an_own_part_of_a_page_that_was_live_once_is_looked_at(hub: Hub) -> None:
    page = "b/index.html"
    once, own = hub.releases.live_files()[page], hub.own[page].encode()
    hub.publish("", {page: "<main></main>", "c/index.html": None})
    put = hub.releases.put_page(page, b"<body><p>" + own, own=own)
    blob = hub.releases.take(page, put, live=once)

    with pytest.raises(ReleaseFaultsError, match="leads nowhere"):
        hub.releases.activate(draft({page: blob}, is_whole=False))
