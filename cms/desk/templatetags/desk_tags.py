from datetime import date, datetime, timedelta

from django import template
from django.utils.translation import gettext as _

from cms.desk import times
from cms.desk.standing import standing_of
from cms.publishing.status import Signal, Status

register = template.Library()

WARNING_SIGNALS = {Signal.FAILED: "bad"}


@register.inclusion_tag("desk/includes/status.html")
def status_mark(status: Status, *, with_moment: bool = False) -> dict[str, object]:
    """Show a status by mark and word, with its signals beside it."""
    return {
        "status": status,
        "mark": f"desk/marks/{status.key}.svg",
        "moment": moment_of(status) if with_moment else "",
        "signals": [
            (Signal(signal).label, WARNING_SIGNALS.get(signal, "warn"))
            for signal in sorted(status.signals)
        ],
    }


@register.filter
def short_moment(moment: datetime | None) -> str:
    return times.short_moment(moment) if moment else ""


@register.filter
def short_day(moment: datetime | None) -> str:
    return times.short_day(moment) if moment else ""


@register.filter
def calendar_day(day: date) -> str:
    return times.calendar_day(day)


@register.filter
def last_day(until: datetime | None) -> str:
    return times.last_day(until) if until else ""


@register.filter
def to_the_tenth(moment: datetime | None) -> str:
    return times.to_the_tenth(moment) if moment else ""


@register.filter
def chosen_moment(moment: datetime) -> str:
    return times.chosen_moment(moment)


@register.filter
def seconds(passed: timedelta | None) -> str:
    return times.seconds(passed) if passed is not None else ""


@register.filter
def age(since: datetime) -> str:
    return times.age(since)


@register.filter
def is_late(since: datetime) -> bool:
    return times.is_late(since)


@register.filter
def moment_of(status: Status) -> str:
    """Say the moment that goes with a status: only *scheduled* and *live* have a clock time."""
    if status.at is None:
        return ""
    words = {
        "scheduled": times.short_moment(status.at),
        "live": _("since %(moment)s") % {"moment": times.short_moment(status.at)},
        "expired": _("until %(day)s") % {"day": times.short_day(status.at)},
        "withdrawn": _("on %(day)s") % {"day": times.short_day(status.at)},
        "submitted": _("since %(day)s") % {"day": times.short_day(status.at)},
    }
    return words.get(status.key, "")


@register.inclusion_tag("desk/includes/standing.html")
def standing(page: object) -> dict[str, object]:
    """Show how a page stands, where Wagtail would show its own status."""
    return {"status": standing_of(page), "page": page}
