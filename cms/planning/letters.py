"""What is written about requests: a request, with thanks. In the language that is active."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.planning.models import Assignment, Idea
from cms.planning.standing import Standing
from cms.stories.models.confidential import busy_title
from cms.stories.questions.shapes import AnswerKind, Questions
from cms.workflow.letters import Letter
from cms.workflow.links import absolute


def asked(
    assignment: Assignment,
    url: str,
    *,
    handed_over_by: User | None = None,
    is_second: bool = False,
) -> Letter:
    """Ask somebody to write; `is_second` when what was said with it was said to another."""
    words = _words(assignment)
    by = handed_over_by or assignment.made_by
    words["name"] = by.display_name if by else _("The newsroom")
    opening = _("%(name)s asks: will you write “%(subject)s” for the rubric “%(rubric)s”?")
    if handed_over_by is not None:
        opening = _("%(name)s would like to hand “%(subject)s” for “%(rubric)s” over to you.")
    return Letter(
        subject=_("%(subject)s: %(questions)s, by %(day)s") % words,
        lines=[
            opening % words,
            *([_("A colleague was asked for this first.")] if is_second else []),
        ],
        quote="" if assignment.is_confidential else assignment.note,
        facts=facts_of(assignment),
        button=_("Start with question 1"),
        url=url,
        after=[
            _("You need not sign in. Stopping and going on later is fine."),
            _("This link is yours alone and works until a week after that day."),
        ],
        listed=(_("These are the questions"), asks_of(assignment)),
        aside=(_("Does it not suit you? Hand it over or say no"), f"{url}&at=request"),
    )


def reminded(assignment: Assignment, standing: Standing, url: str) -> Letter:
    words = {**_words(assignment), "done": standing.done, "total": standing.total}
    begun = _("Thank you: %(done)s of %(total)s questions are done. Will you do the rest?")
    fresh = _("You were asked for “%(subject)s”. It takes about five minutes.")
    return Letter(
        subject=_("By %(day)s: %(subject)s") % words,
        lines=[(begun if standing.done else fresh) % words],
        facts=facts_of(assignment),
        button=_("Go on") if standing.done else _("Start with question 1"),
        url=url,
        aside=(_("Does it not suit you? Hand it over or say no"), f"{url}&at=request"),
    )


def passed_on(assignment: Assignment, *, by: User) -> Letter:
    words = {**_words(assignment), "name": by.display_name}
    other = assignment.assignee.display_name if assignment.assignee else ""
    return Letter(
        subject=_("You need not do anything more: %(subject)s") % words,
        lines=[
            _("Thank you for “%(subject)s”.") % words,
            _("%(name)s asked %(other)s to go on with it, with what you wrote.")
            % {**words, "other": other},
        ],
        button=_("To your desk"),
        url=_desk(),
    )


def cancelled(assignment: Assignment, *, by: User) -> Letter:
    words = {**_words(assignment), "name": by.display_name}
    return Letter(
        subject=_("You need not do anything more: %(subject)s") % words,
        lines=[
            _("%(name)s does not need “%(subject)s” any more. Thank you for wanting to.") % words,
            _("What you wrote is kept at your desk."),
        ],
        button=_("To your desk"),
        url=_desk(),
    )


def declined(assignment: Assignment, *, by: User) -> Letter:
    words = {**_words(assignment), "name": by.display_name}
    return Letter(
        subject=_("%(name)s can't do “%(subject)s”") % words,
        lines=[_("%(name)s says no to “%(subject)s”. You can ask somebody else.") % words],
        quote=assignment.reason,
        button=_("Find an ambassador"),
        url=_of(assignment),
    )


def claimed(assignment: Assignment, *, by: User) -> Letter:
    words = {**_words(assignment), "name": by.display_name}
    return Letter(
        subject=_("%(name)s takes “%(subject)s”") % words,
        lines=[_("%(name)s takes “%(subject)s”, to be done by %(day)s.") % words],
        button=_("See the request"),
        url=_of(assignment),
    )


def proposed(idea: Idea) -> Letter:
    name = idea.proposed_by.display_name if idea.proposed_by else ""
    return Letter(
        subject=_("%(name)s has an idea") % {"name": name},
        lines=[_("%(name)s proposes this. Make a request of it, or answer it.") % {"name": name}],
        quote=idea.text,
        button=_("See the idea"),
        url=absolute(reverse("desk:requests")),
    )


def idea_answered(idea: Idea) -> Letter:
    name = idea.answered_by.display_name if idea.answered_by else ""
    return Letter(
        subject=_("An answer to your idea"),
        lines=[
            _("Thank you for your idea: “%(idea)s”") % {"idea": idea.text},
            _("%(name)s answers:") % {"name": name},
        ],
        quote=idea.answer,
        button=_("To your desk"),
        url=_desk(),
    )


def facts_of(assignment: Assignment) -> list[tuple[str, str]]:
    """Return what is asked, by when, for when and what for, as pairs to show."""
    found = [(pgettext("of a request", "What"), size_of(assignment))]
    if assignment.about is not None:
        found.append((_("About"), assignment.about.name))
    found.append((_("No later than"), day_in_words(assignment.due_on)))
    if assignment.week is not None:
        week = _("week %(number)s") % {"number": assignment.week.isocalendar().week}
        found.append((_("Meant for"), week))
    if assignment.goal is not None:
        found.append((_("What for"), assignment.goal.name))
    elif assignment.rubric is not None and assignment.rubric.purpose:
        found.append((_("What for"), assignment.rubric.purpose))
    return found


def size_of(assignment: Assignment) -> str:
    """Say how much is asked: `5 questions and a photo`."""
    questions = _questions(assignment)
    if questions is None:
        return ""
    number = sum(one.kind != AnswerKind.PHOTO for one in questions.asked)
    photos = sum(one.photos for one in questions.asked if one.kind == AnswerKind.PHOTO)
    words = ngettext("%(n)s question", "%(n)s questions", number) % {"n": number}
    if not photos:
        return words
    more = ngettext("and a photo", "and %(number)s photos", photos) % {"number": photos}
    return f"{words} {more}"


def asks_of(assignment: Assignment) -> list[str]:
    questions = _questions(assignment)
    if questions is None or assignment.contribution is None:
        return []
    language = get_language() or assignment.contribution.language
    return [one.worded(language).ask for one in questions.asked]


def day_in_words(day: date) -> str:
    """Write `friday 4 december`, as people say it."""
    return date_format(day, "l j F")


def _questions(assignment: Assignment) -> Questions | None:
    contribution = assignment.contribution
    return contribution.question_set.questions if contribution else None


def _words(assignment: Assignment) -> dict[str, object]:
    return {
        "subject": busy_title() if assignment.is_confidential else assignment.subject,
        "rubric": assignment.place,
        "questions": size_of(assignment),
        "day": day_in_words(assignment.due_on),
    }


def _desk() -> str:
    return absolute(reverse("write:overview"))


def _of(assignment: Assignment) -> str:
    return absolute(reverse("desk:request", args=[assignment.public_id]))
