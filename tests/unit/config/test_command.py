"""The `plein` command, as far as it needs no database."""

from pathlib import Path

import pytest

from cms.config import keys
from cms.config.command import main
from cms.config.fingerprint import installation_fingerprint
from cms.config.home import current_home

INIT = ["init", "--organisation", "De Linde", "--admin", "beheer", "--email", "b@plein.example"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLEIN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PLEIN_PORT", raising=False)
    return tmp_path / "home"


def test_the_home_is_where_the_environment_says(home: Path) -> None:
    assert current_home().root == home


def test_a_wrong_port_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLEIN_PORT", "http")

    assert main(["run"]) == 2
    assert capsys.readouterr().err == "plein: PLEIN_PORT is 'http'; it must be a whole number.\n"


def test_a_demo_beyond_this_machine_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    monkeypatch.setenv("PLEIN_HOST", "0.0.0.0")

    assert main(["run"]) == 2
    assert "passwords everybody knows" in capsys.readouterr().err
    assert not (home / "demo").exists()


def test_an_installation_asks_for_what_it_was_not_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["init", "--organisation", "De Linde"]) == 2
    assert "User name of the first administrator: not given" in capsys.readouterr().err


def test_an_installation_needs_a_password(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(INIT) == 2
    assert "--password-file" in capsys.readouterr().err


def test_a_password_file_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert main([*INIT, "--password-file", str(home / "none")]) == 2
    assert f"can't be read from {home / 'none'}" in capsys.readouterr().err


@pytest.mark.parametrize(("flag", "holds"), [("demo", "the demo"), ("installed", "a hub")])
def test_a_used_home_is_not_set_up_again(
    capsys: pytest.CaptureFixture[str], home: Path, flag: str, holds: str
) -> None:
    home.mkdir()
    (home / flag).touch()

    assert main(INIT) == 2
    assert f"already holds {holds}" in capsys.readouterr().err


def test_a_hub_without_releases_says_how_to_make_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["releases"]) == 0
    assert "no release yet" in capsys.readouterr().out


def test_nothing_to_export_is_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["export", str(tmp_path / "plain")]) == 1
    assert capsys.readouterr().err.startswith("plein: ")


def test_a_word_that_is_no_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["publish"])

    assert "invalid choice" in capsys.readouterr().err


def test_a_key_is_renewed_where_there_is_one(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert main(["renew-key"]) == 2
    assert "`plein init` makes the first" in capsys.readouterr().err
    keys.write_key(current_home().secret_key, "eerste")
    before = installation_fingerprint()

    assert main(["renew-key"]) == 0

    assert keys.read_keys(current_home().secret_key)[1:] == ["eerste"]
    assert installation_fingerprint() != before  # so the next start seals anew
    assert "second line" in capsys.readouterr().out
