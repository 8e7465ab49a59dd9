"""A new theme: every page anew, by us and by two peers that print the same stories.

All are measured from outside, from a program's start to its end. Ours ends with a release that is
checked, durable and live; theirs with a folder.
"""

from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.benchmarks.conftest import Newsroom
from tests.benchmarks.figures import beside, told
from tests.benchmarks.peers.building import build_with_hugo, build_with_material
from tests.benchmarks.peers.corpus import Corpus, write_corpus
from tests.benchmarks.press_home import PressHome, another_look
from tests.benchmarks.processes import Spent
from tests.benchmarks.sizes import FEW, STORIES

MOST_WALL_S, MOST_CPU_S, MOST_MIB = 6.0, 12.0, 300.0
TURNS = 3
PHASES = {"make": ("Look", "Made"), "print": ("Made", "Checking"), "release": ("Checking", "End")}
"""From one sentence of the press to another, named by their first words."""


@pytest.fixture
def corpus(newsroom: Newsroom, tmp_path: Path) -> Corpus:
    documents = [entry.document for entry in newsroom.entries if entry.document]
    return write_corpus(documents, tmp_path / "corpus")


def test_a_new_look_for_the_whole_hub(newsroom: Newsroom, corpus: Corpus, tmp_path: Path) -> None:
    press = newsroom.installation.home / "press"
    ours: list[Spent] = []
    hugo: list[Spent] = []
    material: list[Spent] = []
    said: dict[str, Any] = {}
    hub = PressHome.copied(press, tmp_path / "press")
    for turn in range(TURNS):
        theme = another_look(tmp_path / f"theme-{turn}", turn)
        said, spent = PressHome(hub.folder, theme).ordered("render")
        assert said["changed"] > STORIES
        ours.append(spent)
        hugo.append(build_with_hugo(corpus, tmp_path / "hugo"))
        if turn == 0 or STORIES <= FEW:
            material.append(build_with_material(corpus, tmp_path / "material"))
    for peer in ("hugo", "material"):
        assert count_pages(tmp_path / peer / "site") > corpus.stories

    wall, cpu = medians(ours)
    beside("full_render_wall_s", wall, "s", peer=MOST_WALL_S)
    beside("full_render_cpu_s", cpu, "s CPU", peer=MOST_CPU_S)
    compare("hugo", wall, cpu, peer=hugo)
    compare("material", wall, cpu, peer=material)
    told("full_render_pages", said["changed"], "files")
    beside("full_render_peak_mib", said["peak"], "MiB", peer=MOST_MIB)
    tell_phases(said["marks"])


def medians(spent: list[Spent]) -> tuple[float, float]:
    return median(each.wall for each in spent), median(each.cpu for each in spent)


def compare(name: str, wall: float, cpu: float, *, peer: list[Spent]) -> None:
    peer_wall, peer_cpu = medians(peer)
    beside(f"full_render_vs_{name}", wall, "s", peer=peer_wall)
    beside(f"full_render_vs_{name}_cpu", cpu, "s CPU", peer=peer_cpu)


def tell_phases(marks: Mapping[str, Mapping[str, float]]) -> None:
    """Where the last of our own renders spent its time."""
    for phase, (begin, end) in PHASES.items():
        for clock in ("wall", "cpu"):
            spent = marks[end][clock] - marks.get(begin, {}).get(clock, 0.0)
            told(f"full_render_{phase}_{clock}_s", spent, f"s {clock}")


def count_pages(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*.html"))
