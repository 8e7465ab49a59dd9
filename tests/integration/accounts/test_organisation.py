"""Signing in with the organisation: a real provider, and everything that can be wrong with it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from cms.accounts import roles
from cms.accounts.models import OrganisationIdentity, User
from cms.accounts.provider import ClaimNames, LinkBy, Provider
from cms.accounts.signing_in import organisation
from tests import factories
from tests.integration.accounts.doors import is_signed_in
from tests.integration.accounts.provider import (
    CLIENT,
    KEY,
    SECRET,
    STRANGE_KEY,
    Claims,
    OpenIdProvider,
    running_at,
    running_provider,
    signed,
    signed_with_secret,
    unsigned,
)

pytestmark = pytest.mark.django_db
GERDA = {
    "sub": "7f3a",
    "email": "gerda@example.test",
    "email_verified": True,
    "preferred_username": "gerda",
    "given_name": "Gerda",
    "family_name": "Lubbers",
}


@pytest.fixture(scope="module")
def served() -> Iterator[OpenIdProvider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(served: OpenIdProvider, settings: Settings) -> OpenIdProvider:
    """Return the provider as it was before another test had its way with it."""
    served.__dict__.update(OpenIdProvider(address=served.address, person=dict(GERDA)).__dict__)
    settings.PLEIN_PROVIDER = Provider(
        issuer=served.address, client_id=CLIENT, client_secret=SECRET, name="Lindeboom"
    )
    return served


@pytest.fixture
def configure(provider: OpenIdProvider, settings: Settings) -> Callable[..., None]:
    def change(**changes: object) -> None:
        settings.PLEIN_PROVIDER = replace(settings.PLEIN_PROVIDER, **changes)

    return change


def go_out(client: Client, target: str = "") -> str:
    """Go to the provider, sign in there, and return the address it sends the browser to."""
    assert settings.PLEIN_PROVIDER
    provider = running_at(settings.PLEIN_PROVIDER.issuer)
    out = client.get("/login/organisation/", {"next": target} if target else {})
    parts = urlsplit(provider.come_here(out["Location"]))
    return f"{parts.path}?{parts.query}"


def sign_in(client: Client, target: str = "") -> HttpResponse:
    return cast("HttpResponse", client.get(go_out(client, target)))


def account() -> User:
    return User.objects.get(identities__subject=GERDA["sub"])


def test_a_colleague_gets_in_and_an_account(client: Client, provider: OpenIdProvider) -> None:
    response = sign_in(client, target="/in-de-kijker/")

    made = account()
    assert response["Location"] == "/in-de-kijker/"
    assert is_signed_in(client)
    assert (made.username, made.display_name, made.email) == (
        "gerda",
        "Gerda Lubbers",
        "gerda@example.test",
    )
    assert not made.has_usable_password()
    assert not made.is_superuser


def test_the_same_subject_is_the_same_account(provider: OpenIdProvider) -> None:
    sign_in(Client())
    provider.person["email"] = "lubbers@example.test"

    sign_in(Client())

    assert OrganisationIdentity.objects.count() == 1
    assert account().email == "lubbers@example.test"


def test_what_goes_out_is_bound_to_this_browser(client: Client, provider: OpenIdProvider) -> None:
    sign_in(client)

    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["redirect_uri"].endswith("/login/organisation/back/")
    assert len(provider.asked["state"]) >= 20
    assert len(provider.asked["nonce"]) >= 20


def test_the_key_of_the_session_changes(client: Client, provider: OpenIdProvider) -> None:
    back = go_out(client)
    before = client.session.session_key

    client.get(back)

    assert client.session.session_key != before


FORGERIES: dict[str, Callable[[Claims], Claims]] = {
    "another audience": lambda claims: {**claims, "aud": "somebody-else", "azp": CLIENT},
    "another audience as well": lambda claims: {**claims, "aud": ["other"], "azp": CLIENT},
    "no audience": lambda claims: {key: claims[key] for key in claims if key != "aud"},
    "another issuer": lambda claims: {**claims, "iss": "https://evil.example"},
    "another nonce": lambda claims: {**claims, "nonce": "of-an-older-sign-in"},
    "no nonce": lambda claims: {key: claims[key] for key in claims if key != "nonce"},
    "expired": lambda claims: {**claims, "exp": int(time.time()) - 600},
    "no subject": lambda claims: {key: claims[key] for key in claims if key != "sub"},
    "an endless subject": lambda claims: {**claims, "sub": "x" * 300},
    "a subject that is no text": lambda claims: {**claims, "sub": ["7f3a"]},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_token_that_proves_nothing_opens_nothing(
    client: Client, provider: OpenIdProvider, forgery: str
) -> None:
    provider.forge = FORGERIES[forgery]

    response = sign_in(client)

    assert response.status_code == 403
    assert not is_signed_in(client)
    assert not OrganisationIdentity.objects.exists()


@pytest.mark.parametrize(
    "sign",
    [
        lambda claims: signed(claims, key=STRANGE_KEY),
        unsigned,
        lambda claims: signed_with_secret(claims, SECRET.encode()),
        lambda claims: signed_with_secret(claims, KEY.as_pem(private=False)),
        lambda _claims: "no.token",
    ],
    ids=["another key", "no signature", "the client's secret", "the public key as secret", "none"],
)
def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    client: Client, provider: OpenIdProvider, sign: Callable[[Claims], str]
) -> None:
    provider.sign = sign

    assert sign_in(client).status_code == 403
    assert not is_signed_in(client)


def test_a_forged_state_opens_nothing(client: Client, provider: OpenIdProvider) -> None:
    back = go_out(client)
    state = parse_qs(urlsplit(back).query)["state"][0]

    response = client.get(back.replace(state, "forged"))

    assert response.status_code == 403
    assert not is_signed_in(client)


def test_an_answer_for_another_browser_opens_nothing(provider: OpenIdProvider) -> None:
    back, other = go_out(Client()), Client()
    go_out(other)

    assert other.get(back).status_code == 403
    assert not is_signed_in(other)


def test_an_answer_opens_once(client: Client, provider: OpenIdProvider) -> None:
    back = go_out(client)
    client.get(back)
    client.post("/logout/")

    assert client.get(back).status_code == 403
    assert not is_signed_in(client)


def test_an_answer_that_took_too_long_opens_nothing(
    client: Client, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisation._Kept, "expires_in", -1)
    back = go_out(client)

    assert client.get(back).status_code == 403
    assert not is_signed_in(client)


def test_who_the_provider_refuses_gets_a_way_back(client: Client, provider: OpenIdProvider) -> None:
    back = go_out(client)
    state = parse_qs(urlsplit(back).query)["state"][0]

    response = client.get(f"/login/organisation/back/?error=access_denied&state={state}")

    assert response.status_code == 403
    assert 'href="/login/"' in response.content.decode()


def test_a_provider_that_is_down_is_told_as_that(client: Client, provider: OpenIdProvider) -> None:
    provider.is_down = True

    response = client.get("/login/organisation/")

    assert response.status_code == 503
    assert "Lindeboom geeft geen antwoord" in response.content.decode()


def test_a_provider_that_goes_down_halfway_lets_nobody_in(
    client: Client, provider: OpenIdProvider
) -> None:
    back = go_out(client)
    provider.is_down = True

    assert client.get(back).status_code == 503
    assert not is_signed_in(client)


def test_a_provider_that_is_slow_is_not_waited_for(
    client: Client, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisation, "ASK_TIMEOUT", (0.2, 0.2))
    provider.stall = Event()

    response = client.get("/login/organisation/")
    provider.stall.set()

    assert response.status_code == 503


def test_a_new_key_of_the_provider_is_fetched(provider: OpenIdProvider) -> None:
    sign_in(Client())
    provider.keys = [STRANGE_KEY]
    provider.sign = lambda claims: signed(claims, key=STRANGE_KEY)
    client = Client()

    sign_in(client)

    assert is_signed_in(client)


def test_without_a_provider_there_is_no_such_page(client: Client) -> None:
    assert client.get("/login/organisation/").status_code == 404
    assert client.get("/login/organisation/back/").status_code == 404


def test_an_account_that_waits_is_linked_by_its_verified_address(provider: OpenIdProvider) -> None:
    waiting = factories.user(email="Gerda@Example.test")

    sign_in(Client())

    assert account() == waiting


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


def test_a_session_of_the_organisation_is_never_long(
    client: Client, provider: OpenIdProvider
) -> None:
    sign_in(client)

    assert client.session.get_expiry_age() <= 12 * 3600


def test_only_pages_of_the_hub_are_gone_to(client: Client, provider: OpenIdProvider) -> None:
    assert sign_in(client, target="https://evil.example/")["Location"] == "/"
