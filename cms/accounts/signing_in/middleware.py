from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cms.accounts.signing_in import second_factor, sessions
from cms.accounts.signing_in.pages import NEWSROOM, WRITING_DESK

KEPT_SHUT = (NEWSROOM, WRITING_DESK, "/media/")


class SecondFactorFirst:
    """Keep the newsroom shut for who has to give a second factor and did not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(KEPT_SHUT) and _misses_it(request):
            return HttpResponseRedirect(reverse("set_up_second_factor"))
        return self.get_response(request)


def _misses_it(request: HttpRequest) -> bool:
    if not request.user.is_authenticated or sessions.has_second_factor(request):
        return False
    return second_factor.is_required(request.user)
