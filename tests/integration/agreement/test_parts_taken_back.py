"""One person's part goes offline and the rest stays, where one can be told from the other."""

from typing import Any

import pytest
from django.utils import timezone

from cms.accounts.models import Person
from cms.agreement.models import Answer, Entry, Matter
from cms.desk.agree.shown import State, own_part
from cms.documents.feed import read_feed
from cms.documents.models import PublicDocument
from cms.publishing.models import Publication, Removal
from cms.publishing.on_request import Ended, end_where_over
from cms.stories.models import EditorialPage
from cms.workflow import actions
from tests import factories
from tests.factories import agreeing, stages
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.django_db

QUOTE = "Wie haast heeft, last twee keer."
REST = {"type": "paragraph", "value": "<p>De hal ruikt naar ijzer en koffie.</p>"}


def quote_of(who: Person) -> dict[str, Any]:
    return {"type": "pull_quote", "value": {"text": QUOTE, "speaker": who.pk}}


def live(body: list[dict[str, Any]], *people: Person, **fields: object) -> EditorialPage:
    """Publish a story to which all these people said yes."""
    author, manager = factories.ambassador(), factories.community_manager()
    story = stages.ready_story(by=author, body=body, people=list(people), **fields)
    state = actions.submit(story, by=author)
    for one in people:
        if agreeing.rows(story, one):
            agreeing.says(story, one)
    actions.approve(state, by=manager, digest=stages.shown(story))
    return fresh(story)


def fresh(page: EditorialPage) -> EditorialPage:
    found: EditorialPage = EditorialPage.objects.get(pk=page.pk).specific
    return found


def content(page: EditorialPage) -> Any:
    return PublicDocument.objects.get(public_id=page.public_id).content


def picture(image: Any) -> dict[str, Any]:
    alt = {"image": image.pk, "alt_text": "Iemand aan de las", "decorative": False}
    return {"image": alt, "caption": ""}


def test_a_quote_and_a_portrait_go_and_the_rest_stays() -> None:
    noor, kees = factories.person(name="Noor Hiemstra"), factories.person(name="Kees Brouwer")
    portrait = agreeing.portrait(noor)
    body = [REST, quote_of(noor), {"type": "image", "value": picture(portrait)}]
    story = live(
        [*body, {**quote_of(kees), "value": {"text": "Mooi man.", "speaker": kees.pk}}], noor, kees
    )
    approved = Publication.objects.get(page=story.pk)

    assert agreeing.takes_back(story, noor) == Ended.PART

    assert fresh(story).live
    document = content(story)
    assert [block["type"] for block in document["body"]] == ["paragraph", "pull_quote"]
    assert str(noor.public_id) not in str(document)
    assert not PublicDocument.objects.filter(public_id=portrait.public_id).exists()
    row = PublicDocument.objects.get(public_id=story.public_id)
    told = {entry.public_id: entry for entry in read_feed(after=None, first=500).entries}
    assert (row.cut_seq, told[story.public_id].cut_seq) == (row.seq, row.seq)
    reduced = Publication.objects.exclude(pk=approved.pk).get(page=story.pk)
    assert reduced.approved_by == approved.approved_by
    assert QUOTE not in str(agreeing.blocks(story))
    assert approved.approved_by is not None
    assert "Een deel is offline gehaald" in mails_to(approved.approved_by)[-1].subject
    assert Entry.objects.get(person=noor, answer=Answer.YES, matter=Matter.WORDS).shown == []


def test_she_reads_that_her_part_is_gone_and_was_looked_for() -> None:
    noor = factories.person(name="Noor Hiemstra")
    story = live([REST, quote_of(noor)], noor)
    agreeing.takes_back(story, noor)
    gone_at = timezone.now()
    Publication.objects.filter(page=story.pk).update(live_at=gone_at)
    report = {"seconds": 1, "files": 3, "scanned": 40}
    Removal.objects.create(item_id=story.public_id, at=gone_at, **report)

    own = own_part(agreeing.party(story, noor))

    assert (own.state, own.is_live) == (State.TAKEN_BACK, True)
    assert own.gone is not None
    assert own.gone.gone_at == gone_at
    assert own.gone.removal is not None


@pytest.mark.parametrize(
    ("rest", "fields"),
    [
        ([], {}),
        ([{"type": "paragraph", "value": "<p>Vraag het aan Noor.</p>"}], {}),
        ([{"type": "paragraph", "value": "<p>‘Zo is het altijd gegaan.’</p>"}], {}),
        ([REST], {"title": "Hiemstra last twee keer"}),
    ],
    ids=["nothing is left", "she is named", "she is quoted in it", "she is in the title"],
)
def test_the_whole_item_goes_where_she_would_still_be_in_it(
    rest: list[dict[str, Any]], fields: dict[str, Any]
) -> None:
    noor = factories.person(name="Noor Hiemstra")
    story = live([*rest, quote_of(noor)], noor, **fields)

    assert agreeing.takes_back(story, noor) == Ended.ALL

    assert not fresh(story).live
    assert not PublicDocument.objects.filter(public_id=story.public_id).exists()


def test_who_is_in_a_gallery_or_on_a_film_is_asked_and_gets_out() -> None:
    noor, other = factories.person(name="Noor Hiemstra"), factories.person(name="Kees Brouwer")
    hers, his, nobody = agreeing.portrait(noor), agreeing.portrait(other), agreeing.portrait()
    images = [
        {"type": "item", "id": str(each.public_id), "value": picture(each)}
        for each in (hers, his, nobody)
    ]
    gallery = {"type": "gallery", "value": {"title": "", "images": images}}
    story = live([REST, gallery], noor, other)
    assert [row.matter for row in agreeing.rows(story, noor)] == [Matter.PICTURE]

    assert agreeing.takes_back(story, noor) == Ended.PART

    shown = content(story)["body"][1]["value"]["images"]
    assert [each["image"] for each in shown] == [str(his.public_id), str(nobody.public_id)]
    assert agreeing.takes_back(story, other) == Ended.PART
    assert [block["type"] for block in content(story)["body"]] == ["paragraph"]


def test_a_yes_that_ends_takes_only_that_part_off() -> None:
    noor = factories.person(name="Noor Hiemstra")
    story = live([REST, quote_of(noor)], noor)
    end = timezone.now()
    Entry.objects.update(until=end)

    assert end_where_over(now=end) == 1

    assert fresh(story).live
    assert QUOTE not in str(content(story))


def test_a_newer_draft_loses_the_part_as_well() -> None:
    noor = factories.person(name="Noor Hiemstra")
    story = live([REST, quote_of(noor)], noor)
    agreeing.rewrite(story, summary="Korter kan altijd.")

    agreeing.takes_back(story, noor)

    assert agreeing.latest(story).summary == "Korter kan altijd."
    assert [block["type"] for block in agreeing.blocks(story)] == ["paragraph"]
