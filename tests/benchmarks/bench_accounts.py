"""What a list of 100,000 colleagues costs: reading it, telling the difference, doing it."""

import resource
import time
from collections.abc import Callable

import pytest

from cms.accounts.importing.applying import apply
from cms.accounts.importing.difference import Difference, difference_of
from cms.accounts.importing.reading import read_list
from cms.accounts.models import User
from tests.benchmarks.figures import Figure, keep, told

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 100_000
PROMISED_S = 60.0
"""What somebody who brings a list this long may have to wait for each step."""

HEAD = "nummer;voornaam;achternaam;e-mail;afdeling;vestiging;startmaand;groepen"


def written(department: str) -> bytes:
    lines = (
        f"P{number};Sam;de Wit;p{number}@example.test;{department} {number % 40};"
        f"Vestiging {number % 12};2019-03;Employees"
        for number in range(PEOPLE)
    )
    return "\n".join([HEAD, *lines]).encode()


def seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def held_mb() -> float:
    """Return the most that this process ever held in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_a_list_of_a_hundred_thousand_colleagues() -> None:
    new, moved = written("Werkplaats"), written("Hal")
    found: list[Difference] = []

    def tell(content: bytes) -> Callable[[], None]:
        return lambda: found.append(difference_of(read_list(content)))

    base = held_mb()
    figures = {"difference_new_s": seconds(tell(new))}
    told("accounts_100000_difference_mb", held_mb() - base, "MB, the most at once")
    figures |= {
        "apply_new_s": seconds(lambda: apply(found[-1])),
        "difference_same_s": seconds(tell(new)),
        "difference_moved_s": seconds(tell(moved)),
        "apply_moved_s": seconds(lambda: apply(found[-1])),
    }

    assert User.objects.filter(department__name__startswith="Hal").count() == PEOPLE
    for name, taken in figures.items():
        keep(
            Figure(
                name=f"accounts_100000_{name}",
                value=round(taken, 1),
                unit="s CPU",
                peer=PROMISED_S,
                ratio=round(PROMISED_S / taken, 2),
            )
        )
