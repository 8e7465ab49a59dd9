"""What the frame makes of answers: always a good draft, nothing lost, an editor's words kept."""

import re
from typing import Any

import pytest
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from cms.accounts.models import User
from cms.config.starter_rubrics import starter_rubrics
from cms.contributions.actions import hand_in, take_back
from cms.contributions.composing import body_of, left_behind, written_in
from cms.contributions.errors import AnswersMissing
from cms.contributions.framing import Framed, Given, framed
from cms.contributions.models import Contribution
from cms.contributions.wording import as_typed, lines_of
from cms.documents.digest import digest_of_page
from cms.stories.models import EditorialPage, Interview
from cms.stories.questions.reading import questions_of
from cms.stories.questions.shapes import AnswerKind
from cms.workflow.actions import approve, send_back
from cms.workflow.errors import AlreadySubmitted
from tests import factories
from tests.factories import stages
from tests.factories.contributions import answer, author_of, contribution, fill, item_of

pytestmark = pytest.mark.django_db

TIP = {
    "moment": "Je verhuist. Dat mag.",
    "for_whom": "kantoor",
    "steps": "Log in.\nKies *verhuizing*.",
    "catch": "De postcode.",
    "by_when": "Voor vrijdag. Anders volgende maand.",
    "help_from": "Bel Esra.",
}
SPOKEN = [name for name, rubric in starter_rubrics().items()]
TEXTS = st.text(max_size=120) | st.lists(
    st.sampled_from(["Een zin.", "*kort*", "- streep", "1. stap", "<b>", "&amp;", "\n", "é?", "!"])
).map(" ".join)


def draft(made: Contribution) -> Any:
    made.refresh_from_db()
    return item_of(made).get_latest_revision_as_object()


def edit(made: Contribution, *, by: User, **fields: object) -> None:
    page = draft(made)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=by, clean=False)


def body_text(page: EditorialPage) -> str:
    return strip_tags(str(page.body.render_as_block()))


def test_answers_become_a_draft_that_its_editor_sees_at_once() -> None:
    author = factories.ambassador()
    made = contribution(by=author)

    fill(made, TIP)

    page = draft(made)
    assert page.title == "Je verhuist."
    assert page.summary.startswith("Log in. Regel het op tijd: Voor vrijdag.")
    assert [block.block_type for block in page.body] == [
        *("paragraph", "paragraph", "call_out", "paragraph", "paragraph")
    ]
    assert "<li>Kies <i>verhuizing</i>.</li>" in str(page.body[1].value.source)
    assert (page.owner, page.slug, page.live) == (author, "je-verhuist", False)
    assert [one.person for one in page.authors.all()] == [author.person]
    assert page.connection == "organisation"
    assert Page.objects.get(pk=page.pk).get_parent().specific == made.rubric
    assert "kantoor" not in body_text(page)


def test_an_interview_asks_and_answers() -> None:
    kim = factories.person(name="Kim Bos", role="Lasser")
    made = contribution(starter="spotlight", about=kim)

    fill(made, {"hands": "Een tang. En koffie.", "misunderstanding": "Dat het lawaai is. Nee."})

    page = draft(made)
    assert isinstance(page, Interview)
    assert page.interviewee == kim
    assert page.title == f"{made.rubric.title}: Kim Bos"
    assert page.summary == "Kim Bos, Lasser: Dat het lawaai is."
    assert page.body[0].value["question"].startswith("Wat had je vandaag in je handen")
    assert [block.block_type for block in page.body] == [
        *("question_answer", "pull_quote", "question_answer")
    ]
    assert page.body[1].value["speaker"] == kim


def test_nothing_is_made_of_nothing() -> None:
    made = contribution()

    answer(made, "moment", "  \n ")

    made.refresh_from_db()
    assert made.item is None


def test_the_order_of_answering_makes_no_difference() -> None:
    one, other = contribution(), contribution()
    for key in ("moment", "catch", "by_when"):
        answer(one, key, TIP[key])
    for key in ("by_when", "moment", "catch"):
        answer(other, key, TIP[key])

    pages = [draft(one), draft(other)]

    assert pages[0].title == pages[1].title
    assert [b["value"] for b in body_of(pages[0])] == [b["value"] for b in body_of(pages[1])]


def test_an_editors_words_stay_and_the_rest_follows() -> None:
    made = contribution()
    fill(made, TIP)
    blocks = body_of(draft(made))
    mine = {"type": "paragraph", "value": "<p>Van de redactie.</p>", "id": "mine"}
    kept = {**blocks[0], "value": '<p data-block-key="x1">Je verhuist. Dat mag.</p>'}
    changed = {**blocks[1], "value": "<p>Twee stappen.</p>"}
    edit(
        made,
        by=factories.community_manager(),
        title="Verhuizen in twee stappen",
        body=[kept, mine, changed, *blocks[3:]],
    )

    fill(made, {"moment": "Je verhuist weer.", "steps": "Log uit.", "by_when": "Nu."})

    page = draft(made)
    assert page.title == "Verhuizen in twee stappen"
    text = body_text(page)
    assert "Je verhuist weer." in text
    assert "Van de redactie." in text
    assert "Twee stappen." in text
    assert "Log uit." not in text
    assert "De postcode." not in text
    assert "Nu." in text
    assert left_behind(made, written_in(made)) == {"steps", "catch"}


def test_a_late_answer_finds_its_place_between_what_an_editor_left() -> None:
    made = contribution()
    fill(made, {"moment": "Je verhuist.", "help_from": "Bel Esra."})
    edit(made, by=factories.community_manager(), summary="Eigen inleiding")

    answer(made, "by_when", "Vrijdag.")

    words = [strip_tags(str(block.value)) for block in draft(made).body]
    assert words == ["Je verhuist.", "Vrijdag.", "Bel Esra."]
    assert draft(made).summary == "Eigen inleiding"


def test_one_sitting_makes_one_revision() -> None:
    made = contribution()

    for key in ("moment", "catch"):
        answer(made, key, TIP[key])

    assert draft(made).revisions.count() == 1


def test_what_waits_for_a_decision_is_not_touched() -> None:
    author = factories.ambassador()
    made = contribution(by=author)
    fill(made, TIP)
    hand_in(made, by=author)
    waiting = digest_of_page(draft(made))

    answer(made, "moment", "Je verhuist toch niet.")

    assert digest_of_page(draft(made)) == waiting
    with pytest.raises(AlreadySubmitted):
        hand_in(made, by=author)
    take_back(made, by=author)
    assert draft(made).title == "Je verhuist toch niet."
    assert not draft(made).workflow_in_progress


def test_what_came_back_can_be_mended() -> None:
    author = factories.ambassador()
    made = contribution(by=author)
    fill(made, TIP)
    hand_in(made, by=author)
    made.refresh_from_db()
    state = item_of(made).current_workflow_task_state.specific
    send_back(state, by=factories.community_manager(), reason="missing", sentence="Wanneer?")

    answer(made, "moment", "Je verhuist in mei.")

    assert draft(made).title == "Je verhuist in mei."
    hand_in(made, by=author)


def test_approval_is_of_exactly_what_was_handed_in() -> None:
    author = factories.ambassador()
    made = contribution(by=author)
    fill(made, TIP)
    hand_in(made, by=author)
    page = draft(made)
    shown = stages.shown(page)
    answer(made, "moment", "Heel iets anders.")

    approve(
        page.current_workflow_task_state.specific,
        by=factories.community_manager(),
        digest=shown,
    )

    answer(made, "moment", "Nog later.")
    assert EditorialPage.objects.get(pk=page.pk).live
    assert draft(made).title == "Je verhuist."


def test_what_is_required_is_asked_for_at_the_end_only() -> None:
    made = contribution()
    answer(made, "moment", "Je verhuist.")

    with pytest.raises(AnswersMissing) as missing:
        hand_in(made, by=author_of(made))

    assert missing.value.keys == ["for_whom", "steps", "catch", "by_when", "help_from"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(SPOKEN), data=st.data())
def test_any_answers_make_a_draft_and_nothing_is_lost(name: str, data: st.DataObject) -> None:
    questions = questions_of(starter_rubrics()[name])
    worded = [one for one in questions.asked if one.kind != AnswerKind.PHOTO]
    answers = {one.key: as_typed(data.draw(TEXTS, label=one.key)) for one in worded}
    given_now = Given(
        name=Contribution().public_id,
        answers=answers,
        photos={},
        facts={},
        about=None,
        language="nl",
        place="Rubriek",
    )

    made = framed(questions, given_now)

    assert made == framed(questions, given_now)
    assert made.title.strip()
    assert len(made.title) <= 140
    assert len(made.summary) <= 300
    said = _words(_all_text(made))
    for key, text in answers.items():
        if key not in questions.frame.newsroom_only:
            assert _words(text) <= said, key


def _all_text(made: Framed) -> str:
    parts = [made.title, made.summary]
    for block in made.body:
        value = block["value"]
        parts += [value] if isinstance(value, str) else [str(each) for each in value.values()]
    return " ".join(re.sub(r"</?(?:p|ul|ol|li|i)>", " ", part) for part in parts)


def _words(text: str) -> set[str]:
    """Return the words of a text, without marks that became markup."""
    bare = [re.sub(r"^\s*(?:[-–•*]|\d{1,2}[.)])\s+", "", line) for line in lines_of(text)]
    unmarked = re.sub(r"&(?:amp|lt|gt);", "&", " ".join(bare)).translate({60: 38, 62: 38})
    return set(re.findall(r"\w+", unmarked.replace("&amp", "&")))
