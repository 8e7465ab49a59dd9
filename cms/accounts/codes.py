"""Codes that people read from paper: no letters that look alike, kept only as a digest."""

import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.accounts.models import User

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
"""50 bits: guessed at the pace that attempts are limited to, one in ten million years."""

_LOOK_ALIKE = str.maketrans("OILU", "011V")


def make_code() -> str:
    """Return a new code as it is printed: XXXXX-XXXXX."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[: LENGTH // 2]}-{drawn[LENGTH // 2 :]}"


def digest_of(code: str, *, user: User, purpose: str) -> str:
    """Return what is kept of a code, however it was typed; worthless for anybody else."""
    return digests_of(code, user=user, purpose=purpose)[0]


def digests_of(code: str, *, user: User, purpose: str) -> list[str]:
    """Return what may have been kept of a code: with the key of today first, then older ones."""
    text = f"{user.pk}\n{plain(code)}"
    return [
        salted_hmac(f"plein.code.{purpose}", text, secret=key, algorithm="sha256").hexdigest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def plain(code: str) -> str:
    """Return a code as everybody means it, however it was typed."""
    typed = "".join(character for character in code.upper() if character.isalnum())
    return typed.translate(_LOOK_ALIKE)


def is_same(one: str, other: str) -> bool:
    return constant_time_compare(one, other)
