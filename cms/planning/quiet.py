"""When nobody is reminded of anything, by the hub's own clock, odd nights included."""

from datetime import datetime, time

from cms.core.wall_clock import hub_zone
from cms.planning.models import PlanningSettings


def is_quiet(now: datetime) -> bool:
    """Say whether colleagues are left alone at this moment."""
    kept = PlanningSettings.load()
    if not kept.keeps_quiet:
        return False
    return within(now.astimezone(hub_zone()).time(), kept.quiet_from, kept.quiet_until)


def within(at: time, start: time, end: time) -> bool:
    """Say whether a clock time lies from `start` to before `end`, over midnight where need be."""
    if start <= end:
        return start <= at < end
    return at >= start or at < end
