"""The admin in Dutch never says the word that means both *planned* and *scheduled*."""

import pytest
from django.test import Client

from cms.workflow import texts
from cms.workflow.actions import approve, submit
from tests import factories
from tests.integration.desk.admin_addresses import addresses

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a thumbnail to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

FORBIDDEN = ("gepland", "ingepland", "afgekeurd", "publicatie intrekken")
NOT_PAGES = {"wagtailadmin_logout", "wagtailadmin_error_test", "wagtailadmin_javascript_catalog"}


def test_no_page_of_the_admin_says_planned_for_scheduled(client: Client) -> None:
    writer, manager = factories.ambassador(), factories.community_manager()
    item = factories.story(by=writer, goal=factories.goal(), live=True)
    state = submit(item, by=writer)
    later = item.get_latest_revision().created_at.replace(year=2035)
    approve(state, by=manager, digest=texts.latest_text(item).digest, due_at=later)
    client.force_login(factories.user(username="root", is_superuser=True))
    values = {
        "page_id": item.pk,
        "parent_page_id": item.get_parent().pk,
        "page_to_move_id": item.pk,
        "destination_id": item.get_parent().pk,
        "revision_id": item.latest_revision_id,
        "content_type_app_name": "stories",
        "content_type_model_name": "story",
        "app_label": "wagtailcore",
        "model_name": "page",
        "action": "delete",
        "pk": item.pk,
    }

    pages = {
        address.name: _text(client, address.filled(values))
        for address in addresses()
        if address.name not in NOT_PAGES
    }
    said = [(name, word) for name, text in pages.items() for word in FORBIDDEN if word in text]

    assert said == []


def _text(client: Client, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    return "" if answer.streaming else answer.content.decode(errors="replace").lower()
