from pathlib import Path

import pytest

from cms.config.errors import AlreadyRunningError, HomeUnusableError
from cms.config.home import Home
from cms.config.home_lock import ensure_writable, only_one


def test_a_home_is_made_where_it_is_missing(tmp_path: Path) -> None:
    home = Home(root=tmp_path / "deep" / "home")

    ensure_writable(home)

    assert home.root.is_dir()
    assert [each.name for each in home.root.iterdir()] == ["run"]


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")

    with pytest.raises(HomeUnusableError, match="can't write"):
        ensure_writable(Home(root=tmp_path / "home"))


def test_a_second_start_on_the_same_home_is_refused(tmp_path: Path) -> None:
    home = Home(root=tmp_path)

    with (
        only_one(home),
        pytest.raises(AlreadyRunningError, match=r"already runs .* \(process \d+\)"),
        only_one(home),
    ):
        pytest.fail("two at once")


def test_a_home_is_free_again_afterwards(tmp_path: Path) -> None:
    home = Home(root=tmp_path)
    with only_one(home):
        pass

    with only_one(home):
        assert home.lock.read_text().isdigit()
