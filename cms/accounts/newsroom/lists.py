"""A list of accounts in the newsroom: first the difference, then doing it."""

import hashlib
import zlib
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.log_actions import log

from cms.accounts.importing.applying import apply
from cms.accounts.importing.difference import Difference, difference_of
from cms.accounts.importing.reading import MOST_BYTES, read_list
from cms.accounts.models import WITHOUT_PASSWORD, AccountList, User
from cms.accounts.newsroom.letters import LettersForm
from cms.accounts.newsroom.permission import for_administrators
from cms.accounts.signing_in.pages import user_of

SHOWN = 50


class ListForm(forms.Form):
    """The list itself, and whether everybody is on it."""

    file = forms.FileField(label=gettext_lazy("List of colleagues, as CSV"))
    complete = forms.BooleanField(
        label=gettext_lazy("Everybody is on this list"),
        required=False,
        help_text=gettext_lazy("Then accounts with a number that is not on it are closed."),
    )

    def clean_file(self) -> bytes:
        """Read no more than a list can be."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 50 MB. That is no list of people."))
        return bytes(file.read())


@for_administrators
class Accounts(View):
    """The start: bring a list, or print letters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(request, ListForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the list for an hour, and show what it would change."""
        form = ListForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._shown(request, form)
        AccountList.objects.update_or_create(
            user=user_of(request),
            defaults={
                "content": zlib.compress(form.cleaned_data["file"]),
                "complete": form.cleaned_data["complete"],
                "made_at": timezone.now(),
            },
        )
        return HttpResponseRedirect(reverse("accounts:difference"))

    def _shown(self, request: HttpRequest, form: ListForm) -> HttpResponse:
        people = User.objects.filter(is_active=True)
        people = people.exclude(username=settings.PLEIN_PRESS_ACCOUNT)
        context = {
            "form": form,
            "letters": LettersForm(),
            "total": people.count(),
            "waiting": people.filter(WITHOUT_PASSWORD, identities=None).count(),
        }
        return render(request, "accounts/newsroom/accounts.html", context)


@for_administrators
class ListDifference(View):
    """What the list would change, and the button that does it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = _kept_list(request)
        if kept is None:
            return HttpResponseRedirect(reverse("accounts:start"))
        return _shown(request, _difference(kept))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do exactly what was shown; show it anew where that has changed since."""
        kept = _kept_list(request)
        if kept is None:
            messages.warning(request, _("That list is no longer here. Choose the file again."))
            return HttpResponseRedirect(reverse("accounts:start"))
        found = _difference(kept)
        if found.faults or request.POST.get("seen") != seen_as(found):
            return _shown(request, found, is_stale=not found.faults)
        try:
            apply(found)
        except IntegrityError:  # somebody was just ahead with the same name or number
            return _shown(request, _difference(kept), is_stale=True)
        kept.delete()
        _note(request, found)
        return HttpResponseRedirect(reverse("accounts:start"))


def seen_as(found: Difference) -> str:
    """Return what stands for a difference: another one has another."""
    parts: list[Any] = [sorted(repr(row) for row in found.new)]
    parts += sorted(
        f"{change.user.pk} {change.fields} {change.closes} {change.opens}"
        for change in found.changed
    )
    parts += [found.departments, found.locations]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _kept_list(request: HttpRequest) -> AccountList | None:
    lists = AccountList.objects.filter(made_at__gte=timezone.now() - AccountList.KEPT)
    return lists.filter(user=user_of(request)).first()


def _difference(kept: AccountList) -> Difference:
    reading = read_list(zlib.decompress(bytes(kept.content)))
    return difference_of(reading, complete=kept.complete)


def _shown(request: HttpRequest, found: Difference, *, is_stale: bool = False) -> HttpResponse:
    changes = [change for change in found.changed if not change.closes]
    context = {
        "found": found,
        "is_stale": is_stale,
        "seen": seen_as(found),
        "new": found.new[:SHOWN],
        "changes": changes[:SHOWN],
        "closing": found.closing[:SHOWN],
        "counts": {
            "new": len(found.new),
            "changes": len(changes),
            "closing": len(found.closing),
        },
        "shown": SHOWN,
    }
    return render(request, "accounts/newsroom/difference.html", context)


def _note(request: HttpRequest, found: Difference) -> None:
    """Tell who asked, and keep in the log how many it was about, not who."""
    counts = {"new": len(found.new), "changed": len(found.changed), "closed": len(found.closing)}
    log(instance=user_of(request), action="accounts.import", user=user_of(request), data=counts)
    messages.success(
        request,
        _("Done: %(new)d new, %(changed)d changed, of which %(closed)d closed.") % counts,
    )
