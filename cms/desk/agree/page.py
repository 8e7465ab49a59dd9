"""The page itself: plain forms, no script; opening it only reads."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from cms.agreement.models import Answer, Matter, Party
from cms.desk.agree.doors import account_of, for_who_is_in_it, way_in_of
from cms.desk.agree.shown import OwnPart, before_of, own_part
from cms.desk.screens import looks
from cms.media.models import Image, Rendition
from cms.publishing import on_request
from cms.workflow.errors import WorkflowError
from cms.workflow.restoring import restore

WIDEST = 800
SAID: dict[str, dict[Matter, Answer]] = {
    "yes": {Matter.WORDS: Answer.YES, Matter.PICTURE: Answer.YES},
    "yes-without-picture": {Matter.WORDS: Answer.YES, Matter.PICTURE: Answer.NO},
    "change": {Matter.WORDS: Answer.CHANGE, Matter.PICTURE: Answer.CHANGE},
    "no": {Matter.WORDS: Answer.NO, Matter.PICTURE: Answer.NO},
}
TAKES_BACK = {"take-back": tuple(Matter), "take-picture-back": (Matter.PICTURE,)}


@for_who_is_in_it
class Agree(View):
    """Her words and picture as they will stand there, and four answers that weigh the same."""

    def get(self, request: HttpRequest, party: Party) -> HttpResponse:
        again = "again" in request.GET
        return _shown(request, own_part(party, again=again))

    def post(self, request: HttpRequest, party: Party) -> HttpResponse:
        said = request.POST.get("answer", "")
        if said in TAKES_BACK:
            return self._take_back(request, party, said)
        if said not in SAID:
            raise Http404
        shown = own_part(party, again=True)
        answers = {matter: one for matter, one in SAID[said].items() if matter in shown.matters}
        try:
            on_request.answer(
                party,
                answers,
                digest=request.POST.get("digest", ""),
                way=way_in_of(request, party),
                sentence=request.POST.get("sentence", ""),
            )
        except WorkflowError as error:
            party.refresh_from_db()
            typed = request.POST.get("sentence", "")
            return _shown(request, own_part(party, again=True), fault=str(error), typed=typed)
        return redirect("agree:party", name=party.public_id)

    def _take_back(self, request: HttpRequest, party: Party, said: str) -> HttpResponse:
        if "sure" not in request.POST:
            shown = own_part(party)
            return render(request, "desk/agree/sure.html", {"own": shown, "said": said})
        on_request.take_back(party, matters=TAKES_BACK[said], way=way_in_of(request, party))
        return redirect("agree:party", name=party.public_id)


@for_who_is_in_it
class PutBack(View):
    """Puts one sentence back as she said it."""

    def post(self, request: HttpRequest, party: Party) -> HttpResponse:
        where, number = request.POST.get("where", ""), request.POST.get("number", "")
        shown = own_part(party)
        try:
            restore(
                party,
                where=where,
                number=int(number) if number.isdecimal() else -1,
                before=before_of(party, shown.page, where),
                digest=request.POST.get("digest", ""),
                by=account_of(request, party),
            )
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your sentence is back. Look whether it is right now."))
        return redirect("agree:party", name=party.public_id)


@for_who_is_in_it
class OwnPicture(View):
    """One of the pictures that she is in, and no other."""

    def get(self, request: HttpRequest, party: Party, picture: UUID) -> HttpResponseBase:  # noqa: ARG002
        shown = own_part(party)
        if str(picture) not in {one.image for one in shown.pictures}:
            raise Http404
        image = Image.objects.filter(public_id=picture).first()
        sizes = Rendition.objects.for_hub().filter(image=image, width__lte=WIDEST)
        size = sizes.order_by("-width", "filter_spec").first() if image else None
        if size is None:
            raise Http404
        return FileResponse(size.file.open("rb"), content_type=f"image/{size.format}")


def _shown(request: HttpRequest, own: OwnPart, *, fault: str = "", typed: str = "") -> HttpResponse:
    # Of what is still confidential she sees what is hers, and nothing else of it.
    is_open = not own.page.is_confidential
    is_asked = own.state in {"open", "change"} and bool(own.digest)
    context: dict[str, Any] = {
        "own": own,
        "title": own.page.title if is_open else _("Something with you in it"),
        "place": own.page.get_parent().title if is_open else "",
        "preview_url": looks.preview_url(request, own.page) if is_open and is_asked else "",
        "fault": fault,
        "typed": typed,
    }
    return render(request, "desk/agree/page.html", context, status=409 if fault else 200)
