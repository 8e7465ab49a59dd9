from datetime import timedelta

import pytest
from django.utils import timezone

from cms.stories.models import EditorialPage
from cms.workflow.readiness import Problem, problems, problems_at_submission
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db


def keys(found: list[Problem]) -> list[str]:
    return [problem.key for problem in found]


def text_of(page: EditorialPage) -> EditorialPage:
    draft: EditorialPage = page.get_latest_revision().as_object()
    return draft


def test_a_finished_story_has_no_problems() -> None:
    assert problems(text_of(stages.ready_story())) == []


@pytest.mark.parametrize(
    ("fields", "key", "field"),
    [
        ({"title": " "}, "title", "title"),
        ({"slug": "2026"}, "slug-year", "slug"),
        ({"slug": "Ontbijt"}, "slug", "slug"),
        ({"slug": "één"}, "slug", "slug"),
        ({"summary": ""}, "summary", "summary"),
        ({"body": []}, "text", "body"),
        ({"body": [{"type": "paragraph", "value": "<p>&nbsp;</p>"}]}, "text", "body"),
        ({"goal": None}, "goal", "goal"),
        ({"connection": ""}, "connection", "connection"),
        ({"language": "de"}, "language", "language"),
    ],
)
def test_what_is_missing_is_named_with_its_field(
    fields: dict[str, object], key: str, field: str
) -> None:
    page = text_of(stages.ready_story())
    for name, value in fields.items():
        setattr(page, name, page.body.stream_block.to_python(value) if name == "body" else value)

    found = problems(page)

    assert (key, field) in [(problem.key, problem.field) for problem in found]
    assert all(str(problem.message) for problem in found)


def test_practical_messages_need_no_goal() -> None:
    assert problems(text_of(stages.ready_story(goal=None, connection="practical"))) == []


def test_an_announcement_needs_no_goal_and_ends_after_it_starts() -> None:
    now = timezone.now()
    page = text_of(
        factories.announcement(
            by=factories.ambassador(), connection="", valid_from=now, valid_until=now
        )
    )

    assert keys(problems(page)) == ["validity"]


def test_an_interview_needs_somebody_and_an_answer() -> None:
    page = text_of(factories.interview(by=factories.ambassador(), goal=factories.goal()))
    assert keys(problems(page)) == ["interviewee", "question"]

    page.interviewee = factories.person()
    page.body.append(("question_answer", {"question": "Waarom?", "answer": "<p>Daarom.</p>"}))

    assert keys(problems(page)) == ["agreement"]
    assert problems_at_submission(page) == []


def test_a_half_finished_part_is_pointed_at() -> None:
    page = text_of(
        stages.ready_story(
            body=[
                {"type": "paragraph", "id": "a", "value": "<p>Tekst.</p>"},
                {"type": "heading", "id": "b", "value": {"text": " "}},
            ]
        )
    )

    (problem,) = problems(page)

    assert (problem.key, problem.block) == ("empty-block", "b")


def test_a_picture_is_described_or_marked_as_decoration() -> None:
    image = factories.image(description="")
    page = text_of(stages.ready_story())
    page.lead_image = image
    assert "lead-image-alt" in keys(problems(page))

    page.lead_image_alt = "Een fiets in de zon"
    assert "lead-image-alt" not in keys(problems(page))


def test_pictures_that_are_still_being_prepared_stop_approval_not_submission() -> None:
    image = factories.image()
    image.renditions.all().delete()
    page = text_of(stages.ready_story())
    page.lead_image = image

    assert keys(problems(page)) == ["renditions"]
    assert problems_at_submission(page) == []


def test_a_person_who_was_removed_is_noticed() -> None:
    person = factories.person()
    page = text_of(stages.ready_story(people=[person]))
    page.people.all()[0].person_id = 10_000

    assert keys(problems(page)) == ["person-gone"]


def test_an_address_that_another_page_has_is_taken() -> None:
    rubric = factories.rubric()
    first = stages.ready_story(parent=rubric)
    second = text_of(stages.ready_story(parent=rubric))
    second.slug = first.slug

    assert keys(problems(second)) == ["slug-taken"]


def test_an_end_before_the_start_is_refused() -> None:
    page = text_of(stages.ready_story())
    page.go_live_at = timezone.now()
    page.expire_at = page.go_live_at - timedelta(minutes=1)

    assert keys(problems(page)) == ["ends-before-start"]


@pytest.mark.parametrize("slug", ["newsroom", "graphql", "a", "login", "collegas", "preview"])
def test_a_rubric_never_takes_an_address_of_pleins_own(slug: str) -> None:
    rubric = factories.rubric()
    rubric.slug = slug

    assert keys(problems(rubric)) == ["slug-reserved"]


@pytest.mark.parametrize(
    ("block", "keys_of_problems"),
    [
        ({"type": "gallery", "value": {"title": "", "images": []}}, ["gallery"]),
        ({"type": "table", "value": {"table": None, "row_headings": True}}, ["table"]),
        (
            {
                "type": "table",
                "value": {
                    "table": {
                        "columns": [{"type": "text", "heading": ""}],
                        "rows": [{"values": ["x"]}],
                        "caption": "",
                    }
                },
            },
            ["table-heading", "table-caption"],
        ),
        ({"type": "code", "value": {"text": " \n", "caption": ""}}, ["empty-block"]),
        (
            {"type": "button", "value": {"text": "", "page": None, "address": ""}},
            ["button-text", "button-target"],
        ),
        ({"type": "document", "value": {"file": None, "title": "Weg"}}, ["file"]),
        (
            {"type": "video", "value": {"file": None, "title": ""}},
            ["film", "film-title", "captions", "transcript"],
        ),
        ({"type": "video", "value": {"file": None, "title": "x", "is_silent": True}}, ["film"]),
    ],
)
def test_a_block_that_shows_something_says_what_it_still_needs(
    block: dict[str, object], keys_of_problems: list[str]
) -> None:
    page = text_of(stages.ready_story())
    page.body = page.body.stream_block.to_python(
        [{"type": "paragraph", "value": "<p>Goed.</p>"}, {"id": "b", **block}]
    )

    found = [problem for problem in problems(page) if problem.block == "b"]

    assert keys(found) == keys_of_problems
    assert all(problem.blocking and str(problem.message) for problem in found)
