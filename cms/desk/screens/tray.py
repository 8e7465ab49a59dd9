"""What colleagues asked, tipped or corrected, and what the newsroom does with it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from cms.desk.screens.items import person_of, screen
from cms.tray.actions import settle
from cms.tray.models import Note
from cms.workflow.errors import WorkflowError

WAITING = 20
SETTLED = 10


class SettleForm(forms.Form):
    note = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What do you do with it?"), choices=Note.Outcome.choices
    )
    answer = forms.CharField(
        label=gettext_lazy("Your sentence to the sender"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "sentences"}),
    )


class Tray(View):
    """The tray, oldest first, each with what can become of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _shown(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SettleForm(request.POST)
        note = (
            Note.objects.filter(pk=form.data.get("note", "")).first() if form.is_valid() else None
        )
        if note is None:
            return _shown(request, wrong=form, status=422)
        said = form.cleaned_data
        try:
            note = settle(
                note, by=person_of(request), outcome=said["outcome"], answer=said["answer"]
            )
        except WorkflowError as error:
            form.add_error("answer", str(error))
            return _shown(request, wrong=form, status=409)
        words = _("Done. The sender hears it.") if note.wants_to_hear else _("Done.")
        messages.success(request, words)
        if note.outcome == Note.Outcome.REQUEST and note.idea is not None:
            return redirect(f"{reverse('desk:new_request')}?idea={note.idea.public_id}")
        return redirect("desk:tray")


def _shown(
    request: HttpRequest, *, wrong: SettleForm | None = None, status: int = 200
) -> HttpResponse:
    waiting = Note.objects.waiting().select_related("sender", "item")
    settled = Note.objects.exclude(outcome="").select_related("settled_by").order_by("-settled_at")
    asked = str(wrong.data.get("note", "")) if wrong else ""
    rows = [
        (note, wrong if wrong and asked == str(note.pk) else _form_of(note))
        for note in waiting[:WAITING]
    ]
    context = {"rows": rows, "number": waiting.count(), "settled": settled[:SETTLED]}
    return screen(request, "tray", context, status=status)


def _form_of(note: Note) -> SettleForm:
    return SettleForm(initial={"note": note.pk}, auto_id=f"note-{note.pk}-%s")
