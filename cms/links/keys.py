"""The secrets behind links: made at random, shown once, kept only as a keyed digest."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.accounts.codes import is_same, make_code, plain
from cms.links.models import LinkKey, PersonalLink

KEY_BYTES = 18
"""144 bits, 24 characters."""
LONGEST = 64
CODE_KEPT = timedelta(days=14)


def add_key(link: PersonalLink) -> str:
    """Return a new secret that opens a link, for an address."""
    key = secrets.token_urlsafe(KEY_BYTES)
    LinkKey.objects.create(link=link, digest=_digests(key)[0])
    return key


def add_code(link: PersonalLink) -> str:
    """Return a new code for paper, good for one exchange; an earlier one opens nothing more."""
    LinkKey.objects.filter(link=link, is_code=True, used_at=None).delete()
    code = make_code()
    LinkKey.objects.create(
        link=link,
        digest=_digests(plain(code), is_code=True)[0],
        is_code=True,
        expires_at=min(link.expires_at, timezone.now() + CODE_KEPT),
    )
    return code


def link_by_key(key: str) -> PersonalLink | None:
    """Return the link that this secret belongs to, whether or not it still opens something."""
    if not key or len(key) > LONGEST:
        return None
    found = _known(_digests(key), is_code=False)
    return found.link if found else None


def exchange(code: str) -> PersonalLink | None:
    """Use up a code from paper and return its link; only one caller can."""
    if not code or len(code) > LONGEST:
        return None
    found = _known(_digests(plain(code), is_code=True), is_code=True)
    if found is None or not found.link.is_open:
        return None
    now = timezone.now()
    is_mine = LinkKey.objects.filter(pk=found.pk, used_at=None, expires_at__gt=now).update(
        used_at=now
    )
    return found.link if is_mine else None


def _known(digests: list[str], *, is_code: bool) -> LinkKey | None:
    keys = LinkKey.objects.filter(digest__in=digests, is_code=is_code).select_related("link__user")
    return next((key for key in keys if any(is_same(key.digest, one) for one in digests)), None)


def _digests(secret: str, *, is_code: bool = False) -> list[str]:
    """Return what may have been kept of a secret: with the key of today first, then older ones."""
    kind = "code" if is_code else "key"
    return [
        salted_hmac(f"plein.link.{kind}", secret, secret=key, algorithm="sha256").hexdigest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
