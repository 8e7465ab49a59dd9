"""What `plein verify` tells to do, done: a hub of which files were lost is printed whole again."""

from dataclasses import replace

import pytest

from cms.config.command import main
from hub_site.build import open_releases
from hub_site.press import build_once
from hub_site.settings import PressSettings
from tests.integration.press.newsroom import FakeNewsroom
from tests.unit.hub_site import samples


def test_what_is_told_of_lost_files_makes_the_hub_whole(
    press: PressSettings,
    newsroom: FakeNewsroom,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    newsroom.publish(*samples.sample_hub(stories=3))
    build_once(press, report=print)
    whole = open_releases(press).live_files()
    blobs = open_releases(press).blobs
    blobs.settle()
    lost = blobs.file(whole["index.html"])
    lost.chmod(0o600)
    lost.write_bytes(b"")
    monkeypatch.setenv("PLEIN_HOME", str(press.home.parent))

    assert main(["verify"]) == 1
    assert f"move {press.home} aside and start it again" in capsys.readouterr().out
    token = press.home.rename(press.home.with_name("aside")) / "token"
    build_once(replace(press, token_file=token), report=print)

    assert main(["verify"]) == 0
    assert open_releases(press).live_files() == whole
