"""From what a provider says of somebody to their account: never to that of somebody else."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms.accounts import roles
from cms.accounts.models import User
from cms.accounts.provider import ClaimNames, LinkBy
from tests import factories
from tests.integration.accounts.doors import is_signed_in, with_password
from tests.integration.accounts.doors import sign_in as enter
from tests.integration.accounts.organisation import GERDA, account, sign_in
from tests.integration.accounts.provider import (
    Claims,
    OpenIdProvider,
)

pytestmark = pytest.mark.django_db


def test_an_account_that_waits_is_linked_by_its_verified_address(provider: OpenIdProvider) -> None:
    waiting = factories.user(email="Gerda@Example.test")

    sign_in(Client())

    assert account() == waiting


def test_nobody_lies_in_wait_in_an_account_with_the_address_of_somebody_else(
    provider: OpenIdProvider,
) -> None:
    trap, thief = with_password(factories.ambassador(email=GERDA["email"])), Client()
    enter(thief, trap)
    was_in = is_signed_in(thief)

    sign_in(Client())

    assert account() == trap
    assert was_in
    assert not is_signed_in(thief)
    assert enter(Client(), trap).status_code == 200


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": None}, {"email_verified": "true"}]
)
def test_an_address_that_was_not_verified_links_nothing(
    provider: OpenIdProvider, claims: Claims
) -> None:
    waiting = factories.user(email=GERDA["email"])
    provider.person.update(claims)

    sign_in(Client())

    assert account() != waiting


def test_an_address_that_two_people_have_links_nothing(provider: OpenIdProvider) -> None:
    two = [factories.user(email=GERDA["email"]) for _ in range(2)]

    sign_in(Client())

    assert account() not in two


def test_a_second_person_with_the_same_address_gets_an_account_of_their_own(
    provider: OpenIdProvider,
) -> None:
    sign_in(Client())
    account().groups.add(Group.objects.get(name=roles.COMMUNITY_MANAGERS))
    provider.person["sub"] = "somebody-else"

    sign_in(Client())

    second = User.objects.get(identities__subject="somebody-else")
    assert second != account()
    assert not second.groups.exists()
    assert second.username != account().username


def test_an_account_of_a_superuser_is_never_linked_by_itself(provider: OpenIdProvider) -> None:
    root = factories.user(email=GERDA["email"], is_superuser=True)

    sign_in(Client())

    assert account() != root


def test_a_number_links_an_account_and_is_nobody_elses(
    provider: OpenIdProvider, configure: Callable[..., None]
) -> None:
    configure(link_by=LinkBy.NUMBER, claims=ClaimNames(number="employee_id"))
    waiting = factories.user(personnel_number="10482")
    provider.person["employee_id"] = "10482"

    sign_in(Client())
    provider.person["sub"] = "changed"
    response = sign_in(Client())

    assert account() == waiting
    assert response.status_code == 403


def test_a_colleague_without_an_address_gets_in(provider: OpenIdProvider) -> None:
    factories.user(email="")
    provider.person = {"sub": GERDA["sub"], "name": "Gerda"}
    client = Client()

    sign_in(client)

    assert is_signed_in(client)
    assert account().email == ""
    assert account().display_name == "Gerda"


def test_a_name_that_is_somebodys_number_is_not_given(provider: OpenIdProvider) -> None:
    factories.user(personnel_number="10482")
    provider.person["preferred_username"] = "10482"

    sign_in(Client())

    assert account().username != "10482"


def test_groups_department_and_location_follow_the_provider(
    provider: OpenIdProvider, configure: Callable[..., None]
) -> None:
    configure(groups={"redactie": roles.COMMUNITY_MANAGERS, "helpers": roles.AMBASSADORS})
    workplace = factories.department(name="Werkplaats")
    provider.person.update(groups=["redactie", "unknown"], department="werkplaats", location="Oss")
    sign_in(Client())
    account().groups.add(Group.objects.create(name="Ondernemingsraad"))
    before = set(account().groups.values_list("name", flat=True))

    provider.person.update(groups=["helpers"])
    sign_in(Client())

    assert before == {roles.COMMUNITY_MANAGERS, "Ondernemingsraad"}
    assert set(account().groups.values_list("name", flat=True)) == {
        roles.AMBASSADORS,
        "Ondernemingsraad",
    }
    assert account().department == workplace
    assert str(account().location) == "Oss"


def test_what_only_the_userinfo_says_counts_if_it_is_about_the_same_person(
    provider: OpenIdProvider,
) -> None:
    provider.only_userinfo = {"department": "Werkplaats"}
    sign_in(Client())
    provider.only_userinfo = {"department": "Directie", "sub": "somebody-else"}

    response = sign_in(Client())

    assert response.status_code == 403
    assert str(account().department) == "Werkplaats"


def test_a_closed_account_stays_closed(provider: OpenIdProvider) -> None:
    sign_in(Client())
    User.objects.update(is_active=False)
    client = Client()

    response = sign_in(client)

    assert response.status_code == 403
    assert "afgesloten" in response.content.decode()
    assert not is_signed_in(client)


def test_where_no_accounts_are_made_a_stranger_is_told_whom_to_ask(
    provider: OpenIdProvider, configure: Callable[..., None]
) -> None:
    configure(makes_accounts=False)

    response = sign_in(Client())

    assert response.status_code == 403
    assert "beheerder" in response.content.decode()
