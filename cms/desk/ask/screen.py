"""The form behind the door: no script, no name unless she wants to hear back."""

import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from cms.accounts.models import User
from cms.accounts.signing_in.attempts import Act, Limit, may_try
from cms.accounts.signing_in.pages import STRICT_POLICY
from cms.tray.actions import LONGEST, Sent, is_known, receive
from cms.tray.models import Note

EACH = Limit(6, timedelta(hours=1))
"""So many from one colleague; counted under a hash that is forgotten within the hour."""
ALL = Limit(300, timedelta(hours=1))
"""So many from everybody: a tray that is flooded is read by nobody."""
PATH = re.compile(r"/(?:[\w.~%+-]+/)*")
LONGEST_PATH = 600


class AskForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=Note.Kind.choices,
        initial=Note.Kind.QUESTION,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What do you want to ask or tell?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "sentences"}),
        error_messages={"required": gettext_lazy("Write what you want to ask or tell.")},
    )
    page = forms.CharField(
        label=gettext_lazy("About which page? (optional)"), required=False, max_length=LONGEST_PATH
    )
    hear = forms.BooleanField(required=False)
    once = forms.CharField(required=False, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=gettext_lazy("At another e-mail address? (optional)"), required=False
    )

    def clean_page(self) -> str:
        return path_of(self.cleaned_data["page"])


def path_of(given: str) -> str:
    """Return the path of a page of this hub; whatever else is given is no page."""
    bare = given.strip()
    return bare if PATH.fullmatch(bare) and len(bare) <= LONGEST_PATH and bare != "/" else ""


def _for_readers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in whoever may read the hub; shut is the same as absent."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.PLEIN_ASK:
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


@method_decorator([never_cache, csp_override(STRICT_POLICY), _for_readers], name="dispatch")
class Ask(View):
    """Ask, tip or correct; below it, what became of what she asked under her own name."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = path_of(request.GET.get("page", ""))
        form = AskForm(initial={"page": page, "once": secrets.token_urlsafe(16)})
        return _shown(request, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AskForm(request.POST)
        if not form.is_valid():
            return _shown(request, form, status=422)
        user = cast("User", request.user)
        sent = _sent(form.cleaned_data, by=user)
        if not is_known(sent) and not _may_ask(user):
            form.add_error(None, _("That is a lot at once. Try again in an hour; keep your text."))
            return _shown(request, form, status=429)
        note = receive(sent)
        context = {"hears": note.wants_to_hear, "back": note.page_path or "/"}
        return render(request, "desk/ask/thanks.html", context)


def _sent(said: dict[str, Any], *, by: User) -> Sent:
    return Sent(
        words=said["words"],
        kind=said["kind"],
        page_path=said["page"],
        sender=by if said["hear"] else None,
        email=said["email"],
        form=said["once"],
    )


def _may_ask(user: User) -> bool:
    mine = Act("ask", str(user.pk), EACH)
    return may_try(mine) and may_try(Act("ask", "everybody", ALL))


def _shown(request: HttpRequest, form: AskForm, *, status: int = 200) -> HttpResponse:
    user = cast("User", request.user)
    own = Note.objects.filter(sender=user).order_by("-received_at", "-pk")[:5]
    context = {"form": form, "name": user.display_name, "has_mail": bool(user.email), "own": own}
    return render(request, "desk/ask/ask.html", context, status=status)
