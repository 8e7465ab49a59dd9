"""Who may read which document: the one place that decides, for every door that answers readers."""

from django.db.models import Exists, OuterRef, Q

from cms.core.audiences import EVERYONE, MENTIONED
from cms.documents.models import Reference


def readable_by(audiences: frozenset[str]) -> Q:
    """Return the condition on documents under which somebody in these audiences may read them.

    A picture or a tag that nothing for everyone mentions is read by whoever may read something
    that does. Whoever is in no audience at all, not even everyone's, reads nothing.
    """
    own = Q(audience__in=audiences)
    if audiences <= {EVERYONE}:
        return own
    mentioning = Reference.objects.filter(
        target=OuterRef("public_id"), document__audience__in=audiences
    )
    return own | (Q(audience=MENTIONED) & Q(Exists(mentioning)))
