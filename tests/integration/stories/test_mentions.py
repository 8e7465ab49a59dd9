import pytest
from django.test import Client

from cms.accounts.models import Person
from cms.stories.mentions import mentions_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_person_is_found_wherever_she_is_named() -> None:
    ria = factories.person(name="Ria")
    factories.rubric(title="Van Ria", keeper=ria)
    factories.goal(name="Doel van Ria", owner=ria)
    factories.story(title="Met Ria", people=[ria])
    factories.interview(title="Gesprek met Ria", interviewee=ria)
    quoted = [{"type": "pull_quote", "value": {"text": "Tja.", "speaker": ria.pk}}]
    factories.story(title="Ria zegt", body=quoted)

    named = " ".join(mentions_of(ria))

    for place in ("Van Ria", "Doel van Ria", "Met Ria", "Gesprek met Ria", "Ria zegt"):
        assert f"‘{place}’" in named
    assert mentions_of(factories.person(name="Niemand")) == []


def test_who_is_only_in_a_draft_of_something_online_is_found() -> None:
    ria = factories.person(name="Ria")
    online = factories.interview(title="Online", live=True)
    online.interviewee = ria
    online.save_revision()

    assert mentions_of(ria) == ["staat in ‘Online’"]


def test_deleting_who_is_mentioned_is_refused_and_says_where(client: Client) -> None:
    ria = factories.person(name="Ria")
    factories.story(title="Ria zegt", people=[ria])
    client.force_login(factories.community_manager())
    address = f"/newsroom/snippets/accounts/person/delete/{ria.pk}/"

    answer = client.post(address, follow=True)

    assert Person.objects.filter(pk=ria.pk).exists()
    assert "Ria kan nog niet weg: Ria staat in ‘Ria zegt’" in answer.content.decode()


def test_who_is_nowhere_is_deleted(client: Client) -> None:
    nobody = factories.person(name="Niemand")
    client.force_login(factories.community_manager())

    client.post(f"/newsroom/snippets/accounts/person/delete/{nobody.pk}/")

    assert not Person.objects.filter(pk=nobody.pk).exists()
