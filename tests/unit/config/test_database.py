"""The address of the database, as an administrator writes it."""

import os
import subprocess
from pathlib import Path

import pytest

from cms.config.database import postgresql
from cms.config.errors import WrongUseError
from cms.config.supervisor import plein_command


def test_an_address_becomes_djangos_settings() -> None:
    found = postgresql("postgresql://plein:s%40cret@db.example:5433/hub?sslmode=verify-full")

    assert (found["USER"], found["PASSWORD"]) == ("plein", "s@cret")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "hub")
    assert found["OPTIONS"]["sslmode"] == "verify-full"


def test_a_socket_is_an_address_too() -> None:
    found = postgresql("postgres://plein@/hub?host=/run/postgresql")

    assert (found["HOST"], found["PORT"], found["PASSWORD"]) == ("/run/postgresql", "", "")
    assert "host" not in found["OPTIONS"]


def test_nothing_waits_for_ever() -> None:
    options = postgresql("postgresql://db.example/hub")["OPTIONS"]

    assert options["connect_timeout"] == "5"
    assert "lock_timeout=20s" in options["options"]
    assert options["pool"]["timeout"] <= 5


@pytest.mark.parametrize(
    "url",
    [
        "mysql://plein@db.example/hub",
        "postgresql://plein:geheim@db.example",
        "postgresql://plein:geheim@db.example/",
        "postgresql://plein:geheim@db.example/a/b",
        "postgresql://plein:geheim@db.example:veel/hub",
        "postgresql://plein:geheim@[::1/hub",
        "geheim",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(WrongUseError, match="can't be read; write it as in") as refusal:
        postgresql(url)

    assert "geheim" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "code", "sentence"),
    [
        ("mysql://db.example/hub", 2, "PLEIN_DATABASE_URL can't be read"),
        ("postgresql://plein:geheim@/hub?host={}", 6, "The database can't be reached: "),
    ],
)
def test_a_database_that_can_t_be_used_is_one_sentence(
    tmp_path: Path, url: str, code: int, sentence: str
) -> None:
    done = _prepare(PLEIN_HOME=str(tmp_path / "home"), PLEIN_DATABASE_URL=url.format(tmp_path))

    assert done.returncode == code
    assert done.stderr.startswith(f"plein: {sentence}")
    assert done.stderr.count("\n") == 1
    assert "geheim" not in done.stderr


def _prepare(**environment: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        plein_command("prepare"),
        env={**ours, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
