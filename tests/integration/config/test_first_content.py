"""A hub of one's own."""

from dataclasses import replace

import pytest
from wagtail.models import Site

from cms.accounts import roles
from cms.accounts.activation import is_right
from cms.accounts.models import User
from cms.config.errors import WrongUseError
from cms.config.first_content import Founding, found_hub
from cms.desk.today.deputy import lacks_deputy
from cms.stories.models import HubPage, Rubric, Section

pytestmark = pytest.mark.django_db

WANTED = Founding(
    organisation="Bakkerij De Linde",
    hub="Het Plein",
    language="nl",
    admin="beheer",
    email="beheer@plein.example",
    password="korenbloem-op-dinsdag",
)


def test_a_new_hub_has_a_front_page_rubrics_and_an_administrator() -> None:
    found_hub(WANTED)

    hub = HubPage.objects.get()
    assert (hub.title, hub.organisation) == ("Het Plein", "Bakkerij De Linde")
    assert Site.objects.get(is_default_site=True).root_page_id == hub.pk
    assert Rubric.objects.live().child_of(hub).count() == 10
    assert {section.holds: section.slug for section in Section.objects.child_of(hub)} == {
        "announcement": "mededelingen",
        "event": "agenda",
        "community_action": "doe-mee",
    }
    admin = User.objects.get(username="beheer")
    assert admin.is_superuser
    assert admin.check_password("korenbloem-op-dinsdag")


def test_a_new_hub_speaks_the_language_it_was_given() -> None:
    found_hub(replace(WANTED, language="en"))

    slugs = [section.slug for section in Section.objects.order_by("path")]
    assert slugs == ["announcements", "agenda", "take-part"]
    assert {page.language for page in Rubric.objects.all()} == {"en"}


@pytest.mark.parametrize("password", ["", "kort", "12345678901", "password", "beheer"])
def test_a_weak_password_is_refused_and_nothing_is_made(password: str) -> None:
    with pytest.raises(WrongUseError):
        found_hub(replace(WANTED, password=password))

    assert not HubPage.objects.exists()
    assert not User.objects.filter(username="beheer").exists()


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(WrongUseError, match="'beheer' with the address 'nergens': Enter a valid"):
        found_hub(replace(WANTED, email="nergens"))

    assert not User.objects.filter(username="beheer").exists()


def test_a_second_hub_in_the_same_home_is_refused() -> None:
    found_hub(WANTED)

    with pytest.raises(WrongUseError, match="already"):
        found_hub(replace(WANTED, admin="ander"))


def test_the_manager_and_her_deputy_sign_in_with_a_code_the_first_time() -> None:
    named = {"manager": "noor", "deputy": "farid", "deputy_email": "farid@plein.example"}

    slips = found_hub(replace(WANTED, **named))

    assert [slip.user.username for slip in slips] == ["noor", "farid"]
    assert all(is_right(slip.user, slip.code) for slip in slips)
    assert all(roles.is_community_manager(slip.user) for slip in slips)
    assert not lacks_deputy()


def test_without_a_deputy_the_hub_is_made_and_the_lack_is_known() -> None:
    assert found_hub(WANTED) == []
    assert lacks_deputy()
