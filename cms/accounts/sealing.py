"""Seal what a copy of the database alone must not tell, with a key that is kept outside it.

The key is made from `SECRET_KEY`, which lies in the home. After a change of that key the one before
it (`SECRET_KEY_FALLBACKS`) still opens what it sealed, until everything has been sealed anew.
"""

import base64
import os
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

_NONCE_BYTES = 12


class SealError(Exception):
    """What was sealed can't be opened: with another key, for another purpose, or damaged."""


def seal(secret: bytes, *, purpose: str) -> str:
    """Return the secret as it may be kept, in 4/3 of its length and 38 characters.

    Args:
        secret: What nobody may read.
        purpose: What it is and whose, in words that never change; it opens for nothing else.
    """
    nonce = os.urandom(_NONCE_BYTES)
    sealed = next(_ciphers()).encrypt(nonce, secret, purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str) -> bytes:
    """Return the secret again.

    Raises:
        SealError: It is not ours, or not for this.
    """
    try:
        content = base64.urlsafe_b64decode(sealed)
    except ValueError as error:
        raise SealError from error
    for cipher in _ciphers():
        try:
            return cipher.decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):  # sealed with another key, or too short to be anything
            continue
    raise SealError


def _ciphers() -> Iterator[AESGCM]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = salted_hmac("plein.seal", "", secret=secret, algorithm="sha256")
        yield AESGCM(key.digest())
