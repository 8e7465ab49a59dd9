"""The typed graph: every kind and block, filtered and paged, from public documents only."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.accounts.models import Person
from cms.core.models import Logo, Style
from cms.documents.actions import put, refresh_all, remove
from cms.media.models import Image
from cms.media.renditions import ensure_renditions
from cms.publishing.styling import dress
from cms.stories.models import EditorialPage
from tests import factories
from tests.factories.api import FULL, Asker

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 11, 19, 8, 10, tzinfo=UTC)


def full_body(picture: Image, person: Person) -> list[dict[str, object]]:
    return [
        {"type": "paragraph", "value": "<p>Tekst</p>", "id": "1"},
        {"type": "heading", "value": {"text": "Kop"}, "id": "2"},
        {
            "type": "image",
            "value": {
                "image": {"image": picture.pk, "alt_text": "Fiets", "decorative": False},
                "caption": "Onderschrift",
            },
            "id": "3",
        },
        {"type": "pull_quote", "value": {"text": "Zo!", "speaker": person.pk}, "id": "4"},
        {
            "type": "question_answer",
            "value": {"question": "Hoe?", "answer": "<p>Zo.</p>"},
            "id": "5",
        },
        {"type": "call_out", "value": {"title": "Let op", "body": "<p>Hier</p>"}, "id": "6"},
    ]


def full_item(maker: Callable[..., EditorialPage], **fields: object) -> EditorialPage:
    """Make an item in which every field says something."""
    person = factories.person(
        portrait=factories.image(),
        department=factories.department(),
        location=factories.location(),
    )
    nameless = factories.person(shown_on_hub=False, name="Zonder pagina", slug=f"z{person.pk}")
    item = maker(
        live=True,
        authors=[person],
        people=[factories.person(), nameless],
        lead_image=factories.image(),
        goal=factories.goal(owner=person),
        core_value=factories.core_value(),
        body=full_body(factories.image(), person),
        **fields,
    )
    item.tags.add(factories.tag(name="fietsen"), factories.tag(name="werk"))
    item.departments.set([factories.department()])
    item.save()
    for image in Image.objects.all():
        ensure_renditions(image)
    return item


def publish_everything() -> None:
    Page.objects.filter(first_published_at=None).update(first_published_at=DUE)
    with transaction.atomic():
        refresh_all()


def titles(asker: Asker, **variables: object) -> list[str]:
    nodes = asker.data(FULL, **variables)["stories"]["nodes"]
    return [node["title"] for node in nodes]


def test_every_kind_of_item_arrives_with_its_own_fields(reader: Asker) -> None:
    rubric = factories.rubric(keeper=factories.person())
    old = factories.announcement(live=True, title="Oud")
    full_item(factories.story, parent=rubric)
    full_item(factories.interview, parent=rubric, interviewee=factories.person(name="Magda"))
    full_item(factories.announcement, replaces=old, valid_until=DUE)
    publish_everything()

    nodes = reader.data(FULL)["stories"]["nodes"]

    by_type = {node["__typename"]: node for node in nodes if node["title"] != "Oud"}
    assert by_type["Interview"]["interviewee"]["person"]["name"] == "Magda"
    assert by_type["Interview"]["rubric"]["keeper"]["person"]["path"].startswith("collegas/")
    assert by_type["Announcement"]["validUntil"] == "2026-11-19T08:10:00Z"
    assert by_type["Announcement"]["replaces"] == [str(old.public_id)]
    assert by_type["Announcement"]["section"]["title"] == "Mededelingen"
    story = by_type["Story"]
    assert story["publishedAt"] == "2026-11-19T08:10:00Z"
    assert [tag["title"] for tag in story["tags"]] in (["fietsen", "werk"], ["werk", "fietsen"])
    assert story["goal"]["owner"]["person"]["portrait"]["image"]["renditions"]
    assert story["people"][1] == {"name": "Zonder pagina", "role": "Monteur", "person": None}


def test_every_block_arrives_with_its_own_type(reader: Asker) -> None:
    full_item(factories.story)
    publish_everything()

    body = reader.data(FULL)["stories"]["nodes"][0]["body"]

    assert [block["__typename"] for block in body] == [
        "ParagraphBlock",
        "HeadingBlock",
        "ImageBlock",
        "PullQuoteBlock",
        "QuestionAnswerBlock",
        "CallOutBlock",
    ]
    assert body[0]["html"] == "<p>Tekst</p>"
    assert body[1]["text"] == "Kop"
    assert body[2]["image"]["alt"] == "Fiets"
    assert len(body[2]["image"]["image"]["renditions"]) == 5
    assert body[3]["speaker"]["person"]["name"]
    assert body[4] == {
        "__typename": "QuestionAnswerBlock",
        "id": "5",
        "question": "Hoe?",
        "answerHtml": "<p>Zo.</p>",
    }
    assert body[5]["bodyHtml"] == "<p>Hier</p>"


@pytest.mark.parametrize("count", [1, 5])
def test_a_list_costs_the_same_number_of_queries_however_long_it_is(
    press: Asker, count: int
) -> None:
    rubric = factories.rubric(keeper=factories.person(portrait=factories.image()))
    for _number in range(count):
        full_item(factories.story, parent=rubric)
    publish_everything()
    press.ask("{ hub { title } }")  # notes that the token was used

    with CaptureQueriesContext(connection) as queries:
        nodes = press.data(FULL, first=100)["stories"]["nodes"]

    assert len(nodes) == count
    assert len(queries) == 5  # the token, the items, and what is mentioned, three hops far


@pytest.mark.both_databases
def test_items_are_filtered(reader: Asker) -> None:
    rubric, other = factories.rubric(), factories.rubric()
    author = factories.person()
    wanted = full_item(factories.story, parent=rubric, title="Gezocht")
    wanted.authors.create(person=author)
    wanted.save()
    department = wanted.departments.first()
    factories.interview(live=True, parent=other, title="Ander")
    publish_everything()
    with transaction.atomic():
        put(wanted, published_at=datetime(2026, 10, 1, tzinfo=UTC))
    tag = factories.tag(name="fietsen")

    for filters in (
        {"rubric": str(rubric.public_id)},
        {"tag": str(tag.public_id)},
        {"department": str(department.public_id)},
        {"person": str(author.public_id)},
        {"period": "2026-10"},
        {"kind": "STORY"},
        {"kind": "STORY", "rubric": str(rubric.public_id), "period": "2026-10"},
    ):
        assert titles(reader, **filters) == ["Gezocht"], filters
    assert titles(reader, kind="STORY", rubric=str(other.public_id)) == []


@pytest.mark.both_databases
def test_paging_neither_skips_nor_repeats_while_items_come_and_go(reader: Asker) -> None:
    stories = [factories.story(live=True, title=f"{number:02}") for number in range(10)]
    for number, story in enumerate(stories):
        with transaction.atomic():
            put(story, published_at=DUE - timedelta(days=number))
    seen: list[str] = []
    after = None
    for step in range(5):
        page = reader.data(FULL, first=3, after=after)["stories"]
        seen += [node["title"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        with transaction.atomic():
            newer = factories.story(live=True, title=f"new {step}")
            put(newer, published_at=DUE + timedelta(days=step))
            remove(stories[step].public_id)
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert seen == [f"{number:02}" for number in range(10)]


@pytest.mark.both_databases
def test_items_of_one_moment_are_paged_as_well(reader: Asker) -> None:
    for number in range(7):
        factories.story(live=True, title=str(number))
    publish_everything()
    seen: set[str] = set()
    after = None
    for _page in range(4):
        page = reader.data(FULL, first=2, after=after)["stories"]
        seen |= {node["title"] for node in page["nodes"]}
        after = page["pageInfo"]["endCursor"]

    assert len(seen) == 7


def test_an_item_is_found_by_its_path(reader: Asker) -> None:
    story = factories.story(live=True, slug="de-ochtend", parent=factories.rubric(slug="wie"))
    publish_everything()
    query = "query($path: String!) { story(path: $path) { id __typename } }"

    for path in ("wie/de-ochtend/", "/wie/de-ochtend", "wie//de-ochtend"):
        assert reader.data(query, path=path)["story"]["id"] == str(story.public_id)
    for path in ("wie/", "", "wie/de-avond/", "../wie/de-ochtend"):
        assert reader.data(query, path=path)["story"] is None


def test_hub_rubrics_sections_people_and_tags_are_listed(reader: Asker) -> None:
    factories.hub_page(title="De Tent", headcount=140)
    first, second = factories.rubric(title="Eerste"), factories.rubric(title="Tweede")
    factories.section()
    full_item(factories.story, parent=first)
    factories.person(name="Ada", slug="ada")
    factories.person(name="Verborgen", slug="aaa", shown_on_hub=False)
    publish_everything()

    data = reader.data(
        """{ hub { title headcount timeZone } rubrics { title order } sections { path }
             people(first: 1) { nodes { name } pageInfo { hasNextPage endCursor } }
             tags { nodes { title path } pageInfo { hasNextPage } } }"""
    )

    assert data["hub"] == {"title": "De Tent", "headcount": 140, "timeZone": "Europe/Amsterdam"}
    assert [rubric["title"] for rubric in data["rubrics"]] == [first.title, second.title]
    assert data["sections"] == [{"path": "mededelingen/"}]
    assert data["people"]["nodes"] == [{"name": "Ada"}]
    assert data["people"]["pageInfo"]["hasNextPage"]
    assert {tag["path"] for tag in data["tags"]["nodes"]} == {
        "onderwerp/fietsen/",
        "onderwerp/werk/",
    }
    rest = reader.data(
        "query($after: String) { people(after: $after) { nodes { name } } }",
        after=data["people"]["pageInfo"]["endCursor"],
    )
    assert "Ada" not in [person["name"] for person in rest["people"]["nodes"]]
    assert "Verborgen" not in [person["name"] for person in rest["people"]["nodes"]]


STYLE = """{ hub { title style {
  light dark accent headings letters
  logo { hash format width height bytes ground } logoDark { hash }
} } }"""


def test_the_hub_tells_of_its_house_style_in_the_same_question(press: Asker) -> None:
    factories.hub_page(title="De Tent")
    publish_everything()
    plain = press.data(STYLE)["hub"]  # notes that the token was used as well
    logo = Logo(content=b"RIFF....WEBP", width=384, height=128, ground="light")
    logo.content_hash = "ab" * 32
    worn = Style(light="#0a4f8a", headings="schibsted", logo=logo)
    dress(worn, by=factories.community_manager())

    with CaptureQueriesContext(connection) as queries:
        dressed = press.data(STYLE)["hub"]

    assert plain == {"title": "De Tent", "style": None}
    assert dressed["style"] == {
        "light": "#0a4f8a",
        "dark": worn.dark_in_use,
        "accent": None,
        "headings": "schibsted",
        "letters": "literata",
        "logo": {
            "hash": "ab" * 32,
            "format": "webp",
            "width": 384,
            "height": 128,
            "bytes": 12,
            "ground": "light",
        },
        "logoDark": None,
    }
    assert len(queries) == 2  # the token, and hub and style together


@pytest.mark.parametrize("state", ["draft", "scheduled", "expired", "withdrawn", "changed"])
def test_a_word_that_is_not_public_occurs_in_no_answer(
    reader: Asker, press: Asker, state: str
) -> None:
    story = factories.story(live=state in {"withdrawn", "changed"}, title="Openbaar")
    if state == "changed":
        publish_everything()
    if state != "changed":
        Page.objects.filter(pk=story.pk).update(title="Kanariepiet")
    story.refresh_from_db()
    story.title = "Kanariepiet"
    story.summary = "Kanariepiet"
    story.tags.add(factories.tag(name="Kanariepiet"))
    match state:
        case "scheduled":
            story.go_live_at = timezone.now() + timedelta(hours=1)
        case "expired":
            Page.objects.filter(pk=story.pk).update(
                live=True, expire_at=timezone.now() - timedelta(seconds=1)
            )
    story.save_revision()
    publish_everything()
    if state == "withdrawn":
        with transaction.atomic():
            Page.objects.filter(pk=story.pk).update(live=False)
            remove(story.public_id)

    answers = [
        str(reader.ask(FULL)),
        str(reader.ask("{ tags { nodes { title } } }")),
        str(press.ask("{ feed { entries { publicId document } } }")),
    ]

    assert not [answer for answer in answers if "Kanariepiet" in answer]
