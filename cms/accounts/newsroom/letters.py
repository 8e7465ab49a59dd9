"""Letters with a code, to print and hand out: for colleagues who sign in without a mailbox."""

import segno
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.log_actions import log

from cms.accounts.activation import Slip, make_slips
from cms.accounts.models import WITHOUT_PASSWORD, Department, Location, User
from cms.accounts.newsroom.permission import for_administrators
from cms.accounts.signing_in.pages import user_of

MOST = 500


class LettersForm(forms.Form):
    """For whom letters are made: who has no password yet, of one place or all."""

    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Department"), required=False, empty_label=_("all")
    )
    location = forms.ModelChoiceField(
        Location.objects.all(), label=_("Location"), required=False, empty_label=_("all")
    )

    def people(self) -> QuerySet[User]:
        """Return who gets a letter: open accounts that nobody can sign in to yet."""
        found = User.objects.filter(
            WITHOUT_PASSWORD,
            is_active=True,
            is_superuser=False,
            identities=None,
            activation_code=None,
        )
        found = found.exclude(username=settings.PLEIN_PRESS_ACCOUNT)
        for name in ("department", "location"):
            if self.cleaned_data[name]:
                found = found.filter(**{name: self.cleaned_data[name]})
        return found.select_related("department", "location").order_by(
            "location__name", "department__name", "last_name", "first_name"
        )


@for_administrators
class Letters(View):
    """Make letters for everybody without a password, five hundred at a time."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LettersForm(request.POST)
        people = list(form.people()[:MOST]) if form.is_valid() else []
        return letters_for(request, people)


@for_administrators
class LetterFor(View):
    """Make one letter: a first one, or a new one for who lost theirs or forgot the password."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, user_id: int) -> HttpResponse:
        return letters_for(request, [get_object_or_404(accounts_to_help(request), pk=user_id)])


def accounts_to_help(request: HttpRequest) -> QuerySet[User]:
    """Return whose way in this administrator may change; a superuser's only by another."""
    people = User.objects.exclude(username=settings.PLEIN_PRESS_ACCOUNT)
    return people if user_of(request).is_superuser else people.filter(is_superuser=False)


def letters_for(request: HttpRequest, people: list[User]) -> HttpResponse:
    """Show the codes once, to be printed; nothing can show them again."""
    slips = make_slips(people)
    if slips:
        by = user_of(request)
        log(instance=by, action="accounts.letters", user=by, data={"letters": len(slips)})
    address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('activate')}"
    context = {
        "letters": [{"slip": slip, "picture": _picture(address, slip)} for slip in slips],
        "address": address.removeprefix("https://").removeprefix("http://"),
    }
    return render(request, "accounts/newsroom/letters.html", context)


def _picture(address: str, slip: Slip) -> str:
    """Draw the address with the number in it, never with the code."""
    asked = urlencode({"name": slip.name_to_type})
    drawn = segno.make(f"{address}?{asked}", error="m")
    return str(drawn.svg_data_uri(scale=3, border=0, dark="#000"))
