"""What the newsroom writes: one function per transition, in the language that is active."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.stories.models import EditorialPage
from cms.workflow import links, reasons
from cms.workflow.moments import in_words


@dataclass(frozen=True)
class Letter:
    """A mail before it has a shape: one subject, a few sentences, one button.

    Attributes:
        quote: The words of a person, set apart from ours.
        facts: Pairs of what and how, above the button.
        after: A few words below the button.
        listed: A head, and what is listed below it.
        aside: Words and address of the one other way.
    """

    subject: str
    lines: Sequence[str]
    button: str
    url: str
    quote: str = ""
    facts: Sequence[tuple[str, str]] = ()
    after: Sequence[str] = ()
    listed: tuple[str, Sequence[str]] | None = None
    aside: tuple[str, str] | None = None


def name_of(page: EditorialPage) -> str:
    """Return the title in quotation marks, or nothing that tells, for who must not know yet.

    Subjects are read over shoulders and on locked screens.
    """
    if page.is_confidential:
        return _("an item")
    return _("“%(title)s”") % {"title": page.title}


def submitted(page: EditorialPage, *, by: User) -> Letter:
    return Letter(
        subject=_("Read and decide: %(item)s") % {"item": name_of(page)},
        lines=[
            _("%(person)s submitted %(item)s.")
            % {"person": by.display_name, "item": name_of(page)},
            _("Read it in the hub's own look, then approve it or send it back."),
        ],
        button=_("Read and decide"),
        url=links.approval_url(page),
    )


def received(page: EditorialPage, *, readers: Sequence[str]) -> Letter:
    who = _(" or ").join(readers) or _("the editors")
    return Letter(
        subject=_("Thank you for %(item)s") % {"item": name_of(page)},
        lines=[
            _("Thank you: %(item)s has arrived.") % {"item": name_of(page)},
            _("%(names)s reads it, usually within one working day.") % {"names": who},
            _("You will hear from us as soon as there is a decision."),
        ],
        button=_("See your text"),
        url=links.editor_url(page),
    )


def edited(page: EditorialPage) -> Letter:
    return Letter(
        subject=_("See what changed in %(item)s") % {"item": name_of(page)},
        lines=[
            _("Thank you for writing %(item)s.") % {"item": name_of(page)},
            _("An editor changed something in it. Nothing goes live before you said yes."),
            _("Read before and after side by side, then accept it or say what you want different."),
        ],
        button=_("See before and after"),
        url=links.acceptance_url(page),
    )


def accepted(page: EditorialPage, *, by: User) -> Letter:
    words = {"person": by.display_name, "item": name_of(page)}
    return Letter(
        subject=_("Decide: %(person)s said yes to %(item)s") % words,
        lines=[_("%(person)s accepted the edited text of %(item)s. You can approve it.") % words],
        button=_("Read and decide"),
        url=links.approval_url(page),
    )


def objected(page: EditorialPage, *, by: User, sentence: str) -> Letter:
    words = {"person": by.display_name, "item": name_of(page)}
    return Letter(
        subject=_("Read what %(person)s wants different in %(item)s") % words,
        lines=[
            _("%(person)s does not agree with the edited text of %(item)s.") % words,
            _("It is a draft again. Talk it over together."),
        ],
        quote=sentence,
        button=_("See the text"),
        url=links.editor_url(page),
    )


def sent_back(page: EditorialPage, *, by: User, reason: str, sentence: str) -> Letter:
    return Letter(
        subject=_("Back with you: %(item)s") % {"item": name_of(page)},
        lines=[
            _("Thank you for %(item)s.") % {"item": name_of(page)},
            _("%(person)s asks you to look at one thing: %(reason)s.")
            % {"person": by.display_name, "reason": _lowered(reasons.words_of(reason))},
            _("You can go on writing, or answer first."),
        ],
        quote=sentence,
        button=_("Continue writing"),
        url=links.answer_url(page),
    )


def _lowered(words: str) -> str:
    """Begin with a small letter: the words of the house stand inside a sentence of ours."""
    return words[:1].lower() + words[1:]


def answered(page: EditorialPage, *, by: User, sentence: str) -> Letter:
    words = {"person": by.display_name, "item": name_of(page)}
    return Letter(
        subject=_("Read what %(person)s answers about %(item)s") % words,
        lines=[_("You sent %(item)s back. %(person)s answers:") % words],
        quote=sentence,
        button=_("See the text"),
        url=links.editor_url(page),
    )


def scheduled(page: EditorialPage, *, due_at: datetime) -> Letter:
    words = {"item": name_of(page), "moment": in_words(due_at)}
    return Letter(
        subject=_("Ready for %(moment)s: %(item)s") % words,
        lines=[
            _("Thank you: %(item)s is approved.") % words,
            _("It goes live on %(moment)s. You need not do anything.") % words,
        ],
        button=_("See your text"),
        url=links.editor_url(page),
    )


def unscheduled(page: EditorialPage, *, by: User) -> Letter:
    words = {"item": name_of(page), "person": by.display_name}
    return Letter(
        subject=_("Not on its way any more: %(item)s") % words,
        lines=[
            _("%(person)s took %(item)s out of the schedule for now.") % words,
            _("It is still approved. You will hear from us when it has a new time."),
        ],
        button=_("See your text"),
        url=links.editor_url(page),
    )


def live(page: EditorialPage) -> Letter:
    return Letter(
        subject=_("Live: %(item)s") % {"item": name_of(page)},
        lines=[
            _("Thank you: %(item)s is live now.") % {"item": name_of(page)},
            _("Show it to who is in it, and to who would like to read it."),
        ],
        button=_("Read it on the hub"),
        url=links.hub_url(page),
    )


def withdrawn(page: EditorialPage, *, by: User) -> Letter:
    words = {"item": name_of(page), "person": by.display_name}
    return Letter(
        subject=_("Taken offline: %(item)s") % words,
        lines=[
            _("%(person)s took %(item)s offline. Nobody can read it on the hub now.") % words,
            _("Your text is kept in the newsroom."),
        ],
        button=_("See your text"),
        url=links.editor_url(page),
    )


def sent_first(page: EditorialPage, *, by: User, reason: str, deadline: datetime) -> Letter:
    words = {"person": by.display_name, "item": name_of(page), "moment": in_words(deadline)}
    return Letter(
        subject=_("Look now: %(item)s is live with one yes") % words,
        lines=[
            _("%(person)s put %(item)s on the hub in an emergency.") % words,
            _("Read it and say yes. If nobody does, it comes offline on %(moment)s.") % words,
        ],
        quote=reason,
        button=_("Read and decide"),
        url=links.approval_url(page),
    )


def went_first(page: EditorialPage, *, deadline: datetime) -> Letter:
    words = {"item": name_of(page), "moment": in_words(deadline)}
    return Letter(
        subject=_("Live: %(item)s") % words,
        lines=[
            _("%(item)s is live. Who can say the second yes has been called.") % words,
            _("If nobody does, it comes offline on %(moment)s. Ring somebody.") % words,
        ],
        button=_("Read it on the hub"),
        url=links.hub_url(page),
    )


def confirmed(page: EditorialPage, *, by: User) -> Letter:
    words = {"item": name_of(page), "person": by.display_name}
    return Letter(
        subject=_("Confirmed: %(item)s") % words,
        lines=[_("Thank you: %(person)s looked at %(item)s and said yes. It stays.") % words],
        button=_("Read it on the hub"),
        url=links.hub_url(page),
    )


def taken_down(page: EditorialPage) -> Letter:
    words = {"item": name_of(page)}
    return Letter(
        subject=_("Taken offline, nobody said a second yes: %(item)s") % words,
        lines=[
            _("%(item)s was put on the hub in an emergency. No second person said yes.") % words,
            _("Nobody can read it on the hub now. Approve it to put it back.") % words,
        ],
        button=_("Read and decide"),
        url=links.approval_url(page),
    )
