"""The way in for colleagues without a mailbox: a code on paper, good for one first password."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cms.accounts.codes import digest_of, digests_of, is_same, make_code
from cms.accounts.models import ActivationCode, User

KEPT = timedelta(days=30)
_PURPOSE = "activation"


@dataclass(frozen=True)
class Slip:
    """What one colleague is given on paper; the code is nowhere else."""

    user: User
    code: str
    expires_at: datetime

    @property
    def name_to_type(self) -> str:
        return self.user.personnel_number or self.user.username


@transaction.atomic
def make_slips(users: Iterable[User]) -> list[Slip]:
    """Make a new code for each account; an older one opens nothing from here on."""
    expires_at = timezone.now() + KEPT
    slips = [Slip(user=user, code=make_code(), expires_at=expires_at) for user in users]
    ActivationCode.objects.bulk_create(
        [
            ActivationCode(
                user=slip.user,
                digest=digest_of(slip.code, user=slip.user, purpose=_PURPOSE),
                expires_at=expires_at,
            )
            for slip in slips
        ],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["digest", "expires_at"],
    )
    return slips


def is_right(user: User | None, code: str) -> bool:
    """Say whether this code opens the account, now; takes as long where there is no account."""
    known = ActivationCode.objects.filter(user_id=user.pk if user else 0).first()
    digests = digests_of(code, user=user or User(), purpose=_PURPOSE)
    if user is None or known is None:
        return False
    is_open = user.is_active and known.expires_at > timezone.now()
    return is_open and any(is_same(known.digest, digest) for digest in digests)


@transaction.atomic
def activate(user: User, code: str, *, password: str) -> bool:
    """Give the account its password and use up the code, together; only one caller can."""
    if not is_right(user, code):
        return False
    digests = digests_of(code, user=user, purpose=_PURPOSE)
    used, _ = ActivationCode.objects.filter(user=user, digest__in=digests).delete()
    if not used:
        return False
    user.set_password(password)  # which ends every session there is
    user.save(update_fields=["password"])
    return True
