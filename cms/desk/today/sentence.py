"""The first line of Today is the answer; each number in it leads to its panel."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts.models import User
from cms.desk.today.week import Week
from cms.workflow.moments import hub_zone

NOON, EVENING = 12, 18


def greeting(user: User, *, now: datetime | None = None) -> str:
    hour = (now or timezone.now()).astimezone(hub_zone()).hour
    name = user.first_name or user.display_name
    if hour < NOON:
        return _("Good morning %(name)s") % {"name": name}
    if hour < EVENING:
        return _("Good afternoon %(name)s") % {"name": name}
    return _("Good evening %(name)s") % {"name": name}


def for_newsroom(*, faults: int, waiting: int, risks: int, week: Week, late: int = 0) -> SafeString:
    clauses = [
        _link("faults", ngettext("%(n)s thing failed", "%(n)s things failed", faults), faults),
        _link("waiting", ngettext("%(n)s waits for you", "%(n)s wait for you", waiting), waiting),
        _link("risks", ngettext("%(n)s is at risk", "%(n)s are at risk", risks), risks),
        _link("late", ngettext("%(n)s request is late", "%(n)s requests are late", late), late),
    ]
    return format_html("{} {}", _listed(clauses, _("Nothing waits for you.")), _of_week(week))


def for_writer(*, moves: int, drafts: int, submitted: int, waiting: int) -> SafeString:
    clauses = [
        _link("waiting", ngettext("%(n)s waits for you", "%(n)s wait for you", waiting), waiting),
        _link(
            "moves",
            ngettext("%(n)s story asks for you", "%(n)s stories ask for you", moves),
            moves,
        ),
        _link(
            "drafts",
            ngettext("%(n)s draft is not finished", "%(n)s drafts are not finished", drafts),
            drafts,
        ),
        _link(
            "own",
            ngettext("%(n)s story is being read", "%(n)s stories are being read", submitted),
            submitted,
        ),
    ]
    return _listed(clauses, _("You're all caught up. Begin something new below."))


def _link(anchor: str, words: str, number: int) -> SafeString | None:
    return format_html('<a href="#{}">{}</a>', anchor, words % {"n": number}) if number else None


def _listed(clauses: Sequence[SafeString | None], nothing: str) -> SafeString:
    said = [clause for clause in clauses if clause]
    if not said:
        return format_html("{}", nothing)
    head = format_html_join(", ", "{}", ((clause,) for clause in said[:-1]))
    if not head:
        return format_html("{}.", said[-1])
    return format_html("{}{}{}.", head, _(" and "), said[-1])


def _of_week(week: Week) -> SafeString:
    """Say what the week brings; a number that is nought is never said."""
    coming, live = {"n": week.to_come}, {"n": week.live}
    come = ngettext("This week %(n)s goes live", "This week %(n)s go live", week.to_come) % coming
    came = ngettext("This week %(n)s went live", "This week %(n)s went live", week.live) % live
    there = ngettext("%(n)s is there already", "%(n)s are there already", week.live) % live
    if not week.to_come and not week.live:
        return format_html("{}", _("This week nothing goes live."))
    if not week.to_come:
        return format_html('<a href="#week">{}</a>; {}.', came, _("nothing else is scheduled"))
    if not week.live:
        return format_html('<a href="#week">{}</a>.', come)
    return format_html('<a href="#week">{}</a>; {}.', come, there)
