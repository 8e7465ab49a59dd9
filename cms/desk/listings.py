"""Lists of items: everything for the newsroom, her own for a writer."""

import re
from typing import Any

from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ModelMultipleChoiceFilter
from wagtail.admin.filters import MultipleContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import (
    PageTable,
    PageTitleColumn,
    PageTypeColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import ContentType, Page
from wagtail.query import PageQuerySet

from cms.accounts import roles
from cms.audiences.models import Audience
from cms.audiences.names import names, open_to
from cms.desk.standing import attach_statuses
from cms.events.models import CommunityAction, Event
from cms.stories.models import Announcement, EditorialPage, Interview, Rubric, Story
from cms.stories.ownership import items_of, real_titles

NO_WORD = re.compile(r"[^\w\s-]", re.UNICODE)


class StatusColumn(BaseColumn):
    """One of our eight statuses with its moment and signals."""

    cell_template_name = "desk/includes/status_cell.html"


class WithStatuses:
    """Reads the statuses of a list's rows at once, before the table asks for each."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        attach_statuses(context["object_list"])
        return context


class WithAudiences:
    """Names for whom each row is, and what is confided to who looks; all read at once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        known = names()
        confided = real_titles(context["object_list"], reader=self.request.user)  # type: ignore[attr-defined]
        for item in context["object_list"]:
            item.for_whom = known.get(item.audience, item.audience)
            item.draft_title = confided.get(item.pk, item.draft_title)
        return context


STATUS = StatusColumn("status", label=_("Status"), width="22%")
UPDATED = DateColumn(
    "latest_revision_created_at",
    label=_("Updated"),
    sort_key="latest_revision_created_at",
    width="12%",
)


class FrameIndexView(WithStatuses, ExplorableIndexView):
    """What stands in a rubric or a section, with how each item stands."""

    base_columns = [
        *[column for column in ExplorableIndexView.base_columns if column.name != "status"],
        STATUS,
    ]


def _rubrics(_request: object) -> PageQuerySet:
    return Rubric.objects.order_by("path")


def _kinds(_request: object) -> Any:
    models = (Story, Interview, Announcement, Event, CommunityAction)
    kinds = ContentType.objects.get_for_models(*models).values()
    return ContentType.objects.filter(pk__in=[kind.pk for kind in kinds])


class InRubricFilter(ModelMultipleChoiceFilter):
    """Keeps the items below the rubrics that were ticked."""

    def filter(self, pages: PageQuerySet, chosen: list[Rubric]) -> PageQuerySet:
        if not chosen:
            return pages
        kept = Page.objects.none()
        for rubric in chosen:
            kept |= Page.objects.child_of(rubric)
        return pages.filter(pk__in=kept.values("pk"))


def _audiences(request: HttpRequest) -> Any:
    return Audience.objects.filter(key__in=open_to(request.user)).order_by("name")


class ForAudienceFilter(ModelMultipleChoiceFilter):
    """Keeps the items for the audiences that were ticked."""

    def filter(self, pages: PageQuerySet, chosen: list[Audience]) -> PageQuerySet:
        return pages.filter(audience__in=[each.key for each in chosen]) if chosen else pages


class ItemFilterSet(WagtailFilterSet):
    rubric = InRubricFilter(label=_("Rubric"), queryset=_rubrics, widget=CheckboxSelectMultiple)
    content_type = MultipleContentTypeFilter(
        label=_("Kind"), queryset=_kinds, widget=CheckboxSelectMultiple
    )
    audience = ForAudienceFilter(
        label=_("For whom"), queryset=_audiences, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = EditorialPage
        fields: list[str] = []


class ItemsIndexView(WithAudiences, WithStatuses, IndexView):
    """Every item this person may see, newest first."""

    any_permission_required = None
    page_title = _("Stories")
    add_url_name = None
    table_class = PageTable
    base_filterset_class = ItemFilterSet
    base_columns = [
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        ParentPageColumn("parent", label=_("Rubric")),
        PageTypeColumn("type", label=_("Kind"), accessor="page_type_display_name", width="10%"),
        Column("audience", label=_("For whom"), accessor="for_whom", width="12%"),
        UPDATED,
        STATUS,
    ]

    def get_base_queryset(self) -> PageQuerySet:
        user = self.request.user
        items = EditorialPage.objects.all()
        if not roles.sees_everything(user):
            items = items.filter(pk__in=items_of(user).values("pk"))
        return self.annotate_queryset(items)

    @cached_property
    def search_query(self) -> str:
        # SQLite's search takes quotation marks and zeroes for commands of its own.
        return NO_WORD.sub(" ", super().search_query or "").strip()

    def get_add_url(self) -> None:
        """Offer nothing: a story begins in a rubric, on Today."""


class ItemListing(PageListingViewSet):
    model = EditorialPage
    name = "desk_items"
    url_prefix = "items"
    icon = "doc-full-inverse"
    menu_label = _("Stories")
    menu_name = "items"
    menu_order = 90
    add_to_admin_menu = True
    index_view_class = ItemsIndexView
    filterset_class = ItemFilterSet
