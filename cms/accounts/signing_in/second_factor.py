"""A code of six digits from an app beside the password; ten on paper for a lost phone.

Drift, and a code that is used twice, are django-otp's work. Guessing is limited by `attempts`,
per browser and address: its own lock would let a stranger with the password shut out the owner.
"""

import logging
import secrets

from django.conf import settings
from django.db import transaction

from cms.accounts import roles
from cms.accounts.codes import digest_of, digests_of, make_code
from cms.accounts.models import CodeApp, RecoveryCode, User
from cms.accounts.sealing import SealError

RECOVERY_CODES = 10
_PURPOSE = "recovery"
_DIGITS = 6
_SECRET_BYTES = 20  # as long as the digest it is used with, as RFC 4226 asks
logger = logging.getLogger(__name__)


def is_on(user: User) -> bool:
    return bool(CodeApp.objects.filter(user=user, confirmed=True).exists())


def is_required(user: User) -> bool:
    """Say whether this account needs one before it may enter the newsroom."""
    return bool(settings.PLEIN_SECOND_FACTOR_REQUIRED) and roles.may_enter_newsroom(user)


@transaction.atomic
def is_right(user: User, typed: str) -> bool:
    """Check a code of the app, or use up one on paper. Each opens the account once."""
    code = typed.replace(" ", "")
    if len(code) == _DIGITS and code.isascii() and code.isdigit():
        app = CodeApp.objects.select_for_update().filter(user=user, confirmed=True).first()
        return app is not None and _made(app, code)
    digests = digests_of(code, user=user, purpose=_PURPOSE)
    used, _ = RecoveryCode.objects.filter(user=user, digest__in=digests).delete()
    return used == 1


def _made(app: CodeApp, code: str) -> bool:
    """Say whether the app made this code just now."""
    try:
        return bool(app.verify_token(code))
    except SealError:
        logger.error(  # noqa: TRY400 - where it happened says nothing more
            "The second factor of account %s can't be checked: it was sealed with a key that is not"
            " in keys/secret_key. Put that key on its second line, or take the code off the"
            " account with `plein accounts without-code`.",
            app.user_id,
        )
        return False


def app_to_set_up(user: User) -> CodeApp:
    """Return the app that is being set up; the same one until it is confirmed."""
    waiting = CodeApp.objects.filter(user=user, confirmed=False)
    app: CodeApp | None = waiting.first()
    if app is None or not _opens(app):
        waiting.delete()
        app = CodeApp(user=user, confirmed=False, name="app")
        app.hold(secrets.token_bytes(_SECRET_BYTES))
        app.save()
    return app


def _opens(app: CodeApp) -> bool:
    try:
        return bool(app.bin_key)
    except SealError:
        return False


@transaction.atomic
def seal_anew() -> int:
    """Seal every secret with the key of today; give how many no key opens any more."""
    lost = 0
    for app in CodeApp.objects.select_for_update():
        if _opens(app):
            app.hold(app.bin_key)
            app.save(update_fields=["key"])
        else:
            lost += 1
    return lost


@transaction.atomic
def confirm(user: User, typed: str) -> list[str]:
    """Turn on the app that is being set up, in place of an older one.

    Returns:
        The codes for on paper, shown this once; empty where the code was wrong.
    """
    waiting = CodeApp.objects.select_for_update().filter(user=user, confirmed=False).first()
    if waiting is None or not _made(waiting, typed.replace(" ", "")):
        return []
    CodeApp.objects.filter(user=user, confirmed=True).delete()
    waiting.confirmed = True
    waiting.save()
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Make new codes for on paper; the old ones open nothing from here on."""
    codes = [make_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=digest_of(code, user=user, purpose=_PURPOSE))
        for code in codes
    )
    return codes


@transaction.atomic
def remove(user: User) -> None:
    """Turn it off, with everything that belongs to it."""
    CodeApp.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
