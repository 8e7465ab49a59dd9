"""What happens once a password was right: straight in, or first the second factor."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cms.accounts.models import User
from cms.accounts.signing_in import pending, second_factor, sessions
from cms.accounts.signing_in.known_browsers import remember_browser
from cms.accounts.signing_in.pages import way_in


def enter(request: HttpRequest, user: User, *, stays: bool, target: str) -> HttpResponse:
    """Begin the session, or ask for the second factor of an account that has one."""
    if not second_factor.is_on(user):
        return welcome(request, user, stays=stays, target=target, factor=False)
    pending.hold(request.session, pending.Pending(user=user, stays=stays))
    asked = urlencode({"next": target}) if target else ""
    return HttpResponseRedirect(f"{reverse('second_factor')}?{asked}".rstrip("?"))


def welcome(
    request: HttpRequest, user: User, *, stays: bool, target: str, factor: bool
) -> HttpResponse:
    """Begin the session and go where the reader was heading."""
    sessions.start(request, user, how=sessions.How.PASSWORD, stays=stays, factor=factor)
    response = HttpResponseRedirect(way_in(target, user))
    remember_browser(user, request, response)
    sessions.mark_own(response, user if stays and not sessions.is_shared(request) else None)
    return response
