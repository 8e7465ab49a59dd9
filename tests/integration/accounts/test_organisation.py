"""Signing in with the organisation: a real provider, and every way to prove nothing."""

import time
from collections.abc import Callable
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from cms.accounts.models import OrganisationIdentity
from cms.accounts.signing_in import organisation
from tests.integration.accounts.doors import is_signed_in
from tests.integration.accounts.organisation import account, go_out, sign_in
from tests.integration.accounts.provider import (
    CLIENT,
    KEY,
    SECRET,
    STRANGE_KEY,
    Claims,
    OpenIdProvider,
    signed,
    signed_with_secret,
    unsigned,
)

pytestmark = pytest.mark.django_db


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


def test_a_device_stays_ones_own_until_somebody_else_comes(
    client: Client, provider: OpenIdProvider
) -> None:
    name = settings.PLEIN_OWN_DEVICE_COOKIE
    sign_in(client)
    client.post("/login/account/", {"act": "keep"})
    mark = client.cookies[name].value
    hers, other = Client(), Client()
    hers.cookies[name], other.cookies[name] = mark, "of-somebody-else"

    sign_in(hers)
    sign_in(other)

    assert mark
    assert hers.cookies[name].value == mark
    assert other.cookies[name].value == ""


def test_a_session_of_the_organisation_is_never_long(
    client: Client, provider: OpenIdProvider
) -> None:
    sign_in(client)

    assert client.session.get_expiry_age() <= 12 * 3600


def test_only_pages_of_the_hub_are_gone_to(client: Client, provider: OpenIdProvider) -> None:
    assert sign_in(client, target="https://evil.example/")["Location"] == "/"
