"""What somebody reads whose text broke on its way to the newsroom, by hand or by a bad line."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.core.forms import DamagedFormError


class AsksAgainWhenDamaged:
    """Answers a form that can't be read with words, and leaves what was saved as it is."""

    expects_json_response: bool

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        except DamagedFormError:
            if self.expects_json_response:
                return _in_json()
            return render(request, "desk/damaged.html", status=400)
        return answer


def _in_json() -> HttpResponse:
    words = _("Your text arrived damaged and was not saved. Keep this page open and try again.")
    said = {"success": False, "error_code": "damaged", "error_message": words}
    return JsonResponse(said, status=400)
