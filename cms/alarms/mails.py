"""Who hears of a problem, and that it is over: one mail a person for all that is news at once."""

from collections.abc import Callable, Sequence
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts import roles
from cms.accounts.models import User
from cms.alarms.models import Alarm
from cms.alarms.problems import Kind
from cms.alarms.words import words_of
from cms.workflow import links, notifications, permissions
from cms.workflow.letters import Letter
from cms.workflow.moments import in_words_elsewhere

STATUS = "desk:status"

type Write = Callable[[Sequence[Alarm]], Letter]


def wrong(alarms: Sequence[Alarm]) -> None:
    """Tell those responsible what is wrong and what to do."""
    _tell(alarms, letter_of_wrong)


def over(alarms: Sequence[Alarm]) -> None:
    """Tell those who were called that it is over."""
    _tell(alarms, letter_of_over)


def _tell(alarms: Sequence[Alarm], write: Write) -> None:
    of_person: dict[User, list[Alarm]] = {}
    for alarm in alarms:
        for user in responsible_for(alarm):
            of_person.setdefault(user, []).append(alarm)
    for user, theirs in of_person.items():
        notifications.send([user], partial(write, theirs))


def responsible_for(alarm: Alarm) -> list[User]:
    """Return who must know: never nobody, as long as somebody sees everything."""
    managers, machinists = _managers(), administrators()
    if Kind(alarm.kind).is_of_machines:
        return machinists or managers
    approvers = permissions.approvers_of(alarm.page.specific) if alarm.page else []
    people = {*managers, *approvers} or {*machinists}
    return sorted(people, key=lambda user: user.pk)


def _managers() -> list[User]:
    return list(User.objects.filter(groups__name=roles.COMMUNITY_MANAGERS, is_active=True))


def administrators() -> list[User]:
    may = Q(groups__name=roles.ADMINISTRATORS) | Q(is_superuser=True)
    return list(User.objects.filter(may, is_active=True).distinct())


def letter_of_wrong(alarms: Sequence[Alarm]) -> Letter:
    if len(alarms) > 1:
        number = {"n": len(alarms)}
        subject = ngettext(
            "Solve this: %(n)s thing is wrong", "Solve this: %(n)s things are wrong", len(alarms)
        )
        lines = [line for alarm in alarms for line in _lines(alarm)]
        return Letter(subject % number, lines, _("See how things stand"), links.url_of(STATUS))
    words = words_of(alarms[0].problem)
    return Letter(
        subject=_("Solve this: %(what)s") % {"what": words.said},
        lines=[words.said, words.remedy],
        quote=words.reason,
        button=_("See what is wrong"),
        url=links.absolute(words.path) if words.path else links.url_of(STATUS),
    )


def _lines(alarm: Alarm) -> list[str]:
    words = words_of(alarm.problem)
    said = f"{words.said} ({words.reason})" if words.reason else words.said
    return [said, words.remedy]


def letter_of_over(alarms: Sequence[Alarm]) -> Letter:
    lines = [
        _("It began on %(moment)s: %(what)s")
        % {"moment": in_words_elsewhere(alarm.since), "what": words_of(alarm.problem).said}
        for alarm in alarms
    ]
    number = {"n": len(alarms)}
    title = Kind(alarms[0].kind).label
    many = ngettext("Over: %(n)s thing", "Over: %(n)s things", len(alarms)) % number
    return Letter(
        subject=many if len(alarms) > 1 else _("Over: %(what)s") % {"what": title},
        lines=[_("This is over. You need not do anything."), *lines],
        button=_("See how things stand"),
        url=links.url_of(STATUS),
    )
