"""A code of six digits from an app beside the password; ten on paper for a lost phone.

Drift, and a code that is used twice, are django-otp's work. Guessing is limited by `attempts`,
per browser and address: its own lock would let a stranger with the password shut out the owner.
"""

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.accounts import roles
from cms.accounts.codes import digest_of, make_code
from cms.accounts.models import RecoveryCode, User

RECOVERY_CODES = 10
_PURPOSE = "recovery"
_DIGITS = 6


def is_on(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def is_required(user: User) -> bool:
    """Say whether this account needs one before it may enter the newsroom."""
    return bool(settings.PLEIN_SECOND_FACTOR_REQUIRED) and roles.may_enter_newsroom(user)


@transaction.atomic
def is_right(user: User, typed: str) -> bool:
    """Check a code of the app, or use up one on paper. Each opens the account once."""
    code = typed.replace(" ", "")
    if len(code) == _DIGITS and code.isascii() and code.isdigit():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        return device is not None and bool(device.verify_token(code))
    digest = digest_of(code, user=user, purpose=_PURPOSE)
    used, _ = RecoveryCode.objects.filter(user=user, digest=digest).delete()
    return used == 1


def device_to_set_up(user: User) -> TOTPDevice:
    """Return the device that is being set up; the same one until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return device


@transaction.atomic
def confirm(user: User, typed: str) -> list[str]:
    """Turn on the device that is being set up, in place of an older one.

    Returns:
        The codes for on paper, shown this once; empty where the code was wrong.
    """
    waiting = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if waiting is None or not waiting.verify_token(typed.replace(" ", "")):
        return []
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
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
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
