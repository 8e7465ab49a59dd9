"""What the newsroom writes: one function per transition, in the language that is active."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import indent

from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.stories.models import EditorialPage
from cms.workflow import links, reasons
from cms.workflow.moments import in_words, in_words_elsewhere

QUOTED_BY = " " * 4


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

    @property
    def quoted(self) -> str:
        """Return the words of a person as plain text sets them apart, line by line."""
        return indent("\n".join(self.quote.splitlines()), QUOTED_BY)


def about(  # noqa: PLR0913 - the parts of a letter
    page: EditorialPage,
    *,
    subject: str,
    lines: Sequence[str],
    button: str,
    url: str,
    quote: str = "",
    **words: object,
) -> Letter:
    """Return a letter about an item, which every sentence can name as `%(item)s`.

    Args:
        page: The item.
        subject: A sentence, as `lines` are: with `words` by name still to be filled in.
        lines: What is said above the button.
        button: What the one button says.
        url: Where it leads.
        quote: The words of a person.
        words: What the sentences name besides the item.
    """
    named = {"item": name_of(page), **words}
    return Letter(
        subject=subject % named,
        lines=[line % named for line in lines],
        button=button,
        url=url,
        quote=quote,
    )


def name_of(page: EditorialPage) -> str:
    """Return the title in quotation marks, or nothing that tells, for who must not know yet.

    Subjects are read over shoulders and on locked screens.
    """
    if page.is_confidential:
        return _("an item")
    return _("“%(title)s”") % {"title": page.title}


def submitted(page: EditorialPage, *, by: User) -> Letter:
    return about(
        page,
        person=by.display_name,
        subject=_("Read and decide: %(item)s"),
        lines=[
            _("%(person)s submitted %(item)s."),
            _("Read it in the hub's own look, then approve it or send it back."),
        ],
        button=_("Read and decide"),
        url=links.approval_url(page),
    )


def received(page: EditorialPage, *, to: User, readers: Sequence[str]) -> Letter:
    return about(
        page,
        names=_(" or ").join(readers) or _("the editors"),
        subject=_("Thank you for %(item)s"),
        lines=[
            _("Thank you: %(item)s has arrived."),
            _("%(names)s reads it, usually within one working day."),
            _("You will hear from us as soon as there is a decision."),
        ],
        button=_("See your text"),
        url=links.text_url(page, to=to),
    )


def edited(page: EditorialPage, *, to: User) -> Letter:
    return about(
        page,
        subject=_("See what changed in %(item)s"),
        lines=[
            _("Thank you for writing %(item)s."),
            _("An editor changed something in it. Nothing goes live before you said yes."),
            _("Read before and after side by side, then accept it or say what you want different."),
        ],
        button=_("See before and after"),
        url=links.acceptance_url(page, to=to),
    )


def accepted(page: EditorialPage, *, by: User) -> Letter:
    return about(
        page,
        person=by.display_name,
        subject=_("Decide: %(person)s said yes to %(item)s"),
        lines=[_("%(person)s accepted the edited text of %(item)s. You can approve it.")],
        button=_("Read and decide"),
        url=links.approval_url(page),
    )


def objected(page: EditorialPage, *, by: User, sentence: str) -> Letter:
    return about(
        page,
        person=by.display_name,
        subject=_("Read what %(person)s wants different in %(item)s"),
        lines=[
            _("%(person)s does not agree with the edited text of %(item)s."),
            _("It is a draft again. Talk it over together."),
        ],
        quote=sentence,
        button=_("See the text"),
        url=links.editor_url(page),
    )


def sent_back(page: EditorialPage, *, to: User, by: User, reason: str, sentence: str) -> Letter:
    return about(
        page,
        person=by.display_name,
        reason=_lowered(reasons.words_of(reason)),
        subject=_("Back with you: %(item)s"),
        lines=[
            _("Thank you for %(item)s."),
            _("%(person)s asks you to look at one thing: %(reason)s."),
            _("You can go on writing, or answer first."),
        ],
        quote=sentence,
        button=_("Continue writing"),
        url=links.answer_url(page, to=to),
    )


def _lowered(words: str) -> str:
    """Begin with a small letter: the words of the house stand inside a sentence of ours."""
    return words[:1].lower() + words[1:]


def answered(page: EditorialPage, *, by: User, sentence: str) -> Letter:
    return about(
        page,
        person=by.display_name,
        subject=_("Read what %(person)s answers about %(item)s"),
        lines=[_("You sent %(item)s back. %(person)s answers:")],
        quote=sentence,
        button=_("See the text"),
        url=links.editor_url(page),
    )


def scheduled(page: EditorialPage, *, to: User, due_at: datetime) -> Letter:
    return about(
        page,
        moment=in_words_elsewhere(due_at),
        short=in_words(due_at),
        subject=_("Ready for %(short)s: %(item)s"),
        lines=[
            _("Thank you: %(item)s is approved."),
            _("It goes live on %(moment)s. You need not do anything."),
        ],
        button=_("See your text"),
        url=links.text_url(page, to=to),
    )


def unscheduled(page: EditorialPage, *, to: User, by: User) -> Letter:
    return about(
        page,
        person=by.display_name,
        subject=_("Not on its way any more: %(item)s"),
        lines=[
            _("%(person)s took %(item)s out of the schedule for now."),
            _("It is still approved. You will hear from us when it has a new time."),
        ],
        button=_("See your text"),
        url=links.text_url(page, to=to),
    )


def live(page: EditorialPage) -> Letter:
    return about(
        page,
        subject=_("Live: %(item)s"),
        lines=[
            _("Thank you: %(item)s is live now."),
            _("Show it to who is in it, and to who would like to read it."),
        ],
        button=_("Read it on the hub"),
        url=links.hub_url(page),
    )


def withdrawn(page: EditorialPage, *, to: User, by: User) -> Letter:
    return about(
        page,
        person=by.display_name,
        subject=_("Taken offline: %(item)s"),
        lines=[
            _("%(person)s took %(item)s offline. Nobody can read it on the hub now."),
            _("Your text is kept in the newsroom."),
        ],
        button=_("See your text"),
        url=links.text_url(page, to=to),
    )


def sent_first(page: EditorialPage, *, by: User, reason: str, deadline: datetime) -> Letter:
    return about(
        page,
        person=by.display_name,
        moment=in_words_elsewhere(deadline),
        subject=_("Look now: %(item)s is live with one yes"),
        lines=[
            _("%(person)s put %(item)s on the hub in an emergency."),
            _("Read it and say yes. If nobody does, it comes offline on %(moment)s."),
        ],
        quote=reason,
        button=_("Read and decide"),
        url=links.approval_url(page),
    )


def went_first(page: EditorialPage, *, deadline: datetime) -> Letter:
    return about(
        page,
        moment=in_words_elsewhere(deadline),
        subject=_("Live: %(item)s"),
        lines=[
            _("%(item)s is live. Who can say the second yes has been called."),
            _("If nobody does, it comes offline on %(moment)s. Ring somebody."),
        ],
        button=_("Read it on the hub"),
        url=links.hub_url(page),
    )


def confirmed(page: EditorialPage, *, by: User) -> Letter:
    return about(
        page,
        person=by.display_name,
        subject=_("Confirmed: %(item)s"),
        lines=[_("Thank you: %(person)s looked at %(item)s and said yes. It stays.")],
        button=_("Read it on the hub"),
        url=links.hub_url(page),
    )


def taken_down(page: EditorialPage) -> Letter:
    return about(
        page,
        subject=_("Taken offline, nobody said a second yes: %(item)s"),
        lines=[
            _("%(item)s was put on the hub in an emergency. No second person said yes."),
            _("Nobody can read it on the hub now. Approve it to put it back."),
        ],
        button=_("Read and decide"),
        url=links.approval_url(page),
    )


def came_down(page: EditorialPage, *, to: User) -> Letter:
    """Say to who wrote it what `taken_down` says to who decides."""
    return about(
        page,
        subject=_("Taken offline, nobody said a second yes: %(item)s"),
        lines=[
            _("%(item)s was put on the hub in an emergency. No second person said yes."),
            _("Nobody can read it on the hub now. Who approves here can put it back."),
        ],
        button=_("See your text"),
        url=links.text_url(page, to=to),
    )
