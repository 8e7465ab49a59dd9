"""Nobody's words or picture go online without her yes to exactly those."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.agreement.models import Answer, Beginning, CrowdNotice, Entry, Matter, Sensitive
from cms.agreement.rules import Stand
from cms.documents.models import PublicDocument
from cms.publishing import actions as publishing
from cms.publishing import clock
from cms.publishing.errors import NotAgreed
from cms.publishing.models import Publication, Withdrawal
from cms.publishing.on_request import Ended, end_where_over
from cms.stories.models import EditorialPage, PersonInItem
from cms.workflow import actions
from cms.workflow.errors import NotReady, OwnTextChanged, WordsNeeded
from tests import factories
from tests.factories import agreeing, stages
from tests.integration.workflow.outbox import mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def item(page: EditorialPage) -> EditorialPage:
    found: EditorialPage = EditorialPage.objects.get(pk=page.pk).specific
    return found


def test_an_interview_waits_for_who_was_interviewed() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    page, kees = agreeing.interviewed(by=author)
    state = agreeing.in_review(page, by=author)

    with pytest.raises(NotReady) as refusal:
        actions.approve(state, by=manager, digest=stages.shown(page))
    assert kees.name in str(refusal.value.problems[0].message)
    assert not item(page).live

    agreeing.says(page, kees)
    actions.approve(state, by=manager, digest=stages.shown(page))
    assert item(page).live


def test_a_change_in_her_words_asks_again_and_another_change_does_not() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    page, kees = agreeing.interviewed(by=author)
    state = agreeing.in_review(page, by=author)
    agreeing.says(page, kees)

    agreeing.rewrite(page, summary="Korter.", title="Wie luistert, hoort de haast")
    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.AGREED]

    body = agreeing.blocks(page)
    body[0]["value"] = {**body[0]["value"], "answer": "<p>Ik hoor alles.</p>"}
    agreeing.rewrite(page, body=body)
    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.OPEN]
    with pytest.raises(NotReady):
        actions.approve(state, by=manager, digest=stages.shown(page))


def test_a_yes_to_words_that_changed_meanwhile_is_refused() -> None:
    page, kees = agreeing.interviewed()
    shown = agreeing.digest(page, kees)
    body = agreeing.blocks(page)
    agreeing.rewrite(page, body=body[:1])

    with pytest.raises(OwnTextChanged):
        agreeing.says(page, kees, digest=shown)
    assert not Entry.objects.exists()


def test_who_wrote_it_herself_has_said_yes_by_submitting() -> None:
    author = factories.ambassador()
    page, _herself = agreeing.interviewed(by=author, who=author.person)

    state = agreeing.in_review(page, by=author)

    actions.approve(state, by=factories.community_manager(), digest=stages.shown(page))
    assert item(page).live
    assert Entry.objects.get().person == author.person


def test_an_approver_who_is_quoted_says_yes_by_approving() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    page, _kees = agreeing.interviewed(by=author, who=manager.person)
    state = agreeing.in_review(page, by=author)

    actions.approve(state, by=manager, digest=stages.shown(page))

    assert item(page).live


def test_who_can_be_recognised_in_a_picture_is_asked() -> None:
    author, noor = factories.ambassador(), factories.person(name="Noor Hiemstra")
    story = stages.ready_story(by=author, lead_image=agreeing.portrait(noor))
    agreeing.in_review(story, by=author)

    (row,) = agreeing.rows(story, noor)
    assert (row.matter, row.stand) == (Matter.PICTURE, Stand.OPEN)
    agreeing.says(story, noor)
    assert Entry.objects.get().matter == Matter.PICTURE


def test_a_crowd_that_was_told_is_not_asked_but_gets_out_on_request() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    noor = factories.person(name="Noor Hiemstra")
    picture = agreeing.portrait(noor)
    CrowdNotice.objects.create(image=picture, told_on=timezone.now().date(), how="Bordje")
    story = stages.live(by=author, manager=manager, lead_image=picture)
    assert story.live

    ended = agreeing.takes_back(story, noor, Matter.PICTURE)

    assert ended == Ended.PART
    assert item(story).live
    assert PublicDocument.objects.get(public_id=story.public_id).content["lead_image"] is None
    assert not PublicDocument.objects.filter(public_id=picture.public_id).exists()


def test_a_sensitive_item_asks_whoever_is_only_named_and_crowds_as_well() -> None:
    author, noor = factories.ambassador(), factories.person(name="Noor Hiemstra")
    picture = agreeing.portrait(noor)
    CrowdNotice.objects.create(image=picture, told_on=timezone.now().date(), how="Bordje")
    story = stages.ready_story(by=author, people=[noor], lead_image=picture)
    assert agreeing.rows(story, noor) == []

    Sensitive.objects.create(item=story, kind=Sensitive.Kind.HEALTH)

    assert [row.matter for row in agreeing.rows(story, noor)] == [Matter.WORDS, Matter.PICTURE]
    agreeing.says(story, noor)
    assert {entry.basis for entry in Entry.objects.all()} == {"explicit-consent"}


def test_a_no_between_approval_and_its_moment_keeps_it_offline() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    page, kees = agreeing.interviewed(by=author)
    state = agreeing.in_review(page, by=author)
    agreeing.says(page, kees)
    due_at = timezone.now() + timedelta(hours=1)
    actions.approve(state, by=manager, digest=stages.shown(page), due_at=due_at)

    assert agreeing.takes_back(page, kees) == Ended.PLACE

    clock.publish_due(reading=lambda: due_at + timedelta(seconds=1))
    assert not item(page).live
    told = mails_to(manager)[-1]
    assert page.title in told.subject
    assert f"/agreements/{page.pk}/" in told.body or f"/pages/{page.pk}/" in told.body
    assert kees.name not in told.body


def test_somebody_marked_in_a_picture_after_approval_stops_the_moment_itself() -> None:
    noor = factories.person(name="Noor Hiemstra")
    picture = agreeing.portrait()
    publication = stages.due(stages.scheduled(lead_image=picture))
    picture.people_shown.add(noor)

    clock.publish_due()

    publication.refresh_from_db()
    assert publication.state == Publication.State.FAILED
    assert publication.failure == str(NotAgreed())
    with pytest.raises(NotAgreed):
        publishing.reschedule(publication, by=factories.community_manager(), due_at=None)


def test_taking_back_ends_what_is_live_and_forgets_the_words() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    page, kees = agreeing.interviewed(by=author)
    state = agreeing.in_review(page, by=author)
    agreeing.says(page, kees)
    actions.approve(state, by=manager, digest=stages.shown(page))

    assert agreeing.takes_back(page, kees) == Ended.ALL

    assert not item(page).live
    assert not PublicDocument.objects.filter(public_id=page.public_id).exists()
    assert Withdrawal.objects.get().by is None
    given = Entry.objects.get(answer=Answer.YES)
    assert given.withdrawn_at is not None
    assert given.shown == []
    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.REFUSED]


def test_only_she_herself_takes_a_no_back() -> None:
    page, kees = agreeing.interviewed()
    agreeing.in_review(page, by=page.owner)
    agreeing.says(page, kees, Answer.NO)
    body = agreeing.blocks(page)
    agreeing.rewrite(page, body=body[:1])
    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.REFUSED]

    agreeing.says(page, kees)

    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.AGREED]


def test_a_no_names_nobody() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    noor = factories.person(name="Noor Hiemstra")
    page, kees = agreeing.interviewed(by=author, lead_image=agreeing.portrait(noor))
    state = agreeing.in_review(page, by=author)
    agreeing.says(page, kees)
    agreeing.says(page, noor, Answer.NO)

    with pytest.raises(NotReady) as refusal:
        actions.approve(state, by=manager, digest=stages.shown(page))

    (problem,) = refusal.value.problems
    for word in (*noor.name.split(), *kees.name.split()):
        assert word not in str(problem.message)
        assert all(word not in mail.body for mail in mails_to(manager)[-1:])


def test_a_change_asked_for_needs_words_and_lets_the_next_version_be_asked() -> None:
    page, kees = agreeing.interviewed()
    agreeing.in_review(page, by=page.owner)
    with pytest.raises(WordsNeeded):
        agreeing.says(page, kees, Answer.CHANGE)
    agreeing.says(page, kees, Answer.CHANGE, sentence="Ik zei niet 'haast'.")
    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.CHANGE]

    body = agreeing.blocks(page)
    agreeing.rewrite(page, body=body[:1])

    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.OPEN]


def test_a_yes_that_ends_takes_the_item_off_by_itself() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    page, kees = agreeing.interviewed(by=author)
    state = agreeing.in_review(page, by=author)
    agreeing.says(page, kees)
    actions.approve(state, by=manager, digest=stages.shown(page))
    end = timezone.now() + timedelta(days=30)
    Entry.objects.update(until=end)

    assert end_where_over(now=end - timedelta(seconds=1)) == 0
    assert item(page).live
    assert end_where_over(now=end) == 1
    assert not item(page).live


def test_what_was_live_before_the_register_stays_and_can_be_edited_elsewhere() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    page, kees = agreeing.interviewed(by=author)
    state = agreeing.in_review(page, by=author)
    agreeing.says(page, kees)
    actions.approve(state, by=manager, digest=stages.shown(page))
    Entry.objects.all().delete()
    Beginning.objects.update(at=timezone.now() + timedelta(minutes=1))

    agreeing.rewrite(page, summary="Korter.")
    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.BEFORE]
    body = agreeing.blocks(page)
    agreeing.rewrite(page, body=body[:1])
    assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.OPEN]


def test_what_was_approved_before_the_register_goes_out() -> None:
    noor = factories.person()
    picture = agreeing.portrait()
    publication = stages.due(stages.scheduled(lead_image=picture))
    picture.people_shown.add(noor)
    Beginning.objects.update(at=timezone.now() + timedelta(minutes=1))

    clock.publish_due()

    assert stages.item_of(publication).live


def test_a_quotation_in_the_text_is_of_who_is_named_beside_it() -> None:
    noor, kees = factories.person(name="Noor Hiemstra"), factories.person(name="Kees Brouwer")
    body = [
        {"type": "paragraph", "value": "<p>Noor lacht: ‘Dat was foto’s maken in de regen.’</p>"},
        {"type": "paragraph", "value": "<p>Zij en Brouwer zeiden “ja” en liepen door.</p>"},
    ]
    story = stages.ready_story(people=[noor, kees], body=body)

    assert agreeing.rows(story, kees) == []
    (row,) = agreeing.rows(story, noor)
    assert [passage.said for passage in row.part.words] == ["‘Dat was foto’s maken in de regen.’"]


def test_who_left_the_item_is_not_waited_for() -> None:
    noor = factories.person(name="Noor Hiemstra")
    story = stages.ready_story(
        people=[noor],
        body=[
            {"type": "pull_quote", "value": {"text": "Ik zeg het.", "speaker": noor.pk}},
            {"type": "paragraph", "value": "<p>Tekst.</p>"},
        ],
    )
    agreeing.says(story, noor, Answer.NO)
    PersonInItem.objects.filter(page=story.pk).delete()
    body = agreeing.blocks(story)
    agreeing.rewrite(story, body=body[1:])

    assert agreeing.rows(story, noor) == []
