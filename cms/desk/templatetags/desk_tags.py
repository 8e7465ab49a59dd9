from datetime import date, datetime, timedelta

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from cms.desk import times
from cms.desk.standing import names_of_writers, standing_of
from cms.publishing.status import Signal, Status

register = template.Library()

WARNING_SIGNALS = {Signal.FAILED: "bad"}


@register.inclusion_tag("desk/includes/status.html", takes_context=True)
def status_mark(
    context: Context, status: Status, *, with_moment: bool = False, is_hers: bool = False
) -> dict[str, object]:
    """Show a status by mark and word, with its signals beside it.

    Args:
        context: Of the page; its reader is spoken to where it waits for her.
        status: Of the item.
        with_moment: Say since or until when as well.
        is_hers: The reader wrote it, whether she is signed in or came by a link.
    """
    reader = getattr(context.get("request"), "user", None)
    hers = is_hers or reader in status.waits_for
    return {
        "status": status,
        "mark": f"desk/marks/{status.key}.svg",
        "moment": moment_of(status) if with_moment else "",
        "signals": [
            (_said(signal, status, hers=hers), WARNING_SIGNALS.get(signal, "warn"))
            for signal in sorted(status.signals)
        ],
    }


def _said(signal: str, status: Status, *, hers: bool) -> str:
    """Say a signal, and of a yes whose it is: the reader's own, or somebody's by name."""
    if signal != Signal.WAITS_FOR_YES:
        return str(Signal(signal).label)
    if hers:
        return _("waits for your yes")
    names = names_of_writers(status)
    return _("waits for the yes of %(names)s") % {"names": names}


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


@register.inclusion_tag("desk/includes/standing.html", takes_context=True)
def standing(context: Context, page: object) -> dict[str, object]:
    """Show how a page stands, where Wagtail would show its own status."""
    return {"status": standing_of(page), "page": page, "request": context.get("request")}
