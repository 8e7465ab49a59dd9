"""Whose session ends at the organisation is out here too: a real provider, and forgers."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cms.accounts.models import AttemptCount, OrganisationSession
from cms.accounts.signing_in.attempts import ADDRESS
from cms.accounts.signing_in.ended_elsewhere import FRESH_SECONDS
from cms.config.readers import audiences_of
from cms.publishing import retention
from tests import factories
from tests.integration.accounts.doors import as_if_tried, is_signed_in, with_password
from tests.integration.accounts.doors import sign_in as sign_in_by_password
from tests.integration.accounts.organisation import sign_in
from tests.integration.accounts.provider import (
    STRANGE_KEY,
    Claims,
    OpenIdProvider,
    signed,
    unsigned,
)

pytestmark = pytest.mark.django_db
ENDED = "/login/organisation/ended/"


def signed_in(provider: OpenIdProvider, sid: str = "") -> Client:
    provider.forge = lambda claims: {**claims, "sid": sid} if sid else claims
    browser = Client()
    sign_in(browser)
    return browser


def post(token: str) -> HttpResponse:
    return Client(enforce_csrf_checks=True).post(ENDED, {"logout_token": token})  # type: ignore[return-value]


def cookie_of(client: Client) -> str:
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def test_everything_of_somebody_ends_on_the_word_of_the_provider(provider: OpenIdProvider) -> None:
    browsers = [signed_in(provider), signed_in(provider)]

    answer = post(provider.logout_token())

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not any(map(is_signed_in, browsers))
    assert audiences_of(cookie_of(browsers[0])) is None


def test_one_session_there_is_one_session_here(provider: OpenIdProvider) -> None:
    phone, desk = signed_in(provider, "phone"), signed_in(provider, "desk")

    post(provider.logout_token(sid="desk"))

    assert is_signed_in(phone)
    assert not is_signed_in(desk)
    post(provider.logout_token(sid="phone", sub=None))
    assert not is_signed_in(phone)


def test_a_session_we_never_heard_of_ends_all_of_theirs(provider: OpenIdProvider) -> None:
    browser = signed_in(provider)

    post(provider.logout_token(sid="of-before-an-update"))

    assert not is_signed_in(browser)


def test_a_session_whose_key_was_renewed_is_still_known(provider: OpenIdProvider) -> None:
    browser = signed_in(provider, "desk")
    browser.post("/login/account/", {"act": "end_sessions"})
    assert is_signed_in(browser)

    post(provider.logout_token(sid="desk"))

    assert not is_signed_in(browser)


def test_nobody_else_is_signed_out(provider: OpenIdProvider) -> None:
    gerda = signed_in(provider, "hers")
    colleague = Client()
    sign_in_by_password(colleague, with_password(factories.employee()))

    assert post(provider.logout_token(sub="somebody-else", sid="elsewhere")).status_code == 200
    assert post(provider.logout_token(sub="somebody-else", sid=None)).status_code == 200

    assert is_signed_in(gerda)
    assert is_signed_in(colleague)


FORGERIES: dict[str, dict[str, Any]] = {
    "another audience": {"aud": "somebody-else"},
    "another issuer": {"iss": "https://evil.example"},
    "long ago": {"iat": int(time.time()) - FRESH_SECONDS - 60, "exp": None},
    "from the future": {"iat": int(time.time()) + 3600},
    "no time": {"iat": None},
    "over": {"exp": int(time.time()) - 600},
    "an identity token": {"nonce": "n"},
    "no event": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "an event that is no object": {
        "events": {"http://schemas.openid.net/event/backchannel-logout": "yes"}
    },
    "events that are a list": {"events": ["http://schemas.openid.net/event/backchannel-logout"]},
    "no name": {"jti": None},
    "nobody": {"sub": None},
    "an endless subject": {"sub": "x" * 300},
    "a subject that is no text": {"sub": ["7f3a"]},
}


def test_a_token_that_is_not_as_it_should_be_ends_nothing(provider: OpenIdProvider) -> None:
    browser = signed_in(provider)

    for forgery, changed in FORGERIES.items():
        answer = post(provider.logout_token(**changed))

        assert answer.status_code == 400, forgery
        assert json.loads(answer.content) == {"error": "invalid_request"}
    assert is_signed_in(browser)


SIGNED: dict[str, Callable[[Claims], str]] = {
    "with another key": lambda claims: signed(claims, key=STRANGE_KEY),
    "not at all": unsigned,
    "as another kind": lambda claims: signed(claims, kind="at+jwt"),
    "as nothing": lambda _claims: "no.token",
    "as less": lambda _claims: "",
    "without end": lambda _claims: "x" * 100_000,
    "cut off": lambda claims: f"{signed(claims).rpartition('.')[0]}.AAAA",
    "with a list": lambda claims: signed(claims).replace(".", ".W10.", 1),
}


def test_a_token_that_the_provider_did_not_sign_ends_nothing(provider: OpenIdProvider) -> None:
    browser = signed_in(provider)

    for how, sign in SIGNED.items():
        provider.sign = sign
        assert post(provider.logout_token()).status_code == 400, how
    assert is_signed_in(browser)


def test_a_token_counts_once(provider: OpenIdProvider) -> None:
    token = provider.logout_token()
    assert post(token).status_code == 200
    browser = signed_in(provider)

    assert post(token).status_code == 400
    assert is_signed_in(browser)


def test_a_token_that_names_its_kind_is_taken(provider: OpenIdProvider) -> None:
    browser = signed_in(provider)
    provider.sign = lambda claims: signed(claims, kind="logout+jwt")

    assert post(provider.logout_token()).status_code == 200
    assert not is_signed_in(browser)


def test_while_the_provider_is_away_it_is_asked_to_come_again(provider: OpenIdProvider) -> None:
    browser, token = signed_in(provider), provider.logout_token()
    provider.is_down = True
    assert post(token).status_code == 503
    assert is_signed_in(browser)
    provider.is_down = False

    assert post(token).status_code == 200
    assert not is_signed_in(browser)


def test_a_stranger_can_not_make_us_ask_the_provider_without_end(provider: OpenIdProvider) -> None:
    post("no.token")
    as_if_tried(ADDRESS.most)

    assert post(provider.logout_token()).status_code == 429


def test_the_provider_itself_is_never_too_often(provider: OpenIdProvider) -> None:
    post(provider.logout_token())

    assert not AttemptCount.objects.filter(count__gt=0).exclude(count=1).exists()
    assert AttemptCount.objects.get(count=0)


def test_only_a_post_is_listened_to(provider: OpenIdProvider) -> None:
    assert Client().get(ENDED).status_code == 405


def test_what_tied_the_two_sessions_goes_when_they_are_over(provider: OpenIdProvider) -> None:
    signed_in(provider, "desk")

    assert retention.sessions(timezone.now()) == 0
    assert retention.sessions(timezone.now() + OrganisationSession.KEPT) == 1


def test_a_session_of_the_organisation_is_over_after_its_hours(
    provider: OpenIdProvider, configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(hours=2)
    browser = signed_in(provider)
    session = browser.session
    now = [timezone.now() + timedelta(hours=1.9)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[-1])
    session["something"] = "that puts the end of other sessions off"
    session.save()
    assert is_signed_in(browser)

    now.append(now[-1] + timedelta(hours=0.2))

    assert not is_signed_in(browser)
    assert audiences_of(cookie_of(browser)) is None


def test_who_signs_out_here_is_shown_the_way_out_there(provider: OpenIdProvider) -> None:
    browser = signed_in(provider)
    shown = browser.post("/logout/", follow=True)
    assert not is_signed_in(browser)
    assert shown.redirect_chain[-1][0] == "/login/organisation/left/"
    assert "Lindeboom" in shown.content.decode()

    out = urlsplit(browser.get("/login/organisation/left/?go")["Location"])

    assert out.geturl().startswith(f"{provider.address}/bye?")
    asked = parse_qs(out.query)
    assert asked["client_id"] == ["plein"]
    assert asked["post_logout_redirect_uri"][0].endswith("/login/")


@pytest.mark.parametrize("trouble", ["down", "no place"])
def test_the_way_out_says_what_to_do_when_there_is_none(
    provider: OpenIdProvider, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.is_down = trouble == "down"
    told = {**provider.configuration(), "end_session_endpoint": "javascript:alert(1)"}
    if trouble == "no place":
        monkeypatch.setattr(provider, "configuration", lambda: told)

    answer = Client().get("/login/organisation/left/?go")

    assert answer.status_code == (503 if trouble == "down" else 200)
    assert "javascript" not in answer.content.decode()


def test_without_a_provider_none_of_it_is_there(client: Client) -> None:
    assert client.post(ENDED, {"logout_token": "x"}).status_code == 404
    assert client.get("/login/organisation/left/").status_code == 404
