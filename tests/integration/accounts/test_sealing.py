"""Who has the database has no second factor; who changes the key keeps theirs."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from cms.accounts import activation
from cms.accounts.models import CodeApp, User
from cms.accounts.sealing import SealError, seal, unseal
from cms.accounts.signing_in import second_factor
from cms.config.preparation import tell_lost
from tests import factories
from tests.integration.accounts.doors import with_password

pytestmark = pytest.mark.django_db
OLD, NEW = "old-" + "k" * 50, "new-" + "k" * 50


@pytest.fixture
def editor(settings: Settings) -> User:
    settings.SECRET_KEY = OLD
    return with_password(factories.community_manager())


@pytest.fixture
def paper(editor: User) -> list[str]:
    """Return the codes on paper of an editor who has it on."""
    app = second_factor.app_to_set_up(editor)
    codes = second_factor.confirm(editor, code_of(app))
    CodeApp.objects.update(last_t=-1)  # as if that was a while ago
    return codes


def code_of(app: CodeApp) -> str:
    return f"{totp(app.bin_key):06d}"


def rows() -> str:
    """Return everything that the database holds of second factors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM otp_totp_totpdevice")
        return repr(cursor.fetchall()).lower()


def test_the_database_alone_makes_no_code(editor: User, paper: list[str]) -> None:
    secret = CodeApp.objects.get().bin_key

    assert len(secret) == 20
    assert secret.hex() not in rows()
    with pytest.raises(ValueError, match=r"[Hh]ex"):
        TOTPDevice.objects.get().verify_token("000000")


def test_each_secret_is_sealed_for_one_account(editor: User, paper: list[str]) -> None:
    other = with_password(factories.community_manager())
    CodeApp.objects.update(user=other)

    with pytest.raises(SealError):
        CodeApp.objects.get().bin_key  # noqa: B018 - it is read


@pytest.mark.parametrize("sealed", ["", "x", "é", "AAAA", "A" * 64, "not base 64!"])
def test_what_is_no_seal_opens_nothing(sealed: str) -> None:
    with pytest.raises(SealError):
        unseal(sealed, purpose="a test")


def test_a_seal_is_never_twice_the_same_and_keeps_to_its_purpose() -> None:
    one, other = (seal(b"secret", purpose="a test") for _ in range(2))

    assert one != other
    assert unseal(one, purpose="a test") == unseal(other, purpose="a test") == b"secret"
    with pytest.raises(SealError):
        unseal(one, purpose="another")
    with pytest.raises(SealError):
        unseal(one[:-4] + "AAAA", purpose="a test")


def test_a_new_key_shuts_nobody_out(editor: User, paper: list[str], settings: Settings) -> None:
    slip = activation.make_slips([colleague := factories.employee()])[0]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]

    assert second_factor.is_right(editor, code_of(CodeApp.objects.get()))
    assert second_factor.is_right(editor, paper[0])
    assert not second_factor.is_right(editor, paper[0])
    assert activation.activate(colleague, slip.code, password="iets heel anders")
    assert second_factor.seal_anew() == 0
    settings.SECRET_KEY_FALLBACKS = []
    CodeApp.objects.update(last_t=-1)
    assert second_factor.is_right(editor, code_of(CodeApp.objects.get()))


def test_without_its_key_a_second_factor_opens_nothing_and_says_what_to_do(
    editor: User, paper: list[str], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    code = code_of(CodeApp.objects.get())
    settings.SECRET_KEY = NEW

    assert second_factor.is_on(editor)
    assert not second_factor.is_right(editor, code)
    assert "plein accounts without-code" in caplog.text
    assert second_factor.seal_anew() == 1
    caplog.clear()
    tell_lost(1)
    assert "1 second factors" in caplog.text


def test_what_was_being_set_up_with_another_key_begins_anew(
    editor: User, settings: Settings
) -> None:
    before = second_factor.app_to_set_up(editor)
    assert second_factor.app_to_set_up(editor).key == before.key
    settings.SECRET_KEY = NEW
    assert second_factor.confirm(editor, "000000") == []

    app = second_factor.app_to_set_up(editor)

    assert second_factor.confirm(editor, code_of(app))


def test_what_lay_open_is_sealed_by_the_update_and_works(editor: User) -> None:
    step = import_module("cms.accounts.migrations.0007_sealed_second_factor")
    secret = bytes(range(20))
    TOTPDevice.objects.create(user=editor, confirmed=True, key=secret.hex(), name="app")

    step.seal_all(apps, SimpleNamespace())

    assert secret.hex() not in rows()
    assert second_factor.is_right(editor, f"{totp(secret):06d}")
    step.unseal_all(apps, SimpleNamespace())
    assert TOTPDevice.objects.get().bin_key == secret
