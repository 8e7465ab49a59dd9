"""When a page may be seen outside the newsroom."""

from django.db.models import Q
from django.utils import timezone


def public_now() -> Q:
    """Return the condition under which a page is public: live, and not past its end."""
    return Q(live=True) & (Q(expire_at=None) | Q(expire_at__gt=timezone.now()))
