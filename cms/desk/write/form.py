"""The form: all questions in one page, so that going on needs no reach; one at a time by script."""

from typing import IO, Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

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
from cms.contributions.progress import progress_of_hers
from cms.contributions.taken_over import taken_over
from cms.contributions.writers import Writer, account_of, guest_of
from cms.core.wall_clock import hub_zone
from cms.desk.write.doors import answerable_or_404, at_the_desk
from cms.desk.write.presence import also_here
from cms.desk.write.shown import ShownForm, marked, shown
from cms.media.intake import take_in

SEE = "see"


@at_the_desk
class Form(View):
    """Answers are sent one by one by the script; whole, and by a button, without it."""

    def get(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution, writer = answerable_or_404(request, name)
        if not is_open(contribution.item):
            return redirect(after_form(writer), name=name)
        form = shown(contribution, writer)
        return render(request, "desk/write/form.html", about_form(request, form, writer=writer))

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution, writer = answerable_or_404(request, name)
        faults = _save_all(request, contribution, by=writer)
        for fault in faults:
            messages.error(request, fault)
        if faults:
            return redirect("write:form", name=name)
        if request.POST.get("go") == SEE:
            return redirect(after_form(writer), name=name)
        messages.success(request, _("Everything is saved."))
        return redirect("write:form", name=name)


def after_form(writer: Writer) -> str:
    """Return the page that follows the last question: the story, or her own end of it."""
    return "write:done" if guest_of(writer) else "write:story"


def about_form(request: HttpRequest, form: ShownForm, *, writer: Writer) -> dict[str, Any]:
    """Return what the form's template needs."""
    contribution = form.contribution
    also = also_here(contribution, besides=writer)
    about, guest = contribution.about, guest_of(writer)
    return {
        "contribution": contribution,
        "rubric": contribution.rubric,
        "about": contribution.about,
        "first_name": contribution.about.name.partition(" ")[0] if contribution.about else "",
        "zone": str(hub_zone()),
        "is_herself": about is not None
        and (guest.person_id == about.pk if guest else about.user == account_of(writer)),
        "is_guest": guest is not None,
        "is_by_link": account_of(writer) != request.user,
        "after": reverse(after_form(writer), args=[contribution.public_id]),
        "hers": [] if guest else progress_of_hers([contribution])[contribution.pk],
        "may_forward": guest is None and not (about and about.user == account_of(writer)),
        "form": form,
        "asked": form.asked,
        "said_otherwise": {one.key for one in taken_over(contribution)},
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


def _save_all(request: HttpRequest, contribution: Contribution, *, by: Writer) -> list[str]:
    """Save what was typed; return in words what needs another look."""
    form = shown(contribution, by)
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


def _take_photos(request: HttpRequest, contribution: Contribution, *, by: Writer) -> list[str]:
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
