"""An answer is kept where nobody changed it since; else both are, and nobody else's hand in it."""

from io import BytesIO

import pytest
from PIL import Image as Pillow

from cms.contributions.actions import (
    Outcome,
    Typed,
    add_photo,
    begin,
    remove_photo,
    save_answer,
    settle,
)
from cms.contributions.errors import NotHers, TooManyPhotos, UnknownQuestion
from cms.contributions.models import Answer, Contribution, OtherVersion
from cms.media.intake import CleanPicture, take_in
from cms.stories.confiding import confide
from cms.stories.models import QuestionSet
from cms.stories.models.question_sets import UnchangeableError
from cms.stories.question_versions import OvertakenError, add_version
from cms.stories.questions.reading import UnreadableQuestionsError
from tests import factories
from tests.factories.contributions import answer, author_of, contribution, item_of, question_set

pytestmark = pytest.mark.django_db


def picture() -> CleanPicture:
    encoded = BytesIO()
    Pillow.new("RGB", (64, 48), "teal").save(encoded, "JPEG")
    encoded.seek(0)
    return take_in(encoded, name="hal.jpg")


def text_of(made: Contribution, key: str) -> str:
    return Answer.objects.get(contribution=made, key=key).text


def test_an_answer_stays_as_typed() -> None:
    made = contribution()
    typed = "Je *verhuist*.\r\n\nEn dan? <b>Bel</b> \U0001f600 مرحبا\x00"

    answer(made, "moment", typed)

    assert text_of(made, "moment") == "Je *verhuist*.\n\nEn dan? <b>Bel</b> \U0001f600 مرحبا"


@pytest.mark.both_databases
def test_a_stale_page_overwrites_nothing_and_loses_nothing() -> None:
    made = contribution()
    answer(made, "moment", "Van de laptop", writer="laptop", turn=1)

    late = answer(made, "moment", "Van de telefoon", base=0, writer="phone", turn=1)

    assert late.outcome == Outcome.TWO
    assert text_of(made, "moment") == "Van de laptop"
    assert [other.text for other in OtherVersion.objects.all()] == ["Van de telefoon"]


def test_what_is_sent_again_after_a_lost_answer_is_no_second_version() -> None:
    made = contribution()
    answer(made, "moment", "Je verhu", writer="phone", turn=1)

    again = answer(made, "moment", "Je verhu", base=0, writer="phone", turn=1)
    further = answer(made, "moment", "Je verhuist", base=0, writer="phone", turn=2)
    overtaken = answer(made, "moment", "Je verhui", base=0, writer="phone", turn=1)

    outcomes = [again.outcome, further.outcome, overtaken.outcome]
    assert outcomes == [Outcome.OLDER, Outcome.SAVED, Outcome.OLDER]
    assert text_of(made, "moment") == "Je verhuist"
    assert not OtherVersion.objects.exists()


def test_the_newest_of_a_page_is_its_one_other_version() -> None:
    made = contribution()
    answer(made, "moment", "Hier", writer="laptop", turn=1)

    for turn, text in enumerate(["D", "Da", "Daar"], start=1):
        answer(made, "moment", text, base=0, writer="phone", turn=turn)

    assert [other.text for other in OtherVersion.objects.all()] == ["Daar"]


@pytest.mark.both_databases
def test_choosing_a_version_ends_the_doubt() -> None:
    made = contribution()
    answer(made, "moment", "Hier", writer="laptop", turn=1)
    answer(made, "moment", "Daar", base=0, writer="phone", turn=1)

    settle(made, Typed("moment", "Hier\n\nDaar", base=1), by=author_of(made))

    assert text_of(made, "moment") == "Hier\n\nDaar"
    assert not OtherVersion.objects.exists()


def test_choosing_by_an_old_page_keeps_all_versions() -> None:
    made = contribution()
    answer(made, "moment", "Hier", writer="laptop", turn=1)
    answer(made, "moment", "Daar", base=0, writer="phone", turn=1)
    answer(made, "moment", "Hier en nu", writer="laptop", turn=2)

    chosen = settle(made, Typed("moment", "Daar dan", base=1), by=author_of(made))

    assert chosen.outcome == Outcome.TWO
    assert text_of(made, "moment") == "Hier en nu"
    assert OtherVersion.objects.count() == 2


@pytest.mark.parametrize("key", ["gossip", "portrait", "alt.1", "who.x", "", "hands.1"])
def test_only_what_is_asked_is_answered(key: str) -> None:
    made = contribution(starter="spotlight")

    with pytest.raises(UnknownQuestion):
        answer(made, key, "Iets")


def test_nobody_else_answers() -> None:
    made = contribution()

    for other in (factories.ambassador(), factories.community_manager()):
        with pytest.raises(NotHers):
            answer(made, "moment", "Van een ander", by=other)

    assert not made.answers.exists()


def test_outside_the_circle_nobody_answers_any_more() -> None:
    author, chief = factories.ambassador(), factories.community_manager()
    made = contribution(by=author)
    answer(made, "moment", "Iets geheims")
    made.refresh_from_db()
    item = item_of(made)
    confide(item, circle=[], by=chief)
    item.circle.remove(author)

    with pytest.raises(NotHers):
        answer(made, "moment", "Nog iets")


@pytest.mark.both_databases
def test_beginning_again_takes_up_what_was_left_empty() -> None:
    author = factories.ambassador()
    asked = question_set()
    first = begin(asked, by=author)

    assert begin(asked, by=author) == first
    answer(first, "moment", "Iets")
    assert begin(asked, by=author) != first


def test_a_photo_question_takes_so_many() -> None:
    made = contribution(starter="years-with-us")
    for _each in range(2):
        add_photo(made, "then_and_now", picture=picture(), by=author_of(made))

    with pytest.raises(TooManyPhotos):
        add_photo(made, "then_and_now", picture=picture(), by=author_of(made))
    with pytest.raises(UnknownQuestion):
        add_photo(made, "first_day", picture=picture(), by=author_of(made))


def test_a_photo_goes_with_what_was_said_of_it() -> None:
    made = contribution(starter="spotlight")
    photo = add_photo(made, "portrait", picture=picture(), by=author_of(made))
    answer(made, photo.alt_key, "Kim lacht")

    remove_photo(made, photo.pk, by=author_of(made))

    assert not made.answers.exists()
    made.refresh_from_db()
    assert item_of(made).get_latest_revision_as_object().lead_image is None


def test_a_new_version_leaves_what_is_being_written_alone() -> None:
    made = contribution()
    before = made.question_set
    changed = {**before.content, "questions": before.content["questions"][::-1]}

    newer = add_version(before.rubric, changed, by=factories.community_manager(), after=1)

    assert newer.number == 2
    assert Contribution.objects.get(pk=made.pk).question_set == before
    with pytest.raises(UnchangeableError):
        before.save()


@pytest.mark.both_databases
def test_two_makers_of_a_version_are_told_of_each_other() -> None:
    first = question_set()
    turned = {**first.content, "questions": first.content["questions"][::-1]}
    add_version(first.rubric, turned, after=1)

    with pytest.raises(OvertakenError) as told:
        add_version(first.rubric, {**turned, "connection": "work"}, after=1)

    assert told.value.newest.number == 2


def test_the_same_questions_again_are_no_new_version() -> None:
    first = question_set()

    assert add_version(first.rubric, first.content) == first


def test_what_can_not_be_read_is_never_kept() -> None:
    with pytest.raises(UnreadableQuestionsError):
        QuestionSet.objects.create(rubric=factories.rubric(), number=1, content={"kind": "story"})


def test_saving_costs_the_same_whatever_there_is(django_assert_max_num_queries: object) -> None:
    made = contribution(starter="a-day-with")
    for key in ("start", "moments", "snag", "who_for"):
        answer(made, key, "Een zin. En nog een.")

    with django_assert_max_num_queries(60):  # type: ignore[operator]
        save_answer(made, Typed("last_thing", "Licht uit."), by=author_of(made))
