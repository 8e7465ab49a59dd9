import stat
from pathlib import Path

import pytest

from cms.config import keys
from cms.config.errors import HomeUnusableError


def test_a_key_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "secret_key"

    first = keys.read_or_make_key(path)

    assert keys.read_or_make_key(path) == first
    assert len(first) >= 50


def test_a_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "press_token"

    keys.write_key(path, "wagtail_something")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_new_key_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"

    keys.write_key(path, "old")
    keys.write_key(path, "new")

    assert keys.read_key(path) == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]


def test_an_empty_or_missing_file_holds_no_key(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    assert keys.read_key(path) is None

    path.write_text("\n")

    assert keys.read_key(path) is None


def test_a_key_that_cannot_be_kept_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")

    with pytest.raises(HomeUnusableError, match="can't be written"):
        keys.write_key(tmp_path / "keys" / "secret_key", "x")


def test_a_renewed_key_keeps_the_one_before_it_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    first = keys.read_or_make_key(path)

    keys.renew_key(path)
    second, kept = keys.read_keys(path)
    keys.renew_key(path)

    assert kept == first
    assert keys.read_keys(path)[1:] == [second]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
