"""What the chart of lateness says, in sentences that stand without it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.alarms.lateness import MEANINGFUL, PROMISED, Lateness
from cms.desk import times

ENOUGH = 4


def sentence_of(lateness: Lateness) -> str:
    """Say how late things were; with a handful of publications only the slowest says something."""
    number = len(lateness.measured)
    if not number:
        return _("Nothing went live at a time of its own in these weeks.")
    said = [_early(lateness), _within(lateness, number), _slow(lateness)]
    return " ".join(filter(None, said))


def _early(lateness: Lateness) -> str:
    if not lateness.early:
        return _("Never too early.")
    words = ngettext("%(n)s went live too early.", "%(n)s went live too early.", lateness.early)
    return words % {"n": lateness.early}


def _within(lateness: Lateness, number: int) -> str:
    slowest = times.seconds(lateness.within(1))
    if number < ENOUGH:
        words = ngettext(
            "It was there within %(slowest)s.", "All %(n)s were there within %(slowest)s.", number
        )
        return words % {"n": number, "slowest": slowest}
    half = times.seconds(lateness.within(0.5))
    if number < MEANINGFUL:
        return _("Half of them were there within %(half)s, all within %(slowest)s.") % {
            "half": half,
            "slowest": slowest,
        }
    most = times.seconds(lateness.within(0.99))
    return _("Half of them were there within %(half)s, 99 in 100 within %(most)s.") % {
        "half": half,
        "most": most,
    }


def _slow(lateness: Lateness) -> str:
    if not lateness.slow:
        return ""
    words = ngettext(
        "%(n)s came later than the %(promised)s that readers may expect.",
        "%(n)s came later than the %(promised)s that readers may expect.",
        lateness.slow,
    )
    return words % {"n": lateness.slow, "promised": times.seconds(PROMISED)}
