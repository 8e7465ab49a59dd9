"""What a writer sees of how her text stands: whose yes it waits for, hers or somebody else's."""

import pytest
from django.test import Client

from cms.accounts.models import Person, User
from cms.agreement.models import Answer
from cms.contributions.actions import add_photo, hand_in, take_back
from cms.contributions.models import Contribution
from cms.media.renditions import ensure_renditions
from cms.stories.models import EditorialPage
from cms.workflow import actions
from tests import factories
from tests.factories import agreeing, stages
from tests.factories.contributions import contribution, fill, item_of
from tests.factories.links import come_in, link_to_write
from tests.integration.contributions.test_drafts import TIP
from tests.integration.workflow.outbox import mails_to
from tests.integration.write.test_mails import opens, photo, way_in_last_mail

pytestmark = pytest.mark.django_db

HERS = "wacht op jouw ja"
NO_AGREEMENT = "Er is geen akkoord. Zo kan dit niet online."


@pytest.fixture
def kees() -> Person:
    return factories.person(name="Kees Brouwer", email="kees@example.test")


@pytest.fixture
def about_kees(writer: User, manager: User, kees: Person) -> Contribution:
    """Hand in what somebody else has to agree to."""
    made = contribution(starter="spotlight", by=writer, about=kees)
    said = dict.fromkeys(["hands", "notice", "misunderstanding", "start_with_me"], "Luisteren.")
    fill(made, said)
    add_photo(made, "portrait", picture=photo(), by=writer)
    taken = made.photos.get()
    fill(made, {f"alt.{taken.pk}": "Kees lacht"})
    ensure_renditions(taken.image)
    agreeing.rewrite(item_of(made), goal=factories.goal())
    hand_in(made, by=writer)
    return made


@pytest.fixture
def edited(writer: User, manager: User) -> Contribution:
    made = contribution(by=writer)
    fill(made, TIP)
    hand_in(made, by=writer)
    stages.edit(item_of(made), by=manager, summary="Korter.")
    return made


def story_of(made: Contribution) -> str:
    return f"/write/{made.public_id}/story/"


def live(made: Contribution, kees: Person, *, by: User) -> EditorialPage:
    item: EditorialPage = item_of(made)
    agreeing.says(item, kees)
    actions.approve(item.current_workflow_task_state, by=by, digest=stages.shown(item))
    item.refresh_from_db()
    return item


def test_her_own_text_waits_for_her(edited: Contribution, writer: User) -> None:
    changes = f'href="/write/{edited.public_id}/changes/"'

    for path in ("/write/", story_of(edited)):
        page = opens(path, user=writer)
        assert HERS in page
        assert changes in page
    phone = come_in(link_to_write(edited)[1])
    assert HERS in phone.get(story_of(edited)).content.decode()


def test_others_read_whose_yes_it_waits_for(edited: Contribution, manager: User) -> None:
    item = item_of(edited)
    named = "wacht op het ja van Fatima"

    assert named in opens(f"/newsroom/approve/{item.pk}/", user=manager)
    assert named in opens(f"/newsroom/pages/{item.pk}/edit/", user=manager)
    assert named in opens("/newsroom/items/", user=manager)


def test_a_no_leads_a_writer_to_her_desk(
    about_kees: Contribution, writer: User, manager: User, kees: Person
) -> None:
    item = item_of(about_kees)

    agreeing.says(item, kees, Answer.NO)

    assert mails_to(writer)[-1].subject.startswith("Geen akkoord")
    assert way_in_last_mail(writer) == story_of(about_kees)
    assert NO_AGREEMENT in opens(story_of(about_kees), user=writer)
    assert way_in_last_mail(manager) == f"/newsroom/agreements/{item.pk}/"


def test_who_came_by_a_link_needs_no_account_to_see_how_it_stands(
    about_kees: Contribution, writer: User, kees: Person
) -> None:
    phone = come_in(link_to_write(about_kees)[1])
    agreeing.says(item_of(about_kees), kees, Answer.NO)

    answer = phone.get(way_in_last_mail(writer))

    assert answer.status_code == 200
    page = answer.content.decode()
    assert NO_AGREEMENT in page
    # Who refused is for nobody to know: nobody is named, and nothing said of anybody.
    assert "Nog niet gevraagd" not in page
    assert "/newsroom/" not in page


def test_a_yes_taken_back_leads_a_writer_to_her_desk(
    about_kees: Contribution, writer: User, manager: User, kees: Person
) -> None:
    item = live(about_kees, kees, by=manager)

    agreeing.takes_back(item, kees)

    assert mails_to(writer)[-1].subject.startswith("Op verzoek offline")
    assert way_in_last_mail(writer) == story_of(about_kees)
    opens(story_of(about_kees), user=writer)


def test_she_sees_who_still_has_to_agree(
    about_kees: Contribution, writer: User, kees: Person
) -> None:
    page = opens(story_of(about_kees), user=writer)
    assert "Wacht op akkoord van Kees Brouwer." in page

    agreeing.says(item_of(about_kees), kees)

    assert "Iedereen die erin staat, gaat hiermee akkoord." in opens(
        story_of(about_kees), user=writer
    )


def test_a_key_figure_finds_her_role_card_at_her_own_desk_and_nobody_else_does(
    writer: User, manager: User
) -> None:
    card = "Voor: de lakstraat.\nOngeveer twee uur per maand."
    Person.objects.filter(user=writer).update(role_card=card)

    hers = opens("/write/", user=writer)

    assert "Jouw rolkaart" in hers
    assert "Voor: de lakstraat.<br>Ongeveer twee uur per maand." in hers
    assert "Jouw rolkaart" not in opens("/write/", user=manager)


def test_an_approver_hears_of_a_name_in_a_photo_that_no_colleague_has(
    client: Client, manager: User, writer: User, about_kees: Contribution
) -> None:
    take_back(about_kees, by=writer)
    fill(about_kees, {about_kees.photos.get().who_key: "Kees, Jan de Buitenman"})
    hand_in(about_kees, by=writer)
    client.force_login(manager)

    page = client.get(f"/newsroom/approve/{item_of(about_kees).pk}/").content.decode()

    assert "Op een foto staat ook Jan de Buitenman. Er is niet precies één collega" in page


def test_an_editors_correction_of_what_is_live_is_not_hers_to_take_back(
    client: Client, manager: User, writer: User, about_kees: Contribution, kees: Person
) -> None:
    agreeing.rewrite(live(about_kees, kees, by=manager), summary="Korter.")
    actions.submit(item_of(about_kees), by=manager)
    client.force_login(writer)

    page = client.get(story_of(about_kees)).content.decode()
    client.post(f"/write/{about_kees.public_id}/take-back/")

    assert "Dank je, Fatima" not in page
    assert "Haal het terug om te veranderen" not in page
    assert "Er wacht een nieuwere tekst op een besluit." in page
    assert item_of(about_kees).workflow_in_progress
