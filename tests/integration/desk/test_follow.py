"""A reader's own links: made once, ended at once, and worth nothing to anybody else."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.config.readers import audiences_by_link
from cms.desk.follow.links import MOST, links_of
from cms.links.actions import Bearer, make_link
from cms.links.models import LinkKey, PersonalLink
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> User:
    made = factories.employee()
    client.force_login(made)
    return made


def make(client: Client, used_for: str = "Outlook") -> str:
    """Make a link on the page, and give the key that it shows."""
    answer = client.post("/follow/", {"used_for": used_for})
    page = answer.content.decode()
    assert answer.status_code == 200, page
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r"/f/([\w-]{24})/agenda\.ics", page)
    assert found
    return found[1]


def test_a_stranger_is_led_to_the_door(client: Client) -> None:
    assert client.get("/follow/")["Location"] == "/login/?next=/follow/"


def test_a_link_opens_what_she_may_read_until_she_ends_it(client: Client, reader: User) -> None:
    factories.rubric(title="Dagje mee", slug="dagje-mee")
    council = factories.audience(members=[reader])

    key = make(client)

    assert audiences_by_link(key) == frozenset({"everyone", council.key})
    council.members.clear()
    assert audiences_by_link(key) == frozenset({"everyone"})
    assert not LinkKey.objects.filter(digest__contains=key).exists()
    page = client.get("/follow/").content.decode()
    assert "Outlook" in page
    assert key not in page
    (link,) = links_of(reader)
    client.post("/follow/", {"end": str(link.public_id)})
    assert audiences_by_link(key) is None
    assert "<strong>Outlook" not in client.get("/follow/").content.decode()


def test_nobody_ends_or_uses_what_is_not_hers(client: Client, reader: User) -> None:
    key = make(client)
    (link,) = links_of(reader)
    client.force_login(factories.employee())
    for named in (str(link.public_id), "nonsense", ""):
        assert client.post("/follow/", {"end": named}).status_code == 302

    assert audiences_by_link(key) == frozenset({"everyone"})
    assert audiences_by_link(key[:-1]) is None
    assert audiences_by_link("") is None


def test_who_leaves_and_what_is_over_read_nothing_more(client: Client, reader: User) -> None:
    key, other = make(client), make(client, "Telefoon")
    PersonalLink.objects.filter(name="Outlook").update(expires_at=timezone.now())
    assert audiences_by_link(key) is None
    assert audiences_by_link(other)
    reader.is_active = False
    reader.save()
    assert audiences_by_link(other) is None


def test_a_link_to_write_reads_nothing_and_a_link_to_read_signs_nobody_in(
    client: Client, reader: User
) -> None:
    item = factories.story(by=reader)
    _, url = make_link("write", item.public_id, bearer=Bearer(name="Samira", user=reader), by=None)
    key = make(client)
    client.logout()

    assert audiences_by_link(url.partition("?k=")[2]) is None
    client.get(f"/w/?k={key}", follow=True)
    assert client.get("/follow/").status_code == 302


def test_one_person_has_so_many_and_says_what_each_is_for(client: Client, reader: User) -> None:
    assert client.post("/follow/", {"used_for": " "}).status_code == 422
    for number in range(MOST):
        make(client, f"Toestel {number}")

    answer = client.post("/follow/", {"used_for": "Nog een"})

    assert answer.status_code == 409
    assert links_of(reader).count() == MOST
