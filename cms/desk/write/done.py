"""Where the questions of who it is about end: what she answered, and that she is done."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views import View

from cms.contributions.composing import is_open
from cms.contributions.forwarding import finish
from cms.contributions.models import Contribution
from cms.contributions.progress import progress_of_hers
from cms.contributions.writers import guest_of
from cms.desk.write.doors import answerable_or_404, at_the_desk
from cms.desk.write.shown import shown
from cms.links.models import PersonalLink
from cms.links.visits import forget

LEAVE = "leave"


@at_the_desk
class Done(View):
    """For who came by a link to her own questions; her answers, and one button."""

    def get(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution, guest = _hers_or_404(request, name)
        return render(request, "desk/write/done.html", _about(contribution, guest))

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution, guest = _hers_or_404(request, name)
        if request.POST.get("go") == LEAVE:
            response = redirect("way_in")
            forget(guest, request, response)
            return response
        finish(contribution, by=guest)
        return redirect("write:done", name=name)


def _hers_or_404(request: HttpRequest, name: UUID) -> tuple[Contribution, PersonalLink]:
    contribution, writer = answerable_or_404(request, name)
    guest = guest_of(writer)
    if guest is None:
        raise Http404
    return contribution, guest


def _about(contribution: Contribution, guest: PersonalLink) -> dict[str, Any]:
    told = progress_of_hers([contribution], of=guest)[contribution.pk]
    form = shown(contribution, guest)
    return {
        "contribution": contribution,
        "rubric": contribution.rubric,
        "about": contribution.about,
        "is_guest": True,
        "is_by_link": True,
        "is_herself": contribution.about_id is not None
        and contribution.about_id == guest.person_id,
        "form": form,
        "language": get_language(),
        "name": guest.first_name,
        "author": contribution.author,
        "progress": form.progress,
        "is_open": is_open(contribution.item),
        "is_done": any(one.forwarding.done_at for one in told),
    }
