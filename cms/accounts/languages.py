"""The interface speaks the language that somebody chose, on every screen of hers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.i18n import set_language
from wagtail.users.models import UserProfile


class ChosenLanguage:
    """Speak to who is signed in in the language that she chose; her browser's is a guess.

    Wagtail does so on its own screens only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Who has no session is not asked for one: her answer would vary by a cookie for nothing.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            chosen = _chosen_by(request)
            if chosen:
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        return self.get_response(request)


def _chosen_by(request: HttpRequest) -> str:
    if not request.user.is_authenticated:
        return ""
    chosen = UserProfile.objects.filter(user=request.user.pk)
    return chosen.values_list("preferred_language", flat=True).first() or ""


def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: in this browser, and to who is signed in anywhere."""
    answer: HttpResponse = set_language(request)
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        UserProfile.objects.update_or_create(
            user=request.user, defaults={"preferred_language": chosen}
        )
    return answer
