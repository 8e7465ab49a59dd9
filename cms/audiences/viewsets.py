from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from cms.audiences.forms import AudienceForm
from cms.audiences.membership import people_in, rule_of, sizes_of
from cms.audiences.models import Audience
from cms.audiences.panels import TRY, MembersPanel

PARTS = ("departments", "locations", "groups", "members")


class TriesFirst:
    """Shows who a rule would name before anything is saved; says so when it names nobody."""

    request: HttpRequest
    object: Audience
    produced_error_code: str
    produced_error_message: str | None

    def is_valid(self, form: AudienceForm) -> bool:
        if TRY not in self.request.POST:
            return bool(super().is_valid(form))  # type: ignore[misc]
        self.produced_error_code, self.produced_error_message = "tried", None
        form.try_out()
        return False

    def run_after_hook(self) -> Any:
        if not people_in(rule_of(self.object)).exists():
            words = _("Nobody is in ‘%(name)s’: what is for it, nobody reads.")
            messages.warning(self.request, words % {"name": self.object.name})
        return super().run_after_hook()  # type: ignore[misc]


class CreateAudience(TriesFirst, CreateView):
    pass


class EditAudience(TriesFirst, EditView):
    pass


class AudienceList(IndexView):
    """Every audience with its size; the sizes come from one query."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related(*PARTS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = list(context["object_list"])
        sizes = sizes_of(listed)
        for audience in listed:
            audience.size = sizes[audience.pk]
        return context


def size_in_words(audience: Any) -> str:
    """Say how many are in an audience, whose size was read with the list."""
    if not audience.size:
        return _("Nobody")
    words = ngettext("%(number)s colleague", "%(number)s colleagues", audience.size)
    return words % {"number": audience.size}


class AudienceViewSet(SnippetViewSet):
    model = Audience
    icon = "group"
    menu_label = gettext_lazy("Audiences")
    menu_order = 310
    add_to_admin_menu = True
    index_view_class = AudienceList
    add_view_class = CreateAudience
    edit_view_class = EditAudience
    list_display = [
        "name",
        Column("size", label=gettext_lazy("Who is in it"), accessor=size_in_words),
        "purpose",
    ]
    ordering = ["name"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("purpose"),
            MultiFieldPanel(
                [
                    FieldPanel("departments", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("locations", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("groups", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("started_within"),
                ],
                heading=gettext_lazy("The rule: all that is filled in must hold"),
            ),
            FieldPanel("people"),
            MembersPanel(),
        ],
        base_form_class=AudienceForm,
    )
