"""The form: all questions in one page, so that going on needs no reach; one at a time by script."""

from typing import IO, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import User
from cms.contributions.actions import (
    Outcome,
    Typed,
    add_photo,
    remove_photo,
    save_answer,
)
from cms.contributions.composing import is_open
from cms.contributions.errors import ContributionError
from cms.contributions.models import Contribution
from cms.core.wall_clock import hub_zone
from cms.desk.write.doors import at_the_desk, contribution_or_404, writer_of
from cms.desk.write.presence import also_here
from cms.desk.write.shown import ShownForm, marked, shown
from cms.media.intake import take_in

SEE = "see"


@at_the_desk
class Form(View):
    """Answers are sent one by one by the script; whole, and by a button, without it."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        if not is_open(contribution.item):
            return redirect("write:story", name=name)
        form = shown(contribution)
        return render(request, "desk/write/form.html", about_form(request, form))

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        faults = _save_all(request, contribution, by=writer_of(request))
        for fault in faults:
            messages.error(request, fault)
        if faults:
            return redirect("write:form", name=name)
        if request.POST.get("go") == SEE:
            return redirect("write:story", name=name)
        messages.success(request, _("Everything is saved."))
        return redirect("write:form", name=name)


def about_form(request: HttpRequest, form: ShownForm) -> dict[str, Any]:
    """Return what the form's template needs."""
    contribution = form.contribution
    also = also_here(contribution, besides=writer_of(request))
    return {
        "contribution": contribution,
        "rubric": contribution.rubric,
        "about": contribution.about,
        "first_name": contribution.about.name.partition(" ")[0] if contribution.about else "",
        "zone": str(hub_zone()),
        "is_herself": contribution.about is not None
        and contribution.about.user_id == writer_of(request).pk,
        "form": form,
        "asked": form.asked,
        "progress": form.progress,
        "also": also,
        "also_words": _also_in_words(also),
        "also_pattern": _also_in_words("{name}"),
    }


def _also_in_words(name: str) -> str:
    words = _(
        "%(name)s works on this story now. What %(name)s changes stays, and what you write is kept."
    )
    return words % {"name": name}


def _save_all(request: HttpRequest, contribution: Contribution, *, by: User) -> list[str]:
    """Save what was typed; return in words what needs another look."""
    form = shown(contribution)
    faults: list[str] = []
    doubled = 0
    for field in form.fields:
        if field.name not in request.POST and not _was_shown(request, field.key):
            continue
        text = "\n".join(request.POST.getlist(field.name)).replace("\r\n", "\n")
        if marked(text) == request.POST.get(f"mark-{field.key}"):
            continue
        base = request.POST.get(f"base-{field.key}", "")
        typed = Typed(field.key, text, base=int(base) if base.isdecimal() else 0)
        saved = save_answer(contribution, typed, by=by)
        doubled += saved.outcome == Outcome.TWO
    if doubled:
        faults.append(_("There are two versions of an answer. Nothing is thrown away: choose one."))
    removed = request.POST.get("remove", "")
    if removed.isdecimal():
        remove_photo(contribution, int(removed), by=by)
    return [*faults, *_take_photos(request, contribution, by=by)]


def _was_shown(request: HttpRequest, key: str) -> bool:
    """A tick box that is off sends nothing but its mark."""
    return f"mark-{key}" in request.POST


def _take_photos(request: HttpRequest, contribution: Contribution, *, by: User) -> list[str]:
    faults: list[str] = []
    for name in request.FILES:
        kind, _dash, key = name.partition("-")
        for upload in request.FILES.getlist(name) if kind == "photo" else ():
            try:
                picture = take_in(cast("IO[bytes]", upload.file), name=upload.name or "")
                add_photo(contribution, key, picture=picture, by=by)
            except ValidationError as error:
                faults += [f"{upload.name}: {message}" for message in error.messages]
            except ContributionError as error:
                faults.append(f"{upload.name}: {error}")
    return faults
