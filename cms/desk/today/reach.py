"""Which part of what is on the hub reaches only some."""

from dataclasses import dataclass

from django.db.models import Count, Q

from cms.core.audiences import EVERYONE
from cms.stories.models import EditorialPage


@dataclass(frozen=True)
class Reach:
    """How many items are on the hub, and how many of them are not for everyone."""

    total: int
    gated: int

    @property
    def share(self) -> int:
        """The part that is not for everyone, in whole per cents; never 0 when there is any."""
        return max(1, round(100 * self.gated / self.total)) if self.gated else 0


def reach() -> Reach:
    """Count the items on the hub, in one query."""
    gated = Count("pk", filter=~Q(audience=EVERYONE))
    return Reach(**EditorialPage.objects.live().aggregate(total=Count("pk"), gated=gated))
