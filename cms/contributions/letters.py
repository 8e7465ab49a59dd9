"""Mails to who was given questions, and to who gave them."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.contributions.models import Contribution, Forwarding
from cms.contributions.progress import HerProgress
from cms.contributions.writers import hers_of
from cms.links.models import PersonalLink
from cms.workflow.letters import Letter


def forwarded(forwarding: Forwarding, url: str, *, by: User, sentence: str = "") -> Letter:
    contribution = forwarding.contribution
    asked = asked_in(contribution)
    words = {
        "name": by.display_name,
        "first": by.first_name or by.display_name,
        "rubric": contribution.rubric.title,
        "questions": _number(len(asked)),
    }
    return Letter(
        subject=_("%(questions)s from %(name)s") % words,
        lines=[
            _("%(name)s asks you to answer %(questions)s for “%(rubric)s”, as you agreed.") % words,
            _("Answer in your own words, on your phone if you like. A few sentences are enough."),
        ],
        quote=sentence,
        button=_("Start with question 1"),
        url=url,
        after=[*about_link(forwarding.link), _("Did nobody tell you? Ask %(first)s.") % words],
        listed=(_("These are the questions"), asked),
    )


def reminded(told: HerProgress, url: str) -> Letter:
    contribution = told.forwarding.contribution
    words = {
        "done": told.done,
        "total": told.total,
        "rubric": contribution.rubric.title,
        "name": contribution.author.display_name if contribution.author else "",
    }
    begun = _("Thank you: %(done)s of %(total)s are answered. Will you do the rest?") % words
    asked = _("%(name)s would love to read your answers. Do you have five minutes?") % words
    return Letter(
        subject=_("Your answers for “%(rubric)s”") % words,
        lines=[begun if told.done else asked],
        button=_("Go on"),
        url=url,
        after=about_link(told.forwarding.link),
    )


def answered(told: HerProgress, url: str) -> Letter:
    words = {"name": told.forwarding.link.name, "done": told.done, "total": told.total}
    return Letter(
        subject=_("%(name)s has answered") % words,
        lines=[
            _("%(name)s answered %(done)s of %(total)s questions.") % words,
            _("Read them, add what is yours, and submit the story."),
        ],
        button=_("Read the answers"),
        url=url,
    )


def about_link(link: PersonalLink) -> list[str]:
    """Return what whoever opens an unexpected mail has to know of the link in it."""
    day = date_format(localtime(link.expires_at), "j F")
    return [
        _("You need not sign in. Stopping and going on later is fine."),
        _("This link is yours alone and works until %(day)s.") % {"day": day},
    ]


def asked_in(contribution: Contribution) -> list[str]:
    """Return the questions of who it is about, in the language that is active."""
    language = get_language() or contribution.language
    return [one.worded(language).ask for one in hers_of(contribution.question_set.questions.asked)]


def _number(number: int) -> str:
    return ngettext("%(n)s question", "%(n)s questions", number) % {"n": number}
