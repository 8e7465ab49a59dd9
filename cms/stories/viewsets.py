from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.accounts.viewsets import DepartmentViewSet, LocationViewSet
from cms.stories.models import CoreValue, Goal, Tag


class GoalViewSet(SnippetViewSet):
    model = Goal
    icon = "crosshairs"
    list_display = ["code", "name", "owner", BooleanColumn("is_archived", label=_("Finished"))]
    list_filter = ["is_archived"]
    sort_order_field = "sort_order"
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("name")]),
        FieldPanel("measure"),
        FieldPanel("owner"),
        FieldPanel("is_archived"),
    ]


class CoreValueViewSet(SnippetViewSet):
    model = CoreValue
    icon = "pick"
    list_display = ["code", "name", "motto"]
    sort_order_field = "sort_order"
    copy_view_enabled = False
    panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("name")]), FieldPanel("motto")]


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    list_display = ["name", "slug"]
    ordering = ["name"]
    copy_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("slug")]


class OrganisationGroup(SnippetViewSetGroup):
    """What items are tied to: course, subjects, places."""

    items = (GoalViewSet, CoreValueViewSet, TagViewSet, DepartmentViewSet, LocationViewSet)
    menu_label = _("Organisation")
    menu_icon = "clipboard-list"
    menu_order = 320
    add_to_admin_menu = True
