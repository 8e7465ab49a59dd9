"""The page where somebody makes and ends her links: no script, and a key is shown once."""

from datetime import timedelta
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from cms.accounts.signing_in.attempts import Act, Limit, may_try
from cms.accounts.signing_in.pages import STRICT_POLICY
from cms.core.languages import Language
from cms.desk.follow.links import MOST, TooManyLinksError, add_link, end_link, links_of, ways_by

if TYPE_CHECKING:
    from cms.accounts.models import User

EACH = Limit(20, timedelta(hours=1))


class LinkForm(forms.Form):
    used_for = forms.CharField(
        label=gettext_lazy("Where will you use it?"),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Say where you will use it: then you know later which it is.")
        },
    )


@method_decorator([never_cache, csp_override(STRICT_POLICY), login_required], name="dispatch")
class Follow(View):
    """Her links; a POST makes one more or ends one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _shown(request, LinkForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "end" in request.POST:
            return _end(request)
        form = LinkForm(request.POST)
        if not form.is_valid():
            return _shown(request, form, status=422)
        user = cast("User", request.user)
        if not may_try(Act("follow", str(user.pk), EACH)):
            form.add_error(None, _("That is a lot at once. Try again in an hour."))
            return _shown(request, form, status=429)
        try:
            key = add_link(user, used_for=form.cleaned_data["used_for"], language=_language())
        except TooManyLinksError:
            words = _("You have %(most)s links: end one that you no longer use first.")
            form.add_error(None, words % {"most": MOST})
            return _shown(request, form, status=409)
        hub, *rubrics = ways_by(key)
        context = {"hub": hub, "rubrics": rubrics, "used_for": form.cleaned_data["used_for"]}
        return render(request, "desk/follow/made.html", context)


def _end(request: HttpRequest) -> HttpResponse:
    try:
        named = str(UUID(request.POST["end"]))
    except ValueError:
        named = ""
    if named and end_link(cast("User", request.user), named):
        messages.success(request, _("That link opens nothing any more."))
    return redirect("follow:follow")


def _language() -> str:
    return Language.ENGLISH if get_language() == Language.ENGLISH else Language.DUTCH


def _shown(request: HttpRequest, form: LinkForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "links": links_of(cast("User", request.user)), "most": MOST}
    return render(request, "desk/follow/follow.html", context, status=status)
