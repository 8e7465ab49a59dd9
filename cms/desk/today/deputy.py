"""Whether somebody can say the second yes when the community manager is away."""

from cms.accounts import roles
from cms.accounts.models import User

ENOUGH = 2


def lacks_deputy() -> bool:
    """Say whether fewer than two people approve what stands in no rubric of its own."""
    managers = User.objects.filter(groups__name=roles.COMMUNITY_MANAGERS, is_active=True)
    return managers.count() < ENOUGH
