"""Codes that people read from paper: no letters that look alike, kept only as a digest."""

import secrets

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
    typed = "".join(character for character in code.upper() if character.isalnum())
    text = f"{user.pk}\n{typed.translate(_LOOK_ALIKE)}"
    return salted_hmac(f"plein.code.{purpose}", text, algorithm="sha256").hexdigest()


def is_same(one: str, other: str) -> bool:
    return constant_time_compare(one, other)
