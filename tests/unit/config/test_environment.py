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
