"""Sessions that began at the organisation, and end when they end there."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.crypto import salted_hmac

from cms.accounts.models import OrganisationSession, User
from cms.accounts.provider import Provider
from cms.accounts.signing_in.ended_elsewhere import Ended
from cms.accounts.signing_in.sessions import end_sessions_of


def remember(session: SessionBase, user: User, *, provider: Provider, sid: str) -> None:
    """Keep which of the provider's sessions this one belongs to, if it told."""
    if not sid:
        return
    if session.session_key is None:
        session.save()
    OrganisationSession.objects.create(
        user=user, digest=_digest(sid, provider), session_key=session.session_key or ""
    )


@transaction.atomic
def end(ended: Ended, provider: Provider) -> int:
    """End what ended there: that one session where we know it, else every one of who it was.

    Returns:
        To how many accounts it happened; none where everything had ended already.
    """
    found = User.objects.filter(
        identities__issuer=provider.issuer, identities__subject=ended.subject
    ).first()
    known = OrganisationSession.objects.filter(digest=_digest(ended.sid, provider))
    if found is not None:
        known = known.filter(user=found)
    ends = list(known.select_for_update())
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for each in ends:
        store(each.session_key).delete()
    known.delete()
    if ends or found is None:
        return len({each.user_id for each in ends})
    end_sessions_of(found)
    return 1


def _digest(sid: str, provider: Provider) -> str:
    text = f"{provider.issuer}\n{sid}"
    return salted_hmac("plein.sid", text, algorithm="sha256").hexdigest()
