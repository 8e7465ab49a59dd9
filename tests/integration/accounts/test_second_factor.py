"""The code beside the password."""

import time

import pytest
from django.test import Client
from django_otp.oath import totp
from pytest_django import Settings

from cms.accounts.models import CodeApp, RecoveryCode, User
from cms.accounts.signing_in import pending, second_factor
from cms.accounts.signing_in.attempts import ACCOUNT_HERE
from tests import factories
from tests.integration.accounts.doors import (
    PASSWORD,
    as_if_tried,
    is_signed_in,
    sign_in,
    with_password,
)

pytestmark = pytest.mark.django_db
SET_UP = "/login/account/code/"


@pytest.fixture
def editor() -> User:
    return with_password(factories.community_manager())


@pytest.fixture
def paper(editor: User) -> list[str]:
    """Return the codes on paper of an editor who has it on."""
    device = second_factor.app_to_set_up(editor)
    codes = second_factor.confirm(editor, code_of(device))
    CodeApp.objects.update(last_t=-1)  # as if that was a while ago
    return codes


def code_of(device: CodeApp) -> str:
    return f"{totp(device.bin_key):06d}"


def device_of(user: User) -> CodeApp:
    app: CodeApp = CodeApp.objects.get(user=user, confirmed=True)
    return app


def give(client: Client, code: str, **words: str) -> int:
    return client.post("/login/code/", {"code": code, **words}).status_code


def test_a_password_alone_is_not_enough(client: Client, editor: User, paper: list[str]) -> None:
    response = sign_in(client, editor, next="/newsroom/")

    assert response["Location"] == "/login/code/?next=%2Fnewsroom%2F"
    assert not is_signed_in(client)
    assert client.get("/newsroom/").status_code == 302


def test_the_code_of_the_app_opens(client: Client, editor: User, paper: list[str]) -> None:
    sign_in(client, editor, stays="on")
    before = client.session.session_key

    response = client.post(
        "/login/code/", {"code": code_of(device_of(editor)), "next": "/newsroom/"}
    )

    assert response["Location"] == "/newsroom/"
    assert is_signed_in(client)
    assert client.session.session_key != before
    assert client.session.get_expiry_age() > 24 * 3600


def test_a_code_of_the_app_opens_once(client: Client, editor: User, paper: list[str]) -> None:
    code, other = code_of(device_of(editor)), Client()
    sign_in(client, editor)
    sign_in(other, editor)

    assert give(client, code) == 302
    assert give(other, code) == 200


def test_a_code_of_long_ago_opens_nothing(client: Client, editor: User, paper: list[str]) -> None:
    device = device_of(editor)
    old = f"{totp(device.bin_key, t0=600):06d}"
    sign_in(client, editor)

    assert give(client, old) == 200


def test_a_code_on_paper_opens_once_however_it_is_typed(
    client: Client, editor: User, paper: list[str]
) -> None:
    other = Client()
    sign_in(client, editor)
    sign_in(other, editor)

    assert give(client, paper[0].lower().replace("-", " ")) == 302
    assert give(other, paper[0]) == 200
    assert give(other, paper[1]) == 302


def test_codes_on_paper_are_nowhere_to_be_read(paper: list[str]) -> None:
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))

    assert len(paper) == RecoveryCode.objects.count() == second_factor.RECOVERY_CODES
    assert not any(code.replace("-", "") in kept.upper() for code in paper)


def test_a_code_on_paper_is_worth_nothing_to_somebody_else(
    client: Client, paper: list[str]
) -> None:
    other = with_password(factories.community_manager())
    second_factor.confirm(other, code_of(second_factor.app_to_set_up(other)))
    sign_in(client, other)

    assert give(client, paper[0]) == 200


def test_guessing_codes_is_stopped_and_the_owner_is_not(
    client: Client, editor: User, paper: list[str]
) -> None:
    owner = Client()
    sign_in(owner, editor)
    give(owner, paper[0])
    owner.post("/logout/")
    sign_in(client, editor, address="203.0.113.9")
    client.post("/login/code/", {"code": "000000"}, REMOTE_ADDR="203.0.113.9")
    as_if_tried(ACCOUNT_HERE.most)

    refused = client.post("/login/code/", {"code": paper[1]}, REMOTE_ADDR="203.0.113.9")
    sign_in(owner, editor)

    assert refused.status_code == 200
    assert give(owner, paper[2]) == 302


def test_the_page_for_the_code_is_for_who_gave_the_password(client: Client, editor: User) -> None:
    assert client.get("/login/code/")["Location"] == "/login/"


@pytest.mark.parametrize("what", ["too late", "closed", "password changed"])
def test_between_password_and_code_nothing_may_change(
    client: Client,
    editor: User,
    paper: list[str],
    what: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(client, editor)
    if what == "too late":
        later = time.time() + pending.WITHIN_SECONDS + 1
        monkeypatch.setattr("cms.accounts.signing_in.pending.time.time", lambda: later)
    elif what == "closed":
        User.objects.update(is_active=False)
    else:
        editor.set_password("iets heel anders")
        editor.save()

    assert client.post("/login/code/", {"code": paper[0]})["Location"] == "/login/"
    assert not is_signed_in(client)


def test_setting_it_up_shows_the_codes_once_and_ends_other_sessions(
    client: Client, editor: User
) -> None:
    other = Client()
    sign_in(other, editor)
    sign_in(client, editor)
    page = client.get(SET_UP).content.decode()
    device = second_factor.app_to_set_up(editor)

    shown = client.post(SET_UP, {"code": code_of(device)})

    assert "data:image/svg+xml" in page
    assert shown.content.decode().count("<code>") == second_factor.RECOVERY_CODES
    assert "no-store" in shown["Cache-Control"]
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_a_wrong_first_code_turns_nothing_on(client: Client, editor: User) -> None:
    sign_in(client, editor)
    client.get(SET_UP)

    client.post(SET_UP, {"code": "000000"})

    assert not second_factor.is_on(editor)


def test_a_session_without_the_code_can_not_replace_the_app(
    client: Client, editor: User, paper: list[str]
) -> None:
    client.force_login(editor)

    assert client.get(f"{SET_UP}?again")["Location"] == "/login/"


def test_moving_it_to_another_phone_makes_the_old_one_worthless(
    client: Client, editor: User, paper: list[str]
) -> None:
    old = device_of(editor)
    sign_in(client, editor)
    give(client, paper[0])
    client.get(f"{SET_UP}?again")

    client.post(f"{SET_UP}?again", {"code": code_of(second_factor.app_to_set_up(editor))})

    assert device_of(editor).key != old.key
    assert not second_factor.is_right(editor, paper[1])


def test_new_codes_on_paper_cost_a_code(client: Client, editor: User, paper: list[str]) -> None:
    sign_in(client, editor)
    give(client, paper[0])

    refused = client.post("/login/account/paper/", {"code": "nonsense"})
    given = client.post("/login/account/paper/", {"code": paper[1]})

    assert "<code>" not in refused.content.decode()
    assert given.content.decode().count("<code>") == second_factor.RECOVERY_CODES
    assert not second_factor.is_right(editor, paper[2])


@pytest.mark.parametrize("address", ["/newsroom/", "/newsroom/pages/", "/media/x.jpg"])
def test_where_it_is_required_the_newsroom_waits_for_it(
    client: Client, editor: User, settings: Settings, address: str
) -> None:
    settings.PLEIN_SECOND_FACTOR_REQUIRED = True
    sign_in(client, editor)

    assert client.get(address)["Location"] == SET_UP


def test_where_it_is_required_it_opens_the_newsroom(
    client: Client, editor: User, paper: list[str], settings: Settings
) -> None:
    settings.PLEIN_SECOND_FACTOR_REQUIRED = True
    sign_in(client, editor)
    give(client, paper[0])

    assert client.get("/newsroom/").status_code == 200


def test_a_reader_is_never_asked_for_it(client: Client, settings: Settings) -> None:
    settings.PLEIN_SECOND_FACTOR_REQUIRED = True
    sign_in(client, with_password(factories.employee()))

    assert is_signed_in(client)
    assert client.get("/newsroom/", follow=True).redirect_chain[-1][0] != SET_UP


def test_a_new_password_does_not_take_it_away(
    client: Client, editor: User, paper: list[str]
) -> None:
    assert sign_in(client, editor, password=PASSWORD)["Location"].startswith("/login/code/")
