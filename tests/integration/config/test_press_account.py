"""The press's key."""

from pathlib import Path

import pytest
from wagtail.models import APIToken

from cms.accounts.models import User
from cms.config import keys
from cms.config.home import Home
from cms.config.press_account import ensure_press_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(root=tmp_path)


def active_tokens() -> int:
    return int(APIToken.objects.filter(user__username="press", revoked_at=None).count())


def test_the_press_gets_an_account_without_password_and_one_token(home: Home) -> None:
    ensure_press_token(home)

    account = User.objects.get(username="press")
    assert not account.has_usable_password()
    assert not account.has_perm("wagtailadmin.access_admin")
    assert active_tokens() == 1
    assert (keys.read_key(home.press_token) or "").startswith("wagtail_")


def test_the_token_stays_while_it_works(home: Home) -> None:
    ensure_press_token(home)
    first = keys.read_key(home.press_token)

    ensure_press_token(home)

    assert keys.read_key(home.press_token) == first


@pytest.mark.parametrize("left", [None, "wagtail_something-that-never-was"])
def test_a_lost_token_is_replaced_and_the_old_one_ends(home: Home, left: str | None) -> None:
    ensure_press_token(home)
    first = keys.read_key(home.press_token)
    home.press_token.unlink()
    if left:
        keys.write_key(home.press_token, left)

    ensure_press_token(home)

    assert keys.read_key(home.press_token) not in {first, left}
    assert active_tokens() == 1
