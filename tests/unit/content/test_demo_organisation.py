import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

Facts = dict[str, Any]

ACCOUNTS = {
    "ambassador": "magda-kowalczyk", "ambassador2": "esra-yildirim", "manager": "noor-hiemstra",
    "deputy": "farid-benhaddou", "or": "hennie-te-velde", "employee": "abdi-warsame",
    "admin": "bram-van-der-kolk",
}  # fmt: skip
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BANNED_IN_DUTCH = "gepland"
"""Says both 'in the plan' and 'ready to go live', so it says nothing."""


def _texts(content: Path) -> Iterator[tuple[Path, str]]:
    for folder in ("demo", "rubrics"):
        for path in sorted((content / folder).rglob("*")):
            if path.suffix in {".yaml", ".md"}:
                yield path, path.read_text(encoding="utf-8")


def test_the_banned_word_is_nowhere(content: Path) -> None:
    found = [path.name for path, text in _texts(content) if BANNED_IN_DUTCH in text.lower()]

    assert found == []


def test_departments_add_up_to_the_headcount(organisation: Facts) -> None:
    counted = [sum(entry["headcount"].values()) for entry in organisation["departments"]]

    assert sum(counted) == organisation["hub"]["headcount"] == 420
    assert sum(count < 10 for count in counted) == 5


@pytest.mark.parametrize("key", ["locations", "departments", "rubrics", "sections"])
def test_slugs_are_ascii_and_unique(organisation: Facts, key: str) -> None:
    slugs = [entry["slug"] for entry in organisation[key]]

    assert len(slugs) == len(set(slugs))
    assert all(SLUG.fullmatch(slug) for slug in slugs)
    assert [entry["order"] for entry in organisation[key]] == list(range(1, len(slugs) + 1))


def test_texts_of_the_frame_fit_their_fields(organisation: Facts) -> None:
    hub = organisation["hub"]

    assert len(hub["introduction"]) <= 400
    assert len(hub["editors"]) <= 400
    assert all(len(goal["measure"]) <= 250 for goal in organisation["goals"])
    assert all(len(section["introduction"]) <= 250 for section in organisation["sections"])


def test_goals_and_rubrics_are_kept_by_people(
    organisation: Facts, people: dict[str, Facts]
) -> None:
    keepers = [rubric["keeper"] for rubric in organisation["rubrics"]]
    owners = [goal["owner"] for goal in organisation["goals"]]

    assert len(keepers) == 11
    assert {*keepers, *owners} <= set(people)
    assert [goal["code"] for goal in organisation["goals"]] == ["D0", "D1", "D2", "D3", "D4"]
    assert [goal["code"] for goal in organisation["goals"] if goal["archived"]] == ["D0"]
    assert [value["code"] for value in organisation["core_values"]] == ["K1", "K2", "K3", "K4"]


def test_every_rubric_is_a_starter_or_complete_in_itself(
    organisation: Facts, rubrics: dict[str, Facts]
) -> None:
    own = [rubric for rubric in organisation["rubrics"] if rubric["id"] not in rubrics]

    assert [rubric["id"] for rubric in own] == ["works-council"]
    assert own[0]["approver"] == "or"
    assert {"colour", "tile", "purpose", "tone", "cadence", "name"} <= set(own[0])


def test_the_seven_accounts_belong_to_people(organisation: Facts, people: dict[str, Facts]) -> None:
    accounts = {entry["username"]: entry["person"] for entry in organisation["accounts"]}

    assert accounts == ACCOUNTS
    for entry in organisation["accounts"]:
        full_name = f"{entry['first_name']} {entry['last_name']}"
        assert people[entry["person"]]["name"] == full_name


def test_people_work_somewhere_that_exists(organisation: Facts, people: dict[str, Facts]) -> None:
    departments = {entry["slug"] for entry in organisation["departments"]}
    locations = {entry["slug"] for entry in organisation["locations"]}

    assert len(people) == 25
    assert {person["department"] for person in people.values()} <= departments
    assert {person["location"] for person in people.values()} == locations
    for slug, person in people.items():
        assert SLUG.fullmatch(slug)
        assert re.fullmatch(r"(19|20)\d{2}-(0[1-9]|1[0-2])", person["started"])


def test_people_who_are_shown_have_a_page_worth_reading(
    people: dict[str, Facts], pictures: dict[str, Facts]
) -> None:
    shown = [person for person in people.values() if person["shown"]]

    assert len(shown) == 24
    for person in shown:
        assert len(person["ask_me_about"]) == 3
        assert 2 <= len(re.findall(r"[.!?](?:\s|$)", person["about"])) <= 4, person["name"]
        assert person["portrait"]["file"] in pictures
        assert set(person["portrait"]["alt"]) == {"nl", "en"}


def test_who_withdrew_consent_leaves_nothing_but_a_name(people: dict[str, Facts]) -> None:
    withdrawn = people["ingrid-vermaas"]

    assert not withdrawn["shown"]
    assert withdrawn["portrait"] is None
    assert withdrawn["email"] is None
    assert not withdrawn["about"]


def test_who_withdrew_consent_is_named_nowhere_else(content: Path) -> None:
    allowed = {"people.yaml", "16-praatstoel-offline.yaml"}

    named = {
        path.name for path, text in _texts(content) if "Ingrid" in text or "vermaas" in text.lower()
    }

    assert named == allowed


def test_every_picture_is_described_and_there(content: Path, pictures: dict[str, Facts]) -> None:
    folder = content / "demo" / "images"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.jpg")}

    assert files == set(pictures)
    assert (folder / "LICENSE").is_file()
    for picture in pictures.values():
        assert all(picture["alt"][language] for language in ("nl", "en"))
        assert all(0 <= place <= 1 for place in picture["focal"])
        assert picture["credit"]


def test_yaml_reads_the_same_as_it_looks(content: Path) -> None:
    """Bare `on`, `no` and dates would silently become other things."""
    for path, text in _texts(content):
        if path.suffix == ".yaml":
            _assert_plain(yaml.safe_load(text), path.name)


def _assert_plain(value: object, name: str) -> None:
    if isinstance(value, dict):
        for key, entry in value.items():
            assert isinstance(key, str), (name, key)
            _assert_plain(entry, name)
    elif isinstance(value, list):
        for entry in value:
            _assert_plain(entry, name)
    else:
        assert value is None or isinstance(value, str | int | float | bool), (name, value)
