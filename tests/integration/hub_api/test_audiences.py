"""The typed graph and pictures, for who is in an audience and for who is not."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from cms.accounts.models import User
from cms.documents.actions import put
from cms.documents.models import PublicDocument
from cms.media.models import Rendition
from cms.media.renditions import ensure_renditions
from cms.stories.models import Announcement, HubPage, Section
from hub_site.content.parsing import parse_all
from hub_site.pages import compose
from hub_site.trees import tree_of
from tests import factories
from tests.factories.api import Asker, press_asker, session_asker, token_asker
from tests.unit.hub_site import samples

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 11, 19, 8, 10, tzinfo=UTC)
CANARY = "kwikstaart"
EVERYTHING = """query Everything($path: String!) {
  stories { nodes { id title leadImage { image { id } } tags { title }
                    ... on Announcement { replaces replacedBy } } }
  story(path: $path) { title translationOf }
  tags { nodes { title } }
}"""
FILTERED = "query Filtered($tag: ID) { stories(tag: $tag) { nodes { title } } }"


@pytest.fixture
def member() -> User:
    return factories.employee(username="member")


@pytest.fixture
def gated(member: User) -> Announcement:
    """Make an announcement for the council, in the place of one for everyone."""
    audience = factories.audience(members=[member])
    old = factories.announcement(live=True, title="Eerst voor iedereen")
    made = factories.announcement(
        live=True,
        title=f"De {CANARY}",
        audience=audience.key,
        replaces=old,
        lead_image=factories.image(title=CANARY),
    )
    made.tags.add(factories.tag(name=CANARY))
    made.save()
    with transaction.atomic():
        put(old, made, published_at=DUE)
    return made


def ask(asker: Asker, item: Announcement) -> str:
    path = PublicDocument.objects.get(pk=item.public_id).path
    return str(asker.data(EVERYTHING, path=path))


def test_who_is_in_it_reads_it_by_session_and_by_token(member: User, gated: Announcement) -> None:
    for asker in (session_asker(member), token_asker(member)):
        answer = ask(asker, gated)

        assert answer.count(CANARY) == 4
        assert str(gated.public_id) in answer


@pytest.mark.parametrize("role", ["employee", "community_manager", "administrator"])
def test_to_everybody_else_it_does_not_exist(gated: Announcement, role: str) -> None:
    user = getattr(factories, role)()
    tag = PublicDocument.objects.get(kind="tag")
    for asker in (session_asker(user), token_asker(user)):
        answer = ask(asker, gated)

        assert CANARY not in answer
        assert str(gated.public_id) not in answer  # nor as what replaces another
        assert "Eerst voor iedereen" in answer
        assert asker.data(FILTERED, tag=str(tag.pk))["stories"]["nodes"] == []


def test_who_leaves_the_audience_reads_it_no_longer(member: User, gated: Announcement) -> None:
    asker = session_asker(member)
    member.audiences.clear()

    assert CANARY not in ask(asker, gated)


def test_the_press_gets_its_picture_and_no_reader_does(member: User, gated: Announcement) -> None:
    assert gated.lead_image is not None
    ensure_renditions(gated.lead_image)
    rendition = Rendition.objects.for_hub().filter(image=gated.lead_image).first()
    assert rendition is not None

    assert press_asker().picture(rendition.content_hash).status_code == 200
    refused = {
        (answer.status_code, answer.content)
        for user in (member, factories.employee())
        for asker in (session_asker(user), token_asker(user))
        for answer in [asker.picture(rendition.content_hash), asker.picture("0" * 64)]
    }
    assert len(refused) == 1
    assert refused.pop()[0] == 404


def test_press_hears_of_every_audience_and_others_of_none(gated: Announcement) -> None:
    other = factories.audience(name="Nog leeg")
    query = "query Names($asks: Boolean) { feed(audiences: $asks) { audiences { key name } } }"

    told = press_asker().data(query, asks=True)["feed"]["audiences"]
    assert {each["key"] for each in told} == {gated.audience, other.key}
    assert {"key": other.key, "name": "Nog leeg"} in told
    assert press_asker().data(query, asks=False)["feed"]["audiences"] == []


def test_press_prints_what_the_newsroom_gates_in_its_tree_alone(gated: Announcement) -> None:
    with transaction.atomic():
        put(*HubPage.objects.all(), *Section.objects.all())
    feed = press_asker().data(
        "{ feed(audiences: true) { audiences { key name } entries { publicId document } } }"
    )["feed"]
    documents = [(each["publicId"], each["document"]) for each in feed["entries"]]
    named = [samples.audience(each["key"], each["name"]) for each in feed["audiences"]]

    parsed = parse_all([*documents, *((str(each["id"]), each) for each in named)])
    site = compose(parsed.documents, as_of=datetime.now(UTC))

    saying = {tree_of(page.path) for page in site.pages if CANARY in repr(page.view)}
    assert parsed.set_aside == site.set_aside == ()
    assert saying == {gated.audience}
    images = [each for each in parsed.documents if each.kind == "image"]
    assert [each.audience for each in images] == ["mentioned"]
