"""What the house asks of a text: the reasons to send it back, and the checklist of each rubric."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import modelformset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from cms.desk.screens.items import screen
from cms.stories.models import Rubric
from cms.workflow.checklists import MEASURES
from cms.workflow.models import Checklist, Reason

LONGEST_LIST = 12


class OneReason(forms.ModelForm[Reason]):
    """One reason in the words of the house; emptied, it has Plein's own words again."""

    class Meta:
        model = Reason
        fields = ("words", "is_used")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["placeholder"] = (
            str(self.instance) if self.instance.pk else ""
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.instance.pk and self.has_changed() and not cleaned.get("words", "").strip():
            self.add_error("words", _("Write the reason in a few words."))
        return cleaned


Reasons = modelformset_factory(
    Reason, form=OneReason, extra=1, max_num=LONGEST_LIST, validate_max=True
)


class HouseRules(View):
    """The reasons to choose from, and the rubrics with their checklists."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _rules(request, Reasons())

    def post(self, request: HttpRequest) -> HttpResponse:
        rows = Reasons(request.POST)
        if not rows.is_valid():
            return _rules(request, rows, status=422)
        if not any(row.cleaned_data.get("is_used") for row in rows.forms):
            refusal = _("Keep at least one reason in use.")
            return _rules(request, rows, refusal=refusal, status=422)
        for number, row in enumerate(rows.forms):
            if row.instance.pk or row.has_changed():
                row.instance.order = number
                row.save()
        messages.success(request, _("The house rules are saved."))
        return redirect("desk:house_rules")


def _rules(
    request: HttpRequest, rows: Any, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    rubrics = Rubric.objects.order_by("path").select_related("checklist", "approvers")
    context = {"rows": rows, "rubrics": rubrics, "refusal": refusal}
    return screen(request, "house_rules", context, status=status)


class ChecklistForm(forms.Form):
    """What Plein measures in a rubric, and what a person looks at."""

    measured = forms.MultipleChoiceField(
        label=gettext_lazy("Plein looks at"),
        required=False,
        choices=list(MEASURES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    fewest_words = forms.IntegerField(
        label=gettext_lazy("Fewest words"), required=False, min_value=1, max_value=5000
    )
    most_words = forms.IntegerField(
        label=gettext_lazy("Most words"), required=False, min_value=1, max_value=20_000
    )
    own_rows = forms.CharField(
        label=gettext_lazy("You look at, one thing a line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "autocapitalize": "sentences"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        fewest, most = cleaned.get("fewest_words"), cleaned.get("most_words")
        if fewest and most and fewest > most:
            self.add_error("most_words", _("This is less than the fewest words."))
        return cleaned


class RubricChecklist(View):
    """The checklist of one rubric."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        rubric, checklist = _checklist(page_id)
        form = ChecklistForm(
            initial={
                "measured": [key for key in MEASURES if key not in checklist.left_out],
                "fewest_words": checklist.fewest_words,
                "most_words": checklist.most_words,
                "own_rows": checklist.own_rows,
            }
        )
        return screen(request, "checklist", {"rubric": rubric, "form": form})

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        rubric, checklist = _checklist(page_id)
        form = ChecklistForm(request.POST)
        if not form.is_valid():
            return screen(request, "checklist", {"rubric": rubric, "form": form}, status=422)
        said = form.cleaned_data
        Checklist.objects.update_or_create(
            rubric=checklist.rubric,
            defaults={
                "left_out": [key for key in MEASURES if key not in said["measured"]],
                "fewest_words": said["fewest_words"],
                "most_words": said["most_words"],
                "own_rows": said["own_rows"],
            },
        )
        messages.success(
            request, _("The checklist of ‘%(title)s’ is saved.") % {"title": rubric.title}
        )
        return redirect("desk:house_rules")


def _checklist(page_id: int) -> tuple[Rubric, Checklist]:
    rubric = Rubric.objects.filter(pk=page_id).first()
    if rubric is None:
        raise Http404
    return rubric, Checklist.objects.filter(rubric=rubric).first() or Checklist(rubric=rubric)
