"""The account the press reads the newsroom with: no person, no password, one token."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import APIToken

from cms.config import keys
from cms.config.home import Home

TOKEN_NAME = "plein press"  # noqa: S105 - what the token is called, not the token


def ensure_press_token(home: Home) -> None:
    """Make sure that the token in the home opens the feed, and that no older one does."""
    account, is_new = get_user_model().objects.get_or_create(
        username=settings.PLEIN_PRESS_ACCOUNT, defaults={"last_name": "Plein"}
    )
    if is_new:
        account.set_unusable_password()
        account.save()
    tokens = APIToken.objects.filter(user=account, revoked_at=None)
    held = keys.read_key(home.press_token)
    if held and tokens.filter(key_hash__in=APIToken.candidate_key_hashes(held)).exists():
        return
    tokens.update(revoked_at=timezone.now())
    _token, plain = APIToken.create_token(user=account, name=TOKEN_NAME)
    keys.write_key(home.press_token, plain)
