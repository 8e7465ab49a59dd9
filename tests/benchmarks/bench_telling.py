"""Whether a clock tells what an answer does not: denied or not there, known or unknown.

Two kinds of question are asked in turns. The figure is how far the chance that an answer of the one
kind takes longer than one of the other lies from a half; beside it stands how far it may lie by
chance alone, three standard deviations.
"""

import math
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from cms.accounts.models import AttemptCount
from tests import factories
from tests.benchmarks.figures import beside
from tests.integration.accounts.doors import with_password
from tests.integration.press import gated
from tests.integration.press.asking import Line, line_to
from tests.serving import People, granian, nginx_in_front

TIMES = 2_000
BY_CHANCE = 3.0


def tells(name: str, one: Callable[[], object], other: Callable[[], object], *, times: int) -> None:
    """Ask both in a random order, so often each, and keep the figure."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    turns = [True, False] * times
    random.Random(name).shuffle(turns)  # noqa: S311 - an order, not a secret
    for ask in (one, other) * 20:
        ask()
    for turn in turns:
        start = time.perf_counter()
        (one if turn else other)()
        taken[turn].append(time.perf_counter() - start)
    spread = math.sqrt((2 * times + 1) / (12 * times * times))
    away = abs(_chance_of_longer(taken[True], taken[False]) - 0.5)
    beside(f"telling_{name}", max(away, 0.0001), "off a half", peer=BY_CHANCE * spread)


def _chance_of_longer(some: list[float], others: list[float]) -> float:
    """Return the chance that one of the first took longer than one of the second."""
    ordered = sorted([(value, True) for value in some] + [(value, False) for value in others])
    ranks = sum(rank for rank, (_, is_some) in enumerate(ordered, 1) if is_some)
    least = len(some) * (len(some) + 1) / 2
    return (ranks - least) / (len(some) * len(others))


def test_denied_takes_as_long_as_not_there(tmp_path: Path) -> None:
    releases = gated.gated_hub(tmp_path)
    gated.web_root(tmp_path, releases).follow()
    people = People(tmp_path / "people.json")
    people.let_in(gated.PEOPLE)
    with (
        granian(gated.releases_in(tmp_path), people) as gate,
        nginx_in_front(gate.port, tmp_path / "web", tmp_path / "nginx") as front,
    ):
        for name, server in {"gate": gate, "nginx": front}.items():
            with line_to(server.port) as line:
                denied = _asking(line, "/a/board/zolder/")
                missing = _asking(line, "/a/board/kelder/")
                nowhere = _asking(line, "/a/nergens/zolder/")
                tells(f"denied_or_missing_{name}", denied, missing, times=TIMES)
                tells(f"denied_or_nowhere_{name}", denied, nowhere, times=TIMES)


def _asking(line: Line, address: str) -> Callable[[], object]:
    return lambda: line.ask(address, cookie=gated.READER)


@pytest.mark.django_db
def test_who_has_an_account_is_not_told_by_the_clock(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with_password(factories.employee(username="wies", email="wies@example.test"))
    client = Client()

    def post(path: str, **words: str) -> Callable[[], object]:
        def ask() -> None:
            AttemptCount.objects.all().delete()
            client.post(path, words)

        return ask

    tells(
        "password",
        post("/login/", username="wies", password="wrong"),
        post("/login/", username="nobody", password="wrong"),
        times=40,
    )
    tells(
        "code",
        post("/login/activate/", name="wies", code="12345-67890", password1="x", password2="x"),
        post("/login/activate/", name="nobody", code="12345-67890", password1="x", password2="x"),
        times=300,
    )
    tells(
        "forgotten",
        post("/login/forgotten/", email="wies@example.test"),
        post("/login/forgotten/", email="nobody@example.test"),
        times=300,
    )
