"""The `plein` command, as far as it needs no database."""

import errno
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from cms.config import keys
from cms.config.command import main
from cms.config.command.refusals import told
from cms.config.fingerprint import installation_fingerprint
from cms.config.home import current_home

INIT = ["init", "--organisation", "De Linde", "--admin", "beheer", "--email", "b@plein.example"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLEIN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PLEIN_PORT", raising=False)
    return tmp_path / "home"


def run_apart(*words: str, by: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run a command that opens a database, which it may not in the process of a test."""
    return subprocess.run(
        [*by, sys.executable, "-m", "cms.config.command", *words],
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
        check=False,
    )


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


def test_nothing_is_called_whole_where_there_is_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["verify"]) == 1
    assert "no release yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["accounts", "sign-out", "jan"], ["agreements", "jan"], ["rubrics"], ["worker"]]
)
def test_a_home_without_a_hub_is_named_and_stays_empty(
    words: list[str], capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert main(words) == 2
    assert f"{home} holds no hub" in capsys.readouterr().err
    assert not (home / "db.sqlite3").exists()


def test_a_build_without_a_newsroom_says_what_to_start(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEIN_PORT", "1")

    assert main(["build"]) == 1
    assert "`plein web`" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["", "press", "../home/press"])
def test_files_for_a_web_server_never_lie_in_the_home(
    place: str, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEIN_WEB_ROOT", str(home / place))

    assert main(["releases"]) == 2
    assert f"outside {home}" in capsys.readouterr().err


def test_a_level_of_the_log_that_is_none_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEIN_LOG_LEVEL", "loud")

    assert main(["releases"]) == 2
    assert "PLEIN_LOG_LEVEL is 'loud'" in capsys.readouterr().err


def test_what_a_database_refuses_is_a_sentence(home: Path) -> None:
    home.mkdir()
    (home / "demo").touch()
    (home / "db.sqlite3").write_text("This is no database, but a file that was mixed up with it.")

    done = run_apart("accounts", "sign-out", "jan")

    assert done.returncode == 6
    assert "file is not a database" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["releases"], ["accounts", "sign-out", "jan"], ["run"]])
def test_a_home_of_another_account_is_a_sentence(words: list[str], home: Path) -> None:
    home.mkdir(mode=0o000)
    without_rights = (
        ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if not os.getuid() else []
    )
    if without_rights:
        os.chown(home, 65534, 65534)

    done = run_apart(*words, by=without_rights)

    assert done.returncode == 3
    assert done.stderr.startswith(f"plein: {home}/installed: Permission denied. Run this as")


def test_a_full_disk_is_a_sentence() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/srv/plein/db")

    assert "no room left on the disk of /srv/plein/db" in str(told(full, current_home()))
    assert told(OSError(errno.EINTR, "Interrupted"), current_home()) is None


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


def test_the_press_starts_without_djangos_databases() -> None:
    asked = "import sys; import cms.config.command.hub; print('django.db' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)

    assert said.stdout.strip() == "False"
