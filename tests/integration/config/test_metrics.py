"""What a monitor reads, who may, and that no person is in it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from cms.config.home import Home
from cms.config.metrics import may_measure, measure
from cms.core import heartbeats
from cms.publishing import actions as publishing
from cms.publishing.errors import TextGone
from tests import factories
from tests.factories import stages

TOKEN = "a-token-nobody-guesses"


@pytest.mark.parametrize(
    ("client", "headers", "may"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("192.0.2.7", {}, False),
        ("", {}, False),
        ("127.0.0.1", {"x-forwarded-for": "192.0.2.7"}, False),
        ("127.0.0.1", {"authorization": "Bearer wrong"}, False),
        ("192.0.2.7", {"authorization": f"Bearer {TOKEN}"}, True),
        ("192.0.2.7", {"authorization": "Bearer é"}, False),
        ("192.0.2.7", {"authorization": "Bearer "}, False),
    ],
)
def test_only_this_machine_and_the_token_open_it(
    client: str, headers: dict[str, str], *, may: bool
) -> None:
    assert may_measure(client, headers, token=TOKEN) is may


@pytest.fixture
def home(settings: Settings) -> Home:
    home = Home(root=settings.MEDIA_ROOT.parent / "home")
    home.heartbeats.mkdir(parents=True)
    for part in heartbeats.SILENCE:
        heartbeats.write_heartbeat(home.heartbeats, part)
    settings.PLEIN_HOME = home
    return home


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_the_numbers_say_what_waits_and_what_is_wrong_and_name_nobody() -> None:
    author = factories.ambassador(first_name="Esmeralda")
    manager = factories.community_manager(first_name="Wilhelmina")
    publication = stages.due(stages.scheduled(by=author, manager=manager))
    publishing.record_failure(publication, TextGone(), now=timezone.now())
    stages.scheduled(by=author, manager=manager, due_at=timezone.now() + timedelta(days=1))

    text = measure(now=timezone.now())

    assert "plein_publications_scheduled 1\n" in text
    assert 'plein_problems{kind="publication"} 1\n' in text
    assert 'plein_problems{kind="disk"} 0\n' in text
    assert "plein_publications_failed 1\n" in text
    assert "plein_disk_free_bytes " in text
    for person in (author, manager):
        for word in (person.first_name, person.email, person.username):
            assert word not in text
    assert stages.item_of(publication).title not in text
