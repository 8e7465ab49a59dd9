"""A new theme: every page anew, by us and by two peers that print the same stories.

All are measured from outside, from a program's start to its end. Ours ends with a release that is
checked, durable and live; theirs with a folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.benchmarks.conftest import Newsroom
from tests.benchmarks.figures import beside, told
from tests.benchmarks.peers.building import build_with_hugo, build_with_material
from tests.benchmarks.peers.corpus import Corpus, write_corpus
from tests.benchmarks.press_home import WITHIN, PressHome, another_look
from tests.benchmarks.processes import Spent
from tests.benchmarks.sizes import FEW, STORIES

MOST_WALL_S, MOST_CPU_S, MOST_MIB = 6.0, 12.0, 300.0
TURNS, TURNS_OF_HUGO, TURNS_OF_MATERIAL = 3, 2, 1
"""Of the peers where they take minutes; of a few stories each has as many as we have."""
PHASES = {"make": (None, "Made"), "print": ("Made", "Checking"), "release": ("Checking", "End")}
"""From one sentence of the press to another, named by their first words."""


@pytest.fixture
def corpus(newsroom: Newsroom, workplace: Path) -> Corpus:
    documents = [entry.document for entry in newsroom.entries if entry.document]
    return write_corpus(documents, workplace / "corpus")


@dataclass(frozen=True)
class Render:
    """One render of ours: what the press said of it, and what it all cost."""

    said: Mapping[str, Any]
    spent: Spent


def test_a_new_look_for_the_whole_hub(newsroom: Newsroom, corpus: Corpus, workplace: Path) -> None:
    hub = PressHome.copied(newsroom.installation.home / "press", workplace / "press")
    ours: list[Render] = []
    hugo: list[Spent] = []
    material: list[Spent] = []
    for turn in range(TURNS):
        theme = another_look(workplace / "theme", turn)
        ours.append(Render(*PressHome(hub.folder, theme).ordered("render")))
        if turn < TURNS_OF_HUGO or STORIES <= FEW:
            hugo.append(build_with_hugo(corpus, workplace / "hugo"))
        if turn < TURNS_OF_MATERIAL or STORIES <= FEW:
            material.append(build_with_material(corpus, workplace / "material"))

    texts = Render(*PressHome(hub.folder, another_look(theme, TURNS, at=WITHIN)).ordered("render"))

    assert all(each.said["changed"] > STORIES for each in (*ours, texts))
    assert all(count_pages(workplace / each) > STORIES for each in ("hugo", "material"))
    middle = sorted(ours, key=lambda each: each.spent.wall)[TURNS // 2]
    tell(middle)
    beside("full_render_text_wall_s", texts.spent.wall, "s", peer=MOST_WALL_S)
    beside("full_render_text_cpu_s", texts.spent.cpu, "s CPU", peer=MOST_CPU_S)
    compare("hugo", middle.spent, hugo)
    compare("material", middle.spent, material)


def tell(render: Render) -> None:
    """What it cost, and on what that went."""
    spent, marks = render.spent, render.said["marks"]
    beside("full_render_wall_s", spent.wall, "s", peer=MOST_WALL_S)
    beside("full_render_cpu_s", spent.cpu, "s CPU", peer=MOST_CPU_S)
    told("full_render_pages", render.said["changed"], "files")
    beside("full_render_peak_mib", render.said["peak"], "MiB", peer=MOST_MIB)
    for clock, unit, whole in (("wall", "s", spent.wall), ("cpu", "s CPU", spent.cpu)):
        told(f"full_render_start_{clock}_s", whole - marks["End"][clock], unit)
        for phase, (begin, end) in PHASES.items():
            before = marks[begin][clock] if begin else 0.0
            told(f"full_render_{phase}_{clock}_s", marks[end][clock] - before, unit)


def compare(name: str, ours: Spent, peer: list[Spent]) -> None:
    wall, cpu = median(each.wall for each in peer), median(each.cpu for each in peer)
    beside(f"full_render_vs_{name}", ours.wall, "s", peer=wall)
    beside(f"full_render_vs_{name}_cpu", ours.cpu, "s CPU", peer=cpu)


def count_pages(folder: Path) -> int:
    return sum(1 for _ in (folder / "site").rglob("*.html"))
