import time
from pathlib import Path

import pytest

from cms.config.greeting import ACCOUNTS, LATE_AFTER, Greeting
from cms.config.home import Home


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def greeting(tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Greeting:
    monkeypatch.setenv("PLEIN_PORT", "8149")
    return Greeting(Home(root=tmp_path), said.append)


def test_a_demo_tells_its_accounts(greeting: Greeting, said: list[str]) -> None:
    greeting.home.demo_flag.touch()

    greeting.greet()

    told = "\n".join(said)
    assert all(name in told for name in ACCOUNTS)
    assert "the password is plein-demo" in told


def test_a_chosen_password_is_never_printed(
    greeting: Greeting, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    greeting.home.demo_flag.touch()
    monkeypatch.setenv("PLEIN_DEMO_PASSWORD", "korenbloem")

    greeting.greet()

    assert "korenbloem" not in "\n".join(said)


def test_a_real_hub_tells_addresses_only(greeting: Greeting, said: list[str]) -> None:
    greeting.greet()

    told = "\n".join(said)
    assert "http://127.0.0.1:8149/newsroom/" in told
    assert "ambassador" not in told


def test_what_is_missing_is_told_once_when_it_takes_long(
    greeting: Greeting, said: list[str]
) -> None:
    greeting.began = time.monotonic() - LATE_AFTER - 1

    for _ in range(3):
        greeting.next_look = 0
        greeting.look()

    assert said == ["Plein is not complete yet: The web server does not answer yet."]
