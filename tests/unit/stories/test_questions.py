"""What a rubric asks: read from files and forms, or refused with key and remedy."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.config.starter_rubrics import starter_rubrics
from cms.stories.questions.patterns import filled, first_sentence, read, shortened
from cms.stories.questions.reading import UnreadableQuestionsError, questions_of
from cms.stories.questions.shapes import AnswerKind

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
NAMES = st.sampled_from(["key", "nl", "ask", "body"])
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner)
)
PLACES = ["kind", "frame", "questions", "title", "body", "newsroom_only", "options"]
KIM = {"person": "Kim Bos", "role": "lasser", "location": "Zwolle"}


def spotlight() -> dict[str, Any]:
    return deepcopy(starter_rubrics()["spotlight"])


@pytest.mark.parametrize("name", sorted(starter_rubrics()))
def test_a_starter_rubric_can_be_asked_in_both_languages(name: str) -> None:
    questions = questions_of(starter_rubrics()[name])

    assert len(questions.asked) >= 5
    for question in questions.asked:
        assert question.worded("nl").ask != question.worded("en").ask
    assert questions.frame.title_in("nl").keys <= set(questions.by_key)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("kind",), "column", "kind"),
        (("questions",), [], "questions"),
        (("questions", 0, "key"), "Éérste", "questions[1].key"),
        (("questions", 0, "key"), "person", "questions[1].key"),
        (("questions", 0, "key"), "notice", "questions"),
        (("questions", 0, "answer"), "video", "questions[1] (hands).answer"),
        (("questions", 0, "words"), "veel", "questions[1] (hands).words"),
        (("questions", 0, "words"), "40-10", "questions[1] (hands).words"),
        (("questions", 0, "required"), "ja", "questions[1] (hands).required"),
        (("questions", 0, "nl"), {"ask": " "}, "questions[1] (hands).nl.ask"),
        (("questions", 0, "nl"), {"ask": "x" * 241}, "questions[1] (hands).nl.ask"),
        (("questions", 0, "vraag"), "Wat?", "questions[1].vraag"),
        (("questions", 5, "photos"), 9, "questions[6] (portrait).photos"),
        (("frame",), None, "frame"),
        (("frame", "title"), "excerpt(nothing)", "frame.title"),
        (("frame", "title"), "{person}", "frame.title"),
        (("frame", "summary"), {"nl": "{hands}", "xx": "{hands}"}, "frame.summary"),
        (("frame", "quote"), "excerpt(portrait)", "frame.quote"),
        (("frame", "lead_image"), "{hands}", "frame.lead_image"),
        (("frame", "layout"), "text", "frame.layout"),
        (("frame", "body"), ["hands", "gallery(notice)"], "frame.body[2]"),
        (("frame", "body"), ["hands", "portrait"], "frame.body[2]"),
        (("frame", "body"), ["hands", "hands"], "frame.body"),
        (("frame", "body"), ["hands"], "frame.body"),
        (("frame", "newsroom_only"), ["gossip"], "frame.newsroom_only"),
        (("frame", "colour"), "red", "frame.colour"),
    ],
)
def test_a_fault_is_told_with_its_key_and_what_to_do(
    path: tuple[str | int, ...], value: object, where: str
) -> None:
    rubric: Any = spotlight()
    place = rubric
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(UnreadableQuestionsError) as refused:
        questions_of(rubric)

    assert where in [fault.where for fault in refused.value.faults]
    assert all(len(fault.message.split()) > 2 for fault in refused.value.faults)


def test_every_fault_is_told_at_once() -> None:
    rubric = spotlight()
    rubric["questions"][0]["answer"] = "video"
    rubric["questions"][1]["words"] = "veel"
    rubric["frame"]["quote"] = "excerpt(gossip)"

    with pytest.raises(UnreadableQuestionsError) as refused:
        questions_of(rubric)

    assert len(refused.value.faults) >= 3


def test_choices_are_as_many_in_every_language() -> None:
    rubric = deepcopy(starter_rubrics()["question-of-the-month"])
    choice = next(each for each in rubric["questions"] if each["answer"] == "choice")
    choice["options"]["en"].pop()

    with pytest.raises(UnreadableQuestionsError, match="heard_where"):
        questions_of(rubric)


@settings(max_examples=40)
@given(ANYTHING, st.sampled_from(PLACES))
def test_nothing_in_a_file_breaks_the_reader(value: object, name: str) -> None:
    rubric = spotlight()
    place: Any = rubric if name in rubric else rubric["frame"]
    if name == "options":
        place = rubric["questions"][1]
    place[name] = value

    try:
        found = questions_of(rubric)
    except UnreadableQuestionsError as refused:
        assert refused.faults  # noqa: PT017 - either is right; that nothing else is raised is tested
    else:
        assert found.asked


DAY = "Een dag met {person}, {role}: {a}"
NEW = "{person} werkt hier sinds {start_month} bij {department}. Bel voor: {a}"


@pytest.mark.parametrize(
    ("pattern", "answers", "facts", "expected"),
    [
        ("‘excerpt(a)’", {"a": "Een zin. Nog een."}, {}, "‘Een zin.’"),
        ("‘excerpt(a)’", {"a": " "}, KIM, ""),
        (DAY, {"a": "Graag."}, KIM, "Een dag met Kim Bos, lasser: Graag."),
        (DAY, {"a": "Graag."}, {"person": "Kim"}, "Een dag met Kim: Graag."),
        (DAY, {"a": "Graag."}, {}, "Graag."),
        (NEW, {"a": "x"}, {"person": "Kim", "department": "Hal"}, "Kim bij Hal. Bel voor: x"),
        ("{a}. Regel het vóór {b}.", {"a": "Eerst dit."}, {}, "Eerst dit."),
        ("{a} {b}", {"b": "twee\n\nregels"}, {}, "twee regels"),
    ],
)
def test_a_pattern_says_only_what_is_known(
    pattern: str, answers: dict[str, str], facts: dict[str, str], expected: str
) -> None:
    assert filled(read(pattern), answers, facts) == expected


@given(st.text())
def test_a_first_sentence_stands_in_the_text_word_for_word(text: str) -> None:
    assert first_sentence(text) in " ".join(text.split())


@given(st.text(), st.integers(min_value=2, max_value=300))
def test_what_is_shortened_fits(text: str, most: int) -> None:
    assert len(shortened(text, most=most)) <= most


def test_a_photo_takes_as_many_as_it_says() -> None:
    asked = questions_of(starter_rubrics()["a-day-with"]).by_key["pictures"]

    assert (asked.kind, asked.photos) == (AnswerKind.PHOTO, 3)
