"""Confidential until published: a circle sees title and text, everybody else ‘Bezet’."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from cms.accounts.models import User
from cms.documents.models import PublicDocument
from cms.publishing.actions import publish
from cms.publishing.models import Publication
from cms.stories.confiding import AlreadyOnlineError, confide, open_up
from cms.stories.models import EditorialPage, Story
from cms.stories.ownership import hidden_from
from cms.stories.policy import may_see
from cms.workflow import actions
from tests import factories
from tests.factories import stages
from tests.factories.api import session_asker
from tests.integration.workflow.outbox import all_mails

pytestmark = pytest.mark.django_db

CANARY = "kwikstaart"
WORDS_STAND_IN = {
    ("wagtailcore_revision", "content"),
    ("workflow_kepttext", "content"),
}
"""The only columns that may hold a word of a confidential item; doors stand before them."""


@pytest.fixture
def writer() -> User:
    return factories.ambassador(username="writer")


@pytest.fixture
def manager() -> User:
    return factories.community_manager(username="inside")


@pytest.fixture
def item(writer: User, manager: User) -> Story:
    """Make a story of which every part holds the word, and confide it to two people."""
    body = [{"type": "paragraph", "value": f"<p>De {CANARY} komt.</p>"}]
    made = stages.ready_story(
        by=writer,
        title=f"De {CANARY} verhuist",
        slug=f"de-{CANARY}",
        summary=f"Een {CANARY}.",
        search_description=f"{CANARY}",
        audience_reason=f"{CANARY}",
        body=body,
    )
    stages.edit(made, by=writer, title=f"Een andere {CANARY}")
    draft = stages.fresh(made).get_latest_revision_as_object()
    draft.tags.add(factories.tag(name="verhuizing"))
    draft.save_revision(user=writer)
    confide(made, circle=[manager], by=writer)
    return stages.fresh(made)


def columns_with(word: str) -> Iterator[tuple[str, str]]:
    """Look through the whole database for a word, whatever the type of column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of the database's own
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if word in str(value).lower():
                        yield table, name


def outsiders() -> list[User]:
    return [
        factories.ambassador(),
        factories.community_manager(),
        factories.administrator(),
        factories.user(is_superuser=True),
    ]


def test_no_row_but_a_revision_holds_a_word(item: Story, writer: User, manager: User) -> None:
    stages.edit(item, by=writer, title=f"Nog een {CANARY}", overwrite=True)
    state = actions.submit(item, by=writer)
    actions.send_back(state, by=manager, reason="tone", sentence="Kan het zachter?")
    state = actions.submit(item, by=writer)
    due_at = timezone.now() + timedelta(hours=1)
    actions.approve(state, by=manager, digest=stages.shown(item), due_at=due_at)
    locked = stages.fresh(item)
    locked.locked = True
    locked.save()

    assert set(columns_with(CANARY)) <= WORDS_STAND_IN
    assert Page.objects.get(pk=item.pk).title == "Bezet"


def test_publishing_ends_it_with_every_word_in_its_place(
    item: Story, writer: User, manager: User
) -> None:
    state = actions.submit(item, by=writer)
    digest = stages.shown(item)
    actions.approve(state, by=manager, digest=digest, due_at=timezone.now() + timedelta(hours=1))
    assert PublicDocument.objects.count() == 0

    publish(stages.due(Publication.objects.get()))

    live = stages.fresh(item)
    assert (live.title, live.draft_title) == (f"Een andere {CANARY}",) * 2
    assert live.slug == f"de-{CANARY}"
    assert live.url_path.endswith(f"/de-{CANARY}/")
    assert live.summary == f"Een {CANARY}."
    assert [author.person.user for author in live.authors.all()] == [writer]
    assert [str(tag) for tag in live.tags.all()] == ["verhuizing"]
    assert not live.is_confidential
    assert not live.circle.exists()
    assert PublicDocument.objects.get(pk=item.public_id).content["title"] == live.title
    assert may_see(factories.community_manager(), live)


def test_a_circle_can_be_opened_before_publication(item: Story, writer: User) -> None:
    open_up(item, by=writer)

    opened = stages.fresh(item)
    assert opened.title == f"Een andere {CANARY}"
    assert opened.slug == f"de-{CANARY}"
    assert [author.person.user for author in opened.authors.all()] == [writer]
    assert may_see(factories.community_manager(), opened)


def test_what_is_online_can_not_be_confided(writer: User) -> None:
    live = factories.story(live=True, by=writer)

    with pytest.raises(AlreadyOnlineError):
        confide(live, circle=[], by=writer)


def test_the_screen_keeps_and_opens(client: Client, writer: User) -> None:
    made = stages.ready_story(by=writer, title=f"De {CANARY}")
    factories.community_manager(username="chosen")
    client.force_login(writer)
    path = f"/newsroom/circle/{made.pk}/"

    client.post(path, {"people": "chosen"})
    kept = EditorialPage.objects.get(pk=made.pk)
    assert kept.is_confidential
    assert {user.username for user in kept.circle.all()} == {"writer", "chosen"}
    assert "chosen\nwriter" in client.get(path).content.decode()

    client.post(path, {"people": "nobody-at-all"})
    client.post(path, {"open": "1"})
    assert not EditorialPage.objects.get(pk=made.pk).is_confidential


def test_nobody_reads_through_removing_somebody_who_is_in_it(
    client: Client, manager: User, writer: User
) -> None:
    person = factories.person(name="Wies Hoek", shown_on_hub=True)
    made = stages.ready_story(by=writer, title=f"De {CANARY}", people=[person])
    confide(made, circle=[manager], by=writer)
    client.force_login(factories.community_manager())

    answer = client.post(f"/newsroom/snippets/accounts/person/delete/{person.pk}/", follow=True)

    assert "Bezet" in answer.content.decode()
    assert CANARY not in answer.content.decode()


def test_the_policy_opens_it_to_its_circle_whatever_the_role_of_others(
    item: Story, writer: User, manager: User
) -> None:
    token = item.get_latest_revision_as_object().create_page_preview().token
    query = "query($token: String!) { preview(token: $token) { document } }"

    for outsider in outsiders():
        tester = item.permissions_for_user(outsider)
        granted = [name for name in dir(tester) if name.startswith("can_")]

        assert not may_see(outsider, item)
        assert hidden_from(outsider).filter(pk=item.pk).exists()
        for name in granted:
            assert name.endswith("_to") or not getattr(tester, name)(), (outsider, name)
        answer = session_asker(outsider).ask(query, token=token)
        assert answer["errors"][0]["extensions"]["code"] == "PREVIEW_OVER"
        assert CANARY not in str(answer)
    for member in (writer, manager):
        assert may_see(member, item)
        assert not hidden_from(member).exists()
        assert item.permissions_for_user(member).can_edit()
        assert not item.permissions_for_user(member).can_copy()
        assert CANARY in str(session_asker(member).ask(query, token=token))
    manager.is_active = False
    assert not may_see(manager, item)


def test_mails_lists_and_the_log_tell_the_circle_only(
    client: Client, item: Story, writer: User, manager: User
) -> None:
    outside = factories.community_manager(username="outside")
    state = actions.submit(item, by=writer)
    actions.send_back(state, by=manager, reason="tone", sentence=f"Niet de {CANARY} noemen")

    mails = all_mails()
    assert {address for mail in mails for address in mail.to} == {writer.email, manager.email}
    assert not [mail.subject for mail in mails if CANARY in mail.subject]
    entries = PageLogEntry.objects.filter(page=item.pk)
    assert {"plein.confide", "wagtail.workflow.reject"} <= {each.action for each in entries}
    assert {each.label for each in entries} == {"Bezet"}
    assert CANARY not in json.dumps([each.data for each in entries])
    for member in (writer, manager):
        client.force_login(member)
        for path in ("", "items/"):
            assert f"Een andere {CANARY}" in client.get(f"/newsroom/{path}").content.decode()
    client.force_login(outside)
    assert CANARY not in client.get("/newsroom/").content.decode()
    assert "Bezet" in client.get("/newsroom/items/").content.decode()


def test_the_week_says_busy_on_that_date_and_saving_goes_on(
    client: Client, item: Story, writer: User, manager: User
) -> None:
    client.force_login(writer)
    asked = _edited(f"Weer een {CANARY}")
    client.post(f"/newsroom/pages/{item.pk}/edit/", asked)
    assert Page.objects.get(pk=item.pk).get_latest_revision().content["title"] == asked["title"]
    assert set(columns_with(CANARY)) <= WORDS_STAND_IN

    state = actions.submit(item, by=writer)
    digest = stages.shown(item)
    due_at = timezone.now() + timedelta(seconds=30)
    actions.approve(state, by=manager, digest=digest, due_at=due_at)
    client.force_login(factories.administrator())

    shown = client.get("/newsroom/").content.decode()
    assert "Bezet" in shown
    assert CANARY not in shown


def _edited(title: str) -> dict[str, str]:
    """Return what the editor posts for a story with another title."""
    posted: dict[str, str] = nested_form_data(
        {
            "title": title,
            "slug": f"de-{CANARY}",
            "language": "nl",
            "summary": "Kort",
            "connection": "work",
            "audience": "everyone",
            "body": streamfield([("paragraph", rich_text(f"<p>De {CANARY}.</p>"))]),
            "authors": inline_formset([]),
            "people": inline_formset([]),
        }
    )
    return posted
