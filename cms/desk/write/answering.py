"""Where the form's script sends answers, one at a time."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views import View

from cms.contributions.actions import Outcome, Saved, Typed, save_answer, settle
from cms.contributions.errors import ContributionError, UnknownQuestion
from cms.contributions.models import Contribution
from cms.contributions.writers import Writer
from cms.desk.write.doors import answerable_or_404, at_the_desk, is_asked_by_script
from cms.desk.write.presence import also_here
from cms.desk.write.shown import shown

LONGEST_WRITER = 40
MOST = 2_000_000_000


@at_the_desk
class Answering(View):
    """Keeps one answer; says what stands there now, and what came in beside it."""

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution, writer = answerable_or_404(request, name)
        try:
            saved = save_answer(contribution, typed_in(request), by=writer)
        except UnknownQuestion:
            # The photo it is about was taken away, on another page; there is nothing to keep.
            return JsonResponse({"outcome": "gone"}, status=HTTPStatus.GONE)
        return JsonResponse(in_words(contribution, saved, by=writer))


@at_the_desk
class Settling(View):
    """Chooses one version of an answer, or puts both under each other."""

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution, writer = answerable_or_404(request, name)
        typed = typed_in(request)
        if not is_asked_by_script(request):
            typed = _chosen(request, contribution, typed)
        try:
            saved = settle(contribution, typed, by=writer)
        except ContributionError:
            return JsonResponse({"outcome": "gone"}, status=HTTPStatus.GONE)
        if is_asked_by_script(request):
            return JsonResponse(in_words(contribution, saved, by=writer))
        return redirect("write:form", name=name)


def typed_in(request: HttpRequest) -> Typed:
    """Read what was sent; a number that is none counts as nothing."""
    sent = request.POST
    return Typed(
        key=sent.get("key", ""),
        text=sent.get("text", ""),
        base=_number(sent.get("base", "")),
        writer=sent.get("writer", "")[:LONGEST_WRITER],
        turn=_number(sent.get("turn", "")),
    )


def _number(text: str) -> int:
    return min(int(text), MOST) if text.isdecimal() and text.isascii() else 0


def _chosen(request: HttpRequest, contribution: Contribution, typed: Typed) -> Typed:
    """Read the choice of a page without script: one version by its number, or all of them."""
    answer = contribution.answers.filter(key=typed.key).first()
    others = list(contribution.other_versions.filter(key=typed.key))
    now = answer.text if answer else ""
    if request.POST.get("keep") == "both":
        text = "\n\n".join([now, *(other.text for other in others)]).strip()
    else:
        number = _number(request.POST.get("version", ""))
        text = next((other.text for other in others if other.pk == number), now)
    return Typed(typed.key, text, base=typed.base)


def in_words(contribution: Contribution, saved: Saved, *, by: Writer) -> dict[str, Any]:
    """Say what became of an answer, for the script."""
    answer = saved.answer
    said: dict[str, Any] = {
        "outcome": saved.outcome,
        "revision": answer.revision,
        "also": also_here(contribution, besides=by),
    }
    if saved.outcome == Outcome.TWO:
        fields = shown(contribution, by).fields
        doubled = next(field for field in fields if field.key == answer.key)
        said["html"] = render_to_string("desk/write/two.html", {"field": doubled})
    return said
