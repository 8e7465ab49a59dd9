import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from cms.config.home import Home
from cms.core import heartbeats
from tests.integration.alarms.calling import show_life


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Home:
    """Give the test a home in which every part shows that it is alive."""
    home = Home(root=tmp_path / "home")
    home.heartbeats.mkdir(parents=True)
    home.press.mkdir()
    for part in heartbeats.SILENCE:
        show_life(home, part)
    settings.PLEIN_HOME = home
    return home


type Say = Callable[..., None]


@pytest.fixture
def press_says(home: Home) -> Say:
    """Let the press write its status."""

    def say(**status: object) -> None:
        (home.press / "status.json").write_text(json.dumps(status))

    return say
