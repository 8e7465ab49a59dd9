"""A newsroom on loopback, a press home and a theme small enough to read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hub_site.settings import PressSettings
from tests.integration.press.newsroom import TOKEN, FakeNewsroom, serving
from tests.integration.press.small_theme import write_small_theme
from tests.unit.hub_site import samples

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def newsroom() -> FakeNewsroom:
    fake = FakeNewsroom()
    fake.publish(*samples.sample_hub(stories=6))
    return fake


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the hub's own templates are kept once they are compiled, which takes seconds."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def bare_press(tmp_path: Path) -> PressSettings:
    """Settings without a newsroom behind them."""
    return press_settings(tmp_path)


def press_settings(tmp_path: Path) -> PressSettings:
    """A press home, a small theme and two hand-kept pages in a folder of their own."""
    home, pages = tmp_path / "press", tmp_path / "pages"
    home.mkdir()
    pages.mkdir()
    (home / "token").write_text(TOKEN)
    (pages / "over.md").write_text(
        "---\ntitle: Over\nlanguage: nl\ndescription: Wat dit is\norder: 1\n---\n"
        "# Over\n\nLees [de hulp](hulp.md).\n"
    )
    (pages / "hulp.md").write_text(
        "---\ntitle: Hulp\nlanguage: nl\ndescription: Hulp\norder: 2\n---\n# Hulp\n\nBel.\n"
    )
    return PressSettings(
        home=home,
        api_url="http://127.0.0.1:1/graphql/",
        token_file=home / "token",
        config_file=ROOT / "site" / "mkdocs.yml",
        theme_dir=write_small_theme(tmp_path / "theme"),
        pages_dir=pages,
        poll_seconds=0.02,
        timeout_seconds=5,
    )


@pytest.fixture
def press(bare_press: PressSettings, newsroom: FakeNewsroom) -> Iterator[PressSettings]:
    with serving(newsroom) as address:
        yield replace(bare_press, api_url=address)
