"""What is written about agreement: to the person herself, and to who waits for her."""

from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.stories.models import EditorialPage
from cms.workflow import links
from cms.workflow.letters import Letter, about


def asked(page: EditorialPage, *, url: str, writers: str) -> Letter:
    return about(
        page,
        names=writers or _("a colleague"),
        subject=_("May this go online like this? %(item)s"),
        lines=[
            _("You are in %(item)s, by %(names)s."),
            _("Without your yes it does not go online. Look at what is yours in it."),
            _("Yes, no or something else: everything is fine. You need not say why."),
        ],
        button=_("Look and answer"),
        url=url,
    )


def asked_again(page: EditorialPage, *, url: str) -> Letter:
    return about(
        page,
        subject=_("Something of yours was changed: %(item)s"),
        lines=[
            _("In %(item)s your words or your picture were changed since you answered."),
            _("You see before and after. It does not go online before you said yes."),
        ],
        button=_("See before and after"),
        url=url,
    )


def reminded(page: EditorialPage, *, url: str, is_last: bool) -> Letter:
    lines = [
        _("%(item)s still waits for your answer. No is an answer too."),
        _("It takes a minute or two, on your phone as well."),
    ]
    if is_last:
        lines.append(_("We do not ask again. Without your yes it does not go online."))
    return about(
        page,
        subject=_("Your answer about %(item)s"),
        lines=lines,
        button=_("Look and answer"),
        url=url,
    )


def everybody_agrees(page: EditorialPage) -> Letter:
    return about(
        page,
        subject=_("Decide: everybody agrees with %(item)s"),
        lines=[_("Everybody in %(item)s said yes to exactly this text.")],
        button=_("Read and decide"),
        url=links.approval_url(page),
    )


def wants_change(page: EditorialPage, *, to: User, name: str, sentence: str) -> Letter:
    return about(
        page,
        person=name,
        subject=_("Read what %(person)s wants different in %(item)s"),
        lines=[
            _("%(person)s is in %(item)s and would like something changed."),
            _("Change it, and it is shown again. Talking it over helps too."),
        ],
        quote=sentence,
        button=_("See the text"),
        url=links.standing_url(page, to=to),
    )


def no_agreement(page: EditorialPage, *, to: User) -> Letter:
    """Say that it can't go; not who said no, and nobody is asked why."""
    return about(
        page,
        subject=_("No agreement: %(item)s"),
        lines=[
            _("%(item)s can't go online like this: there is no agreement."),
            _("Who is in it need not say why. Leave somebody out of it, or let it rest."),
        ],
        button=_("See how it stands"),
        url=links.standing_url(page, to=to),
    )


def taken_back(page: EditorialPage, *, to: User) -> Letter:
    return about(
        page,
        subject=_("Taken offline on request: %(item)s"),
        lines=[
            _("Somebody in %(item)s took back a yes. It is offline, everywhere."),
            _("That needs no reason, so please do not ask for one."),
            _("The text is kept in the newsroom. Without that part it can be approved again."),
        ],
        button=_("See how it stands"),
        url=links.standing_url(page, to=to),
    )


def part_taken_back(page: EditorialPage, *, to: User) -> Letter:
    return about(
        page,
        subject=_("A part taken offline on request: %(item)s"),
        lines=[
            _("Somebody in %(item)s took back a yes. That part is offline, everywhere."),
            _("The rest is still on the hub. Look whether it reads well like this."),
            _("That needs no reason, so please do not ask for one."),
        ],
        button=_("See how it stands"),
        url=links.standing_url(page, to=to),
    )


def part_over(page: EditorialPage, *, to: User) -> Letter:
    return about(
        page,
        subject=_("A part taken offline: a yes has ended: %(item)s"),
        lines=[
            _("In %(item)s somebody said yes until a day that is over. That part is offline."),
            _("The rest is still on the hub. Ask again, and it can be put back."),
        ],
        button=_("See how it stands"),
        url=links.standing_url(page, to=to),
    )


def over(page: EditorialPage, *, to: User) -> Letter:
    return about(
        page,
        subject=_("Taken offline: a yes has ended: %(item)s"),
        lines=[
            _("In %(item)s somebody said yes until a day that is over. It is offline."),
            _("Ask again, and it can be approved again."),
        ],
        button=_("See how it stands"),
        url=links.standing_url(page, to=to),
    )
