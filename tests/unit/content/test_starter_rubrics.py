from typing import Any

import pytest

Facts = dict[str, Any]

COLOURS = {"teal", "rust", "blue", "plum", "green", "amber", "violet"}
TILES = {
    "bend", "stair", "person", "rings", "pennant", "bowl",
    "corner", "arch", "wave", "diamond", "gate", "bars",
}  # fmt: skip
ANSWERS = {"short", "long", "photo", "choice"}
RUBRIC_KEYS = {
    "id", "kind", "colour", "tile", "connection", "starts", "lead_weeks", "agree", "name",
    "purpose", "tone", "cadence", "frame", "questions", "checklist",
}  # fmt: skip
OPTIONAL_KEYS = {"review_after_months", "confidential_until_published"}
BOTH = {"nl", "en"}


def test_ten_rubrics_are_split_four_three_three(rubrics: dict[str, Facts]) -> None:
    connections = [rubric["connection"] for rubric in rubrics.values()]

    assert len(rubrics) == 10
    assert connections.count("organisation") == 4
    assert connections.count("work") == 3
    assert connections.count("each-other") == 3


def test_each_rubric_has_the_keys_of_the_format(rubrics: dict[str, Facts]) -> None:
    for name, rubric in rubrics.items():
        assert rubric["id"] == name
        assert set(rubric) - OPTIONAL_KEYS == RUBRIC_KEYS, name
        assert rubric["kind"] in {"story", "interview"}
        assert all(isinstance(key, str) for key in rubric["starts"]), name


def test_no_two_rubrics_share_a_tile(rubrics: dict[str, Facts], organisation: Facts) -> None:
    own = [rubric for rubric in organisation["rubrics"] if "tile" in rubric]
    dressed = [*rubrics.values(), *own]

    tiles = [rubric["tile"] for rubric in dressed]

    assert len(tiles) == len(set(tiles)) == 11
    assert set(tiles) <= TILES
    assert {rubric["colour"] for rubric in dressed} <= COLOURS


@pytest.mark.parametrize("key", ["name", "purpose", "tone", "cadence"])
def test_rubrics_speak_both_languages(rubrics: dict[str, Facts], key: str) -> None:
    for name, rubric in rubrics.items():
        assert set(rubric[key]) == BOTH, name
        assert all(rubric[key].values()), name


def test_checklists_are_as_long_in_both_languages(rubrics: dict[str, Facts]) -> None:
    for name, rubric in rubrics.items():
        checklist = rubric["checklist"]
        assert len(checklist["nl"]) == len(checklist["en"]) == 4, name


def test_questions_are_asked_in_both_languages(rubrics: dict[str, Facts]) -> None:
    for name, rubric in rubrics.items():
        keys = [question["key"] for question in rubric["questions"]]
        assert len(keys) == len(set(keys)) >= 5, name
        for question in rubric["questions"]:
            assert question["answer"] in ANSWERS
            assert all(question[language]["ask"] for language in BOTH), name
            assert all(question[language]["help"] for language in BOTH), name
            options = question.get("options", {"nl": [], "en": []})
            assert len(options["nl"]) == len(options["en"]), name


def test_frames_use_only_questions_that_are_asked(rubrics: dict[str, Facts]) -> None:
    for name, rubric in rubrics.items():
        asked = {question["key"] for question in rubric["questions"]}
        used = {entry.split("(")[-1].rstrip(")") for entry in rubric["frame"]["body"]}
        assert used <= asked, name
