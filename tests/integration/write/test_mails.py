"""Where mails about a text lead: to the desk it was written at, else to the editor."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow

from cms.accounts.models import Person, User
from cms.agreement.models import Answer
from cms.contributions.actions import add_photo, hand_in, take_back
from cms.contributions.models import Contribution
from cms.media.intake import CleanPicture, take_in
from cms.publishing import actions as publishing
from cms.publishing import clock, emergencies
from cms.publishing.models import Publication
from cms.stories.models import Author, EditorialPage
from cms.workflow import actions, edits, lanes
from tests import factories
from tests.factories import agreeing, stages
from tests.factories.contributions import contribution, fill, item_of
from tests.factories.links import come_in, link_to_write
from tests.integration.contributions.test_drafts import TIP
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in(writer: User, manager: User) -> Contribution:
    made = contribution(by=writer)
    fill(made, TIP)
    hand_in(made, by=writer)
    return made


def photo() -> CleanPicture:
    encoded = BytesIO()
    Pillow.new("RGB", (60, 40), "teal").save(encoded, "JPEG")
    return take_in(encoded, name="kees.jpg")


def way_in_last_mail(user: User) -> str:
    """Return the path that the button of somebody's newest mail opens."""
    found = re.findall(r"https?://[^/\s]+(/\S+)", str(mails_to(user)[-1].body))
    assert len(found) == 1, found
    return str(found[0])


def opens(path: str, *, user: User) -> str:
    """Open what a mail leads to as who got it; return what is shown."""
    browser = Client()
    browser.force_login(user)
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def send_back(item: EditorialPage, *, by: User) -> None:
    state = item.current_workflow_task_state
    actions.send_back(state, by=by, reason="missing", sentence="Wie is Bas?")


def approve(item: EditorialPage, *, by: User) -> Publication:
    actions.approve(
        item.current_workflow_task_state,
        by=by,
        digest=stages.shown(item),
        due_at=timezone.now() + timedelta(hours=1),
    )
    return Publication.objects.get(page=item.pk)


def test_what_is_handed_in_is_seen_at_the_desk(handed_in: Contribution, writer: User) -> None:
    way = way_in_last_mail(writer)

    assert way == f"/write/{handed_in.public_id}/story/"
    assert "Dank je, Fatima!" in opens(way, user=writer)


def test_what_came_back_is_read_and_answered_at_the_desk(
    handed_in: Contribution, writer: User, manager: User
) -> None:
    send_back(item_of(handed_in), by=manager)

    way = way_in_last_mail(writer)

    assert way == f"/write/{handed_in.public_id}/back/"
    assert f'href="{way}"' in opens(f"/write/{handed_in.public_id}/story/", user=writer)
    page = opens(way, user=writer)
    assert "Wie is Bas?" in page
    assert f'href="/write/{handed_in.public_id}/"' in page


def test_what_was_edited_is_compared_at_the_desk(
    handed_in: Contribution, writer: User, manager: User
) -> None:
    stages.edit(item_of(handed_in), by=manager, summary="Korter.")
    edits.ask_authors(now=timezone.now() + timedelta(hours=1))

    way = way_in_last_mail(writer)

    assert way == f"/write/{handed_in.public_id}/changes/"
    assert f'href="{way}"' in opens(f"/write/{handed_in.public_id}/story/", user=writer)
    assert "Korter." in opens(way, user=writer)


def test_what_has_a_time_or_none_any_more_is_seen_at_the_desk(
    handed_in: Contribution, writer: User, manager: User
) -> None:
    story = f"/write/{handed_in.public_id}/story/"

    publication = approve(item_of(handed_in), by=manager)
    assert (mails_to(writer)[-1].subject[:10], way_in_last_mail(writer)) == ("Klaargezet", story)

    publishing.cancel(publication, by=manager)
    assert (mails_to(writer)[-1].subject[:10], way_in_last_mail(writer)) == ("Niet meer ", story)
    opens(story, user=writer)


def test_what_went_offline_is_seen_at_the_desk(
    handed_in: Contribution, writer: User, manager: User
) -> None:
    publication = approve(item_of(handed_in), by=manager)
    publishing.publish(stages.due(publication))

    publishing.withdraw(item_of(handed_in), by=manager, reason="Op verzoek")

    assert mails_to(writer)[-1].subject.startswith("Offline gehaald")
    assert way_in_last_mail(writer) == f"/write/{handed_in.public_id}/story/"


def test_who_edits_stays_in_the_editor(
    handed_in: Contribution, writer: User, manager: User
) -> None:
    item = item_of(handed_in)
    editor = f"/newsroom/pages/{item.pk}/edit/"
    stages.edit(item, by=manager, summary="Korter.")
    actions.object_to_edit(item, by=writer, sentence="Zo zei ik het niet.")
    assert way_in_last_mail(manager) == editor

    again = item_of(handed_in)
    actions.submit(again, by=writer)
    send_back(again, by=manager)
    lanes.answer(again, by=writer, sentence="Bas is de conciërge.")
    assert mails_to(manager)[-1].subject.startswith("Lees wat Fatima")
    assert way_in_last_mail(manager) == editor


def test_who_is_named_beside_the_writer_has_no_desk_for_it(
    handed_in: Contribution, writer: User, manager: User
) -> None:
    second = factories.ambassador(username="bas")
    Author.objects.create(page=item_of(handed_in), person=Person.objects.get(user=second))
    item = item_of(handed_in)

    approve(item, by=manager)

    assert way_in_last_mail(writer) == f"/write/{handed_in.public_id}/story/"
    assert way_in_last_mail(second) == f"/newsroom/pages/{item.pk}/edit/"
    opens(way_in_last_mail(second), user=second)


def test_what_began_in_the_editor_is_found_there(writer: User, manager: User) -> None:
    story, _state = stages.submitted(by=writer)

    assert way_in_last_mail(writer) == f"/newsroom/pages/{story.pk}/edit/"
    opens(way_in_last_mail(writer), user=writer)

    send_back(stages.fresh(story), by=manager)
    assert way_in_last_mail(writer) == f"/newsroom/answer/{story.pk}/"
    opens(way_in_last_mail(writer), user=writer)


def test_an_interviewees_wish_reaches_the_writer_at_her_desk(writer: User, manager: User) -> None:
    kees = factories.person(name="Kees Brouwer", email="kees@example.test")
    made = contribution(starter="spotlight", by=writer, about=kees)
    said = dict.fromkeys(["hands", "notice", "misunderstanding", "start_with_me"], "Luisteren.")
    fill(made, said)
    add_photo(made, "portrait", picture=photo(), by=writer)
    fill(made, {f"alt.{made.photos.get().pk}": "Kees lacht"})
    hand_in(made, by=writer)
    item = item_of(made)

    wish = "Niet ‘monteur’, maar ‘voorman’."
    agreeing.says(item, kees, Answer.CHANGE, sentence=wish)

    assert "Kees Brouwer" in mails_to(writer)[-1].subject
    assert way_in_last_mail(writer) == f"/write/{made.public_id}/story/"
    assert way_in_last_mail(manager) == f"/newsroom/agreements/{item.pk}/"


def test_only_who_decides_is_asked_to_when_an_emergency_lapses(writer: User, manager: User) -> None:
    writer.groups.add(Group.objects.get(name=emergencies.SENDERS))
    story = stages.ready_story(by=writer)
    digest = stages.shown(story)
    emergency = emergencies.send_first(story, by=writer, reason="Brand", digest=digest)

    assert clock.take_down_due(reading=lambda: emergency.deadline) == 1

    assert way_in_last_mail(manager) == f"/newsroom/approve/{story.pk}/"
    assert way_in_last_mail(writer) == f"/newsroom/pages/{story.pk}/edit/"
    opens(way_in_last_mail(writer), user=writer)


def test_who_came_by_a_link_is_sent_to_no_editor(handed_in: Contribution, writer: User) -> None:
    factories.story(by=writer, parent=handed_in.rubric, slug="bezet")
    take_back(handed_in, by=writer)
    stages.edit(item_of(handed_in), by=writer, slug="bezet")
    _link, url = link_to_write(handed_in)

    page: Any = come_in(url).get(f"/write/{handed_in.public_id}/story/")

    assert "Vraag de redactie: Een andere pagina heeft dit adres al." in page.content.decode()
    assert "/newsroom/" not in page.content.decode()


def test_who_came_by_a_link_needs_no_account_to_read_why_it_came_back(
    handed_in: Contribution, writer: User, manager: User
) -> None:
    _link, url = link_to_write(handed_in)
    phone = come_in(url)
    send_back(item_of(handed_in), by=manager)

    answer: Any = phone.get(way_in_last_mail(writer))

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Wie is Bas?" in page
    assert "/newsroom/" not in page
