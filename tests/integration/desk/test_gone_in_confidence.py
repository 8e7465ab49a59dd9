"""What is left of a confidential item once it is removed: for its circle, and for nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.accounts.models import User
from cms.agreement.models import Entry
from cms.audiences.models import RemovedInConfidence
from cms.planning.models import Assignment
from cms.publishing import retention
from cms.stories.confiding import confide, open_up
from cms.stories.models import EditorialPage
from cms.workflow import actions
from tests import factories
from tests.factories import agreeing, stages
from tests.factories.planning import assignment
from tests.integration.workflow.outbox import all_mails

pytestmark = pytest.mark.django_db

CANARY = "kwikstaart"


@pytest.fixture
def inside() -> User:
    return factories.community_manager(username="inside")


def confided(inside: User) -> EditorialPage:
    """Make an item that was sent back and agreed to, then confide it to its writer and one more."""
    kees = factories.person(name="Kees Brouwer")
    title = f"De {CANARY} verhuist"
    page, _kees = agreeing.interviewed(who=kees, title=title)
    state = agreeing.in_review(page, by=page.owner)
    actions.send_back(state, by=inside, reason="tone", sentence=f"Noem de {CANARY} niet")
    agreeing.says(page, kees)
    Entry.objects.update(item_title=title, sentence=f"Die {CANARY} ook")
    made: EditorialPage = EditorialPage.objects.get(pk=page.pk).specific
    confide(made, circle=[inside], by=page.owner)
    return EditorialPage.objects.get(pk=page.pk)


def remove(item: EditorialPage, *, by: User) -> None:
    client = Client()
    client.force_login(by)
    client.post(f"/newsroom/pages/{item.pk}/delete/")
    assert not EditorialPage.objects.filter(pk=item.pk).exists()


def everything_told_to(user: User) -> str:
    """Return all that log, register and their files say, and the list of requests."""
    client, person = Client(), Entry.objects.get().person_id
    client.force_login(user)
    paths = (
        *("log/", "log/?export=csv", "agreements/", "agreements/?q=Kees", "status/", "requests/"),
        *(
            f"agreements/of/{person}/",
            f"agreements/of/{person}/?as=json",
            "",
            "reports/site-history/",
        ),
    )
    told = ""
    for path in paths:
        answer = client.get(f"/newsroom/{path}")
        assert answer.status_code in {200, 302, 404}, path
        streamed = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        told += streamed.decode()
    return told


def log_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/newsroom/log/").content.decode()


def test_what_was_confidential_stays_so_when_it_is_gone(inside: User) -> None:
    item = confided(inside)
    outsiders = [
        factories.community_manager(username="outside"),
        factories.user(is_superuser=True),
    ]

    remove(item, by=inside)

    assert Entry.objects.get().shown
    assert PageLogEntry.objects.filter(page=item.pk, action="wagtail.delete").exists()
    for outsider in outsiders:
        told = everything_told_to(outsider)
        assert CANARY not in told
        assert "haast had" not in told
        assert "Kees Brouwer" not in told
        assert "Bezet" not in log_of(outsider)
    assert "Bezet" in log_of(inside)
    told = everything_told_to(inside)
    assert f"De {CANARY} verhuist" in told
    assert "Verwijderd" in told


def test_what_was_opened_before_it_was_removed_is_told_as_ever(inside: User) -> None:
    item = confided(inside)
    open_up(item, by=inside)

    remove(item, by=inside)

    assert not RemovedInConfidence.objects.exists()
    assert f"De {CANARY} verhuist" in everything_told_to(factories.community_manager())


def test_who_knew_of_it_is_forgotten_when_nothing_speaks_of_it_any_more(inside: User) -> None:
    item = confided(inside)
    remove(item, by=inside)
    later = timezone.now() + timedelta(days=3 * 365)

    assert retention.removed_in_confidence(later) == 0
    PageLogEntry.objects.all().delete()
    assert retention.removed_in_confidence(later) == 0
    Entry.objects.all().delete()
    retention.removed_in_confidence(later)

    assert not RemovedInConfidence.objects.exists()


def test_a_request_for_what_became_confidential_names_its_subject_to_the_circle_only(
    inside: User,
) -> None:
    writer = factories.ambassador(username="writer")
    asked = assignment(to=writer, by=inside, subject=f"De {CANARY}", note=f"Over de {CANARY}")
    draft = stages.ready_story(by=writer, title=f"De {CANARY} verhuist")
    asked.contribution.item = draft  # type: ignore[union-attr]
    asked.contribution.save()  # type: ignore[union-attr]
    mails = len(all_mails())
    confide(draft, circle=[inside], by=writer)
    outside, member, colleague = Client(), Client(), Client()
    outside.force_login(factories.community_manager())
    member.force_login(inside)
    colleague.force_login(factories.ambassador())
    own = f"/newsroom/requests/{asked.public_id}/"

    listed = outside.get("/newsroom/requests/").content.decode()
    assert CANARY not in listed
    assert "Bezet" in listed
    assert outside.get(own).status_code == 404
    assert f"De {CANARY}" in member.get("/newsroom/requests/").content.decode()
    assert f"De {CANARY}" in member.get(own).content.decode()
    member.post(own, {"act": "mail"})
    assert CANARY not in "".join(f"{each.subject} {each.body}" for each in all_mails()[mails:])

    remove(EditorialPage.objects.get(pk=draft.pk), by=inside)

    left = Assignment.objects.get()
    assert left.cancelled_at is not None
    assert CANARY not in f"{left.subject} {left.note}"
    for client in (outside, colleague):
        for path in ("/newsroom/requests/?which=all", "/write/"):
            assert CANARY not in client.get(path).content.decode()
