"""The way to the organisation's own sign-in, back, and out again."""

import logging
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from cms.accounts.provider import Provider
from cms.accounts.signing_in import attempts, organisation, organisation_sessions, sessions
from cms.accounts.signing_in.colleagues import ClosedError, NoAccountError, account_of, read_claims
from cms.accounts.signing_in.ended_elsewhere import what_ended
from cms.accounts.signing_in.organisation import OrganisationError, RefusedError, UnreachableError
from cms.accounts.signing_in.pages import asked_for, at_the_door, way_in
from cms.core.security_log import note

logger = logging.getLogger(__name__)
_TARGET = "plein_target"

REASONS: dict[type[OrganisationError], tuple[str, HTTPStatus]] = {
    UnreachableError: ("unreachable", HTTPStatus.SERVICE_UNAVAILABLE),
    NoAccountError: ("no_account", HTTPStatus.FORBIDDEN),
    ClosedError: ("closed", HTTPStatus.FORBIDDEN),
    RefusedError: ("refused", HTTPStatus.FORBIDDEN),
}


def the_provider() -> Provider:
    """Return the provider of this installation; without one these pages don't exist."""
    provider: Provider | None = settings.PLEIN_PROVIDER
    if provider is None:
        raise Http404
    return provider


@at_the_door
class ToOrganisation(View):
    """The page at /login/organisation/: goes to the provider."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go there, and remember where the reader was heading."""
        provider = the_provider()
        if request.user.is_authenticated:
            return HttpResponseRedirect(way_in(asked_for(request), request.user))
        try:
            response = organisation.way_out(request, provider)
        except OrganisationError as error:
            return _not_let_in(request, error, provider)
        request.session[_TARGET] = asked_for(request)
        request.session.set_expiry(organisation.STATE_SECONDS)
        return response


@at_the_door
class FromOrganisation(View):
    """The page at /login/organisation/back/: comes from the provider."""

    http_method_names = ["get", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Begin a session for who the provider says it is."""
        provider = the_provider()
        try:
            claims = organisation.who_came_back(request, provider)
            user = account_of(read_claims(claims, provider), provider)
        except OrganisationError as error:
            return _not_let_in(request, error, provider)
        target = str(request.session.pop(_TARGET, ""))
        sessions.start(request, user, how=sessions.How.ORGANISATION)
        sid = str(claims.get("sid") or "")
        organisation_sessions.remember(request.session, user, provider=provider, sid=sid)
        response = HttpResponseRedirect(way_in(target, user))
        if not sessions.is_own(request, user):
            sessions.mark_own(response, None)
        return response


@at_the_door
class LeftOrganisation(View):
    """The page at /login/organisation/left/: out of Plein, and out of the organisation on a wish.

    Signing out there signs out of everything else as well, so nobody is sent by themselves. A link
    and no button: `form-action` keeps forms from leading elsewhere.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the way, or go it."""
        provider = the_provider()
        shown = {"provider": provider, "is_shared": sessions.is_shared(request)}
        if "go" not in request.GET:
            return render(request, "accounts/organisation_left.html", shown)
        try:
            place = organisation.way_out_for_good(provider)
        except UnreachableError as error:
            return _not_let_in(request, error, provider)
        if not place:
            shown["has_no_place"] = True
            return render(request, "accounts/organisation_left.html", shown)
        return HttpResponseRedirect(place)


@at_the_door
@method_decorator(csrf_exempt, name="dispatch")  # it comes from the provider, and proves itself
class EndedAtOrganisation(View):
    """What the provider posts to /login/organisation/ended/ when a session there has ended."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End it here; within seconds the hub asks again and finds it gone."""
        provider = the_provider()
        act = attempts.act_from_here(request, kind="logout token", limit=attempts.ADDRESS)
        if not attempts.may_try(act):
            return JsonResponse({"error": "slow_down"}, status=HTTPStatus.TOO_MANY_REQUESTS)
        try:
            ended = what_ended(request.POST.get("logout_token", ""), provider)
        except RefusedError as error:
            logger.warning("A logout token of the provider was refused: %s", error)
            return JsonResponse({"error": "invalid_request"}, status=HTTPStatus.BAD_REQUEST)
        except UnreachableError as error:
            logger.warning("A logout token can't be checked: the provider is away (%s)", error)
            return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        attempts.forget(act)
        count = organisation_sessions.end(ended, provider)
        note("sessions ended by the organisation", what=f"accounts: {count}")
        return HttpResponse()


def _not_let_in(request: HttpRequest, error: OrganisationError, provider: Provider) -> HttpResponse:
    """Say what to do; why is for the log, and names nobody."""
    reason, status = REASONS[type(error)]
    logger.warning("Signing in with the organisation failed: %s (%s)", reason, error)
    context = {"reason": reason, "provider": provider}
    return render(request, "accounts/organisation_refused.html", context, status=status)
