import re
from pathlib import Path

import pytest

from cms.config import environment
from cms.config.errors import WrongUseError


@pytest.mark.parametrize(
    ("value", "claim"), [("1", True), ("yes", True), ("0", False), ("", False)]
)
def test_a_flag_is_true_or_false(
    monkeypatch: pytest.MonkeyPatch, value: str, *, claim: bool
) -> None:
    monkeypatch.setenv("PLEIN_TRIED", value)

    assert environment.flag("PLEIN_TRIED") is claim


def test_a_flag_that_is_neither_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEIN_TRIED", "perhaps")

    with pytest.raises(WrongUseError, match="PLEIN_TRIED is 'perhaps'"):
        environment.flag("PLEIN_TRIED")


@pytest.mark.parametrize("value", ["eight thousand", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PLEIN_PORT", value)

    with pytest.raises(WrongUseError, match="PLEIN_PORT"):
        environment.port()


def test_the_port_is_8000_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLEIN_PORT", raising=False)

    assert environment.port() == 8000


def test_a_list_is_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEIN_HOSTS", " plein.example , hub.example,")

    assert environment.listed("PLEIN_HOSTS", []) == ["plein.example", "hub.example"]


@pytest.mark.parametrize(
    "value", ["plein.example", "ftp://plein.example", "https://", "https://plein.example/hub"]
)
def test_a_public_address_is_scheme_and_host(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PLEIN_PUBLIC_URL", value)

    with pytest.raises(WrongUseError, match="scheme and host"):
        environment.public_url("http://127.0.0.1")


def test_a_public_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEIN_PUBLIC_URL", "https://plein.example/")

    assert environment.public_url("http://127.0.0.1") == "https://plein.example"


def test_a_time_zone_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEIN_TIME_ZONE", "Europe/Amsterdm")

    with pytest.raises(WrongUseError, match="PLEIN_TIME_ZONE is 'Europe/Amsterdm'"):
        environment.time_zone()


def test_a_number_that_is_too_small_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEIN_WEB_WORKERS", "0")

    with pytest.raises(WrongUseError, match="1 or more"):
        environment.number("PLEIN_WEB_WORKERS", 1, at_least=1)


def test_a_setting_that_is_misspelt_is_named_with_the_one_that_is_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PLEIN_PUBLIC_UR", "https://plein.example")
    monkeypatch.setenv("PLEIN_PUBLIC_URL", "https://plein.example")

    said = [sentence for sentence in environment.unknown() if "PLEIN_PUBLIC" in sentence]

    assert said == [
        "PLEIN_PUBLIC_UR is no setting of Plein, so it sets nothing. Is PLEIN_PUBLIC_URL meant?"
    ]


ROOT = Path(__file__).resolve().parents[3]
READ = re.compile(r"(?:\w\(\s*|str = |VARIABLE = )\"(PLEIN_[A-Z_]+)\"")
OF_A_SERIES = re.compile(r"PLEIN_(?:EMAIL|OIDC(?:_CLAIM)?)(?=_)")
BETWEEN_PARTS = {"PLEIN_LEASH"}


def names_in(row: str) -> set[str]:
    """The settings in the first cell of a row; `_PORT` after `PLEIN_EMAIL_HOST` is short."""
    first, *others = re.findall(r"`(\w+)`", row.split("|")[1])
    series = OF_A_SERIES.match(first)
    start = series[0] if series else ""
    return {first, *(f"{start}{each}" if each.startswith("_") else each for each in others)}


def test_every_setting_that_is_read_is_known_and_in_the_readme() -> None:
    ours = {file for file in (ROOT / "cms").rglob("*.py") if file.name != "test.py"}
    read = {name for file in ours for name in READ.findall(file.read_text())} - BETWEEN_PARTS
    lines = (ROOT / "README.md").read_text().splitlines()
    told = set().union(*(names_in(line) for line in lines if line.startswith("| `PLEIN_")))

    assert read == environment.NAMES
    assert told | {"PLEIN_DEBUG"} == environment.NAMES  # for work on Plein itself
