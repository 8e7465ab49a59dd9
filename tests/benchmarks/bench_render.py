"""What a page costs to print, by kind, and a small hub: compression and writing apart."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from hub_site.content.parsing import parse_all
from hub_site.handkept import read_pages
from hub_site.pages import compose
from hub_site.render import Renderer
from hub_site.settings import PressSettings
from hub_site.stage import StagedPage
from tests.benchmarks.figures import beside, side_by_side
from tests.unit.hub_site import samples
from tests.unit.hub_site.whole_tree import StagedTree, print_tree, stage, write_tree

ROOT = Path(__file__).resolve().parents[2]
STORIES = 60
PER_KIND, ROUNDS = 200, 5
# What 10,000 stories come to: their own pages, and the lists, months and people around them.
SHARES = {"story.html": 560, "interview.html": 60, "announcement.html": 60, "month.html": 280}
SHARES |= {"person.html": 25, "tag.html": 15}
MOST_PER_PAGE_MS, LEAST_TIMES_MKDOCS = 0.7, 5


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> StagedTree:
    """A hub whose stories have every block, and half of them a picture."""
    home, pages = tmp_path_factory.mktemp("home"), ROOT / "content" / "pages"
    held = samples.sample_hub(STORIES)
    body = samples.full_story()["body"]
    photo = samples.image_ref(samples.SCENES[0])
    stories = [each for each in held if each["kind"] == "story"]
    for number, story in enumerate(stories):
        story |= {"body": body, "lead_image": photo if number % 2 else None}
    kept = read_pages(pages)
    parsed = parse_all(samples.by_id(held))
    site = compose(parsed.documents, as_of=samples.NOW, kept=kept.pages)
    settings = PressSettings(
        home=home,
        api_url="",
        token_file=home / "token",
        config_file=ROOT / "site" / "mkdocs.yml",
        theme_dir=ROOT / "themes" / "hub",
        pages_dir=pages,
    )
    return stage(site, kept, pictures={}, settings=settings)


@pytest.fixture(scope="module")
def renderer(tree: StagedTree, tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    warm = Renderer(tmp_path_factory.mktemp("warm"))
    list(print_tree(warm, tree))
    return warm


def repeated(pages: Sequence[StagedPage], count: int) -> list[StagedPage]:
    """As many pages, each at an address of its own."""
    found = islice(enumerate(cycle(pages)), count)
    return [replace(page, uri=page.uri.replace("/index", f"-{i}/index")) for i, page in found]


def of_kind(tree: StagedTree, kind: str) -> list[StagedPage]:
    return [page for page in tree.pages if page.meta["template"] == kind and "/" in page.uri]


def least_ms(act: Callable[[], object], pages: int) -> float:
    """CPU milliseconds per page in the quickest round: the others were disturbed."""
    rounds = []
    for _ in range(ROUNDS):
        gc.collect()
        begun = time.process_time()
        act()
        rounds.append((time.process_time() - begun) * 1000 / pages)
    return min(rounds)


def test_what_a_page_of_each_kind_costs(tree: StagedTree, renderer: Renderer) -> None:
    costs: dict[str, float] = {}
    for kind in SHARES:
        pages = repeated(of_kind(tree, kind), PER_KIND)
        act = partial(_printed, renderer, pages, config=tree.config)
        costs[kind] = least_ms(act, PER_KIND)
        beside(f"page_{Path(kind).stem}_ms", costs[kind], "ms CPU", peer=MOST_PER_PAGE_MS)

    mean = sum(costs[kind] * share for kind, share in SHARES.items()) / sum(SHARES.values())
    beside("page_mean_ms", mean, "ms CPU", peer=MOST_PER_PAGE_MS)


def _printed(renderer: Renderer, pages: Sequence[StagedPage], *, config: str) -> int:
    return sum(len(printed.body) for printed in renderer.print_pages(pages, config))


def test_a_tree_is_printed_quicker_than_by_mkdocs(
    tree: StagedTree, renderer: Renderer, tmp_path: Path
) -> None:
    write_tree(tree, tmp_path)
    config = load_config(str(tmp_path / "mkdocs.yml"))

    times = side_by_side(
        "render_vs_mkdocs", lambda: list(print_tree(renderer, tree)), lambda: build(config)
    )

    assert times >= LEAST_TIMES_MKDOCS
