"""How it will look, what is left to do, and the button that hands it in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views import View

from cms.contributions.actions import hand_in, take_back
from cms.contributions.composing import is_open, unanswered
from cms.contributions.errors import AnswersMissing
from cms.contributions.models import Contribution
from cms.contributions.taken_over import say_as_typed, taken_over
from cms.contributions.writers import name_of
from cms.desk.agreements.people import People, people_in
from cms.desk.screens import looks
from cms.desk.write.doors import at_the_desk, contribution_or_404, writer_of
from cms.desk.write.shown import Asked, ShownForm, shown
from cms.publishing.status import Signal, Status, status_of
from cms.stories.models import EditorialPage
from cms.workflow import permissions
from cms.workflow.errors import NotReady, WorkflowError
from cms.workflow.readiness import Problem, problems_at_submission

SUMMARY_FIELDS = frozenset({"title", "summary", "body", "slug"})


@dataclass(frozen=True)
class Left:
    """One thing that is left to do, and where; nowhere, if she can't do it herself."""

    text: str
    url: str


@at_the_desk
class Story(View):
    """The story in the hub's own look; handing in is an act of its own."""

    def get(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        if contribution.item is None:
            messages.info(request, _("There is nothing to see yet. Answer a question first."))
            return redirect("write:form", name=name)
        return render(request, "desk/write/story.html", _context(request, contribution))

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        if key := request.POST.get("put_in"):
            return self._put_in(request, contribution, key)
        try:
            hand_in(contribution, by=writer_of(request))
        except (AnswersMissing, NotReady):
            messages.error(request, _("Something is still missing. You see below what."))
        except WorkflowError as error:
            messages.error(request, str(error))
        return redirect("write:story", name=name)

    def _put_in(self, request: HttpRequest, contribution: Contribution, key: str) -> HttpResponse:
        try:
            say_as_typed(contribution, key, by=writer_of(request))
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The story says it in your words again."))
        return redirect("write:story", name=contribution.public_id)


@at_the_desk
class TakeBack(View):
    """Lets her change what nobody decided on yet."""

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        take_back(contribution_or_404(request, name), by=writer_of(request))
        return redirect("write:form", name=name)


def _context(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    item = contribution.item
    assert item is not None  # noqa: S101 - the view asked
    page: EditorialPage = item.specific.get_latest_revision_as_object()
    form = shown(contribution, writer_of(request))
    is_hers, status = is_open(item), status_of(item)
    is_by_link = writer_of(request) != request.user
    left = [*_left(form, page, is_by_link=is_by_link)] if is_hers else []
    number = len(left)
    return {
        "contribution": contribution,
        "rubric": contribution.rubric,
        "writer_name": name_of(writer_of(request)),
        "is_by_link": is_by_link,
        "about": contribution.about,
        "title": page.title,
        "form": form,
        "progress": form.progress,
        "is_open": is_hers,
        "in_review": item.workflow_in_progress and item.first_published_at is None,
        "waits_anew": item.workflow_in_progress and item.first_published_at is not None,
        "status": status,
        "preview_url": looks.preview_url(request, page),
        "left": left,
        "taken_over": [*_taken_over(form)] if is_hers else [],
        "news": _news(status, contribution),
        "people": _people(page, is_hers=is_hers),
        "first_way": next((one.url for one in left if one.url), ""),
        "left_words": ngettext("%(n)s thing left", "%(n)s things left", number) % {"n": number},
        "readers": _names(item),
        "skipped": [each for each in form.asked if not each.is_answered],
    }


def _news(status: Status, contribution: Contribution) -> tuple[str, str] | None:
    """Return what was said of it since she handed it in, and where that is read."""
    if Signal.WAITS_FOR_YES in status.signals:
        return _("See before and after"), reverse("write:changes", args=[contribution.public_id])
    if Signal.SENT_BACK in status.signals:
        return _("Read why it came back"), reverse("write:back", args=[contribution.public_id])
    return None


def _people(page: EditorialPage, *, is_hers: bool) -> People | None:
    """Return who is in it, once they are asked: while she writes nobody is."""
    people = people_in(page)
    is_begun = not is_hers or people.is_refused or any(row.is_asked for row in people.rows)
    return people if people.rows and is_begun else None


def _names(item: EditorialPage) -> str:
    people = permissions.approvers_of(item)
    words = pgettext("one of several people", " or ")
    return words.join(user.first_name or user.display_name for user in people)


def _left(form: ShownForm, page: EditorialPage, *, is_by_link: bool) -> Iterator[Left]:
    """Yield what has to be done before handing in, each with the place to do it."""
    contribution = form.contribution
    url = reverse("write:form", args=[contribution.public_id])
    missing = unanswered(contribution, form.written)
    language = get_language() or contribution.language
    for each in form.asked:
        if each.key in missing:
            ask = each.question.worded(language).ask
            words = _("Question %(number)s needs an answer: %(ask)s")
            yield Left(words % {"number": each.number, "ask": ask}, f"{url}?question={each.number}")
        for photo in each.photos:
            if not photo.alt.text.strip():
                words = _("Say what is in the photo, for who cannot see it.")
                yield Left(words, f"{url}?question={each.number}")
    for problem in problems_at_submission(page):
        if not _is_told(problem, has_missing=bool(missing)):
            yield _other(problem, contribution, is_by_link=is_by_link)


def _taken_over(form: ShownForm) -> Iterator[tuple[Asked, str]]:
    """Yield the questions whose answer stands otherwise in the story, and what it says there."""
    said = {one.key: one.said for one in taken_over(form.contribution)}
    return ((each, said[each.key]) for each in form.asked if each.key in said)


def _is_told(problem: Problem, *, has_missing: bool) -> bool:
    """Say whether the questions that are open tell this already."""
    return problem.key.endswith("-alt") or (has_missing and problem.field in SUMMARY_FIELDS)


def _other(problem: Problem, contribution: Contribution, *, is_by_link: bool) -> Left:
    """Return what the answers alone don't show: whom it is about, or what an editor left open.

    Wagtail's editor opens for an account, not for a link.
    """
    if problem.key == "interviewee":
        about = reverse("write:about", args=[contribution.public_id])
        return Left(_("Say who was interviewed."), about)
    if is_by_link:
        return Left(_("Ask the newsroom: %(problem)s") % {"problem": problem.message}, "")
    edit = reverse("wagtailadmin_pages:edit", args=[contribution.item_id])
    return Left(str(problem.message), edit)
