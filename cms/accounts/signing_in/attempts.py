"""Slow down whoever guesses, without shutting out anybody else.

Three counters, in the database so that all web processes share them: one account from one address,
one account from everywhere, one address for all accounts. A browser that once signed in to the
account has a counter of its own instead: a stranger can use up theirs, never its.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.accounts.models import AttemptCount, User
from cms.accounts.proxies import neighbourhood_of
from cms.accounts.signing_in.known_browsers import browser_known_to

PASSWORD, ACTIVATION, CODE = "password", "activation", "code"


@dataclass(frozen=True)
class Limit:
    """How many within how long."""

    most: int
    within: timedelta


ACCOUNT_HERE = Limit(8, timedelta(minutes=5))
ACCOUNT_ANYWHERE = Limit(60, timedelta(hours=1))
ADDRESS = Limit(300, timedelta(minutes=5))
MAILS_TO_ACCOUNT = Limit(3, timedelta(hours=1))
MAILS_ASKED_HERE = Limit(30, timedelta(hours=1))
KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class Attempt:
    """Somebody at an address who tries to be an account.

    Attributes:
        kind: Of what is tried: passwords, activation codes and second factors count apart.
        account: The key of an account, or the name that was typed where there is none.
        address: Where it comes from, see `neighbourhood_of`.
        browser: Which browser it is, if the account has been signed in to with it; else empty.
    """

    kind: str
    account: str
    address: str
    browser: str = ""

    def limits(self) -> dict[str, Limit]:
        """Return the counters that this attempt is counted by; none of them names anybody."""
        if self.browser:
            return {_bucket(self.kind, "browser", self.account, self.browser): ACCOUNT_HERE}
        return {
            _bucket(self.kind, "here", self.account, self.address): ACCOUNT_HERE,
            _bucket(self.kind, "anywhere", self.account): ACCOUNT_ANYWHERE,
            _bucket(self.kind, "address", self.address): ADDRESS,
        }


@dataclass(frozen=True)
class Act:
    """Something that may be done so often, whether or not it can go wrong.

    Attributes:
        kind: What is done.
        about: To whom, or from where.
    """

    kind: str
    about: str
    limit: Limit

    def limits(self) -> dict[str, Limit]:
        return {_bucket(self.kind, self.about): self.limit}


def _bucket(*about: str) -> str:
    return salted_hmac("plein.attempts", "\n".join(about), algorithm="sha256").hexdigest()


def attempt_at(request: HttpRequest, *, kind: str, name: str, user: User | None) -> Attempt:
    """Describe an attempt to be `user`, or to be somebody of this name who is not there."""
    account = str(user.pk) if user else f"?{name.casefold()}"
    return Attempt(
        kind=kind,
        account=account,
        address=neighbourhood_of(request),
        browser=browser_known_to(user, request) if user else "",
    )


def act_from_here(request: HttpRequest, *, kind: str, limit: Limit) -> Act:
    """Describe something that is counted by where it comes from alone."""
    return Act(kind, neighbourhood_of(request), limit)


@transaction.atomic
def may_try(attempt: Attempt | Act) -> bool:
    """Count one attempt and say whether it may be made.

    It is counted before it is known to be right: a hundred at the same moment are no way round.
    """
    now = timezone.now()
    limits = attempt.limits()
    AttemptCount.objects.filter(since__lt=now - KEPT).delete()
    AttemptCount.objects.bulk_create(
        [AttemptCount(bucket=bucket, since=now) for bucket in sorted(limits)],
        ignore_conflicts=True,
    )
    counts = list(
        AttemptCount.objects.select_for_update().filter(bucket__in=limits).order_by("bucket")
    )
    if any(_is_full(count, limits[count.bucket], now=now) for count in counts):
        return False
    AttemptCount.objects.bulk_update(counts, ["count", "since"])
    return True


def _is_full(count: AttemptCount, limit: Limit, *, now: datetime) -> bool:
    """Add one to a counter in memory, from nothing where its time is over."""
    if count.since < now - limit.within:
        count.count, count.since = 0, now
    count.count += 1
    return count.count > limit.most


def is_first(name: str, *, kind: str) -> bool:
    """Say whether what may come once comes for the first time, within the hour we remember."""
    _, is_new = AttemptCount.objects.get_or_create(
        bucket=_bucket(kind, "once", name), defaults={"count": 1, "since": timezone.now()}
    )
    return is_new


@transaction.atomic
def forget(attempt: Attempt | Act) -> None:
    """Take back an attempt that was right, and the wrong ones of this account from here."""
    for bucket, limit in sorted(attempt.limits().items()):
        counted = AttemptCount.objects.filter(bucket=bucket, count__gt=0)
        if limit is ACCOUNT_HERE:
            counted.delete()
        else:
            counted.update(count=F("count") - 1)
