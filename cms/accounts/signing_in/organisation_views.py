"""The way to the organisation's own sign-in, and back."""

import logging
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from cms.accounts.provider import Provider
from cms.accounts.signing_in import organisation, sessions
from cms.accounts.signing_in.colleagues import ClosedError, NoAccountError, account_of, read_claims
from cms.accounts.signing_in.organisation import OrganisationError, RefusedError, UnreachableError
from cms.accounts.signing_in.pages import asked_for, at_the_door, way_in

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
        return HttpResponseRedirect(way_in(target, user))


def _not_let_in(request: HttpRequest, error: OrganisationError, provider: Provider) -> HttpResponse:
    """Say what to do; why is for the log, and names nobody."""
    reason, status = REASONS[type(error)]
    logger.warning("Signing in with the organisation failed: %s (%s)", reason, error)
    context = {"reason": reason, "provider": provider}
    return render(request, "accounts/organisation_refused.html", context, status=status)
