"""Photos with answers: taken in as the newsroom takes in any picture, shown to who sent them."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import View
from django.views.static import serve

from cms.contributions.actions import add_photo, remove_photo
from cms.contributions.errors import ContributionError
from cms.contributions.models import AnswerPhoto, Contribution
from cms.contributions.writers import Writer, questions_for
from cms.desk.write.doors import answerable_or_404, at_the_desk, is_asked_by_script
from cms.desk.write.shown import photo_field
from cms.media.intake import take_in
from cms.media.models import Rendition

LONGEST_NAME = 80
SHOWN_AS = "width-800|format-jpeg"
"""Made in the background; until then the original is shown."""


@at_the_desk
class Photos(View):
    """Takes in one photo; says in words what is wrong with it otherwise."""

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution, writer = answerable_or_404(request, name)
        upload = request.FILES.get("file")
        if upload is None or upload.file is None:
            return _refused(_("No photo came along. Choose one again."))
        try:
            picture = take_in(upload.file, name=upload.name or "")
            photo = add_photo(
                contribution,
                request.POST.get("key", ""),
                picture=picture,
                by=writer,
                once=request.POST.get("once", "")[:LONGEST_NAME],
            )
        except ValidationError as error:
            return _refused(" ".join(error.messages))
        except ContributionError as error:
            return _refused(str(error))
        context = {"shown": photo_field(photo), "contribution": contribution}
        html = render_to_string("desk/write/photo.html", context, request=request)
        return JsonResponse({"outcome": "saved", "html": html})


@at_the_desk
class Photo(View):
    """One photo: shows it, or takes it away."""

    def get(self, request: HttpRequest, name: UUID, number: int) -> HttpResponseBase:
        contribution, writer = answerable_or_404(request, name)
        photo = _photo_or_404(contribution, number, writer=writer)
        sized = Rendition.objects.for_hub().filter(image=photo.image, filter_spec=SHOWN_AS).first()
        path = (sized or photo.image).file.name
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))

    def post(self, request: HttpRequest, name: UUID, number: int) -> HttpResponse:
        contribution, writer = answerable_or_404(request, name)
        remove_photo(contribution, number, by=writer)
        if is_asked_by_script(request):
            return JsonResponse({"outcome": "saved"})
        return redirect("write:form", name=name)


def _photo_or_404(contribution: Contribution, number: int, *, writer: Writer) -> AnswerPhoto:
    keys = [one.key for one in questions_for(contribution, writer)]
    photos = contribution.photos.select_related("image").filter(key__in=keys)
    found = photos.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _refused(words: str) -> JsonResponse:
    return JsonResponse(
        {"outcome": "refused", "message": words}, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )
