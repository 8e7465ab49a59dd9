from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.accounts.viewsets import DepartmentViewSet, LocationViewSet
from cms.stories.models import Alert, CoreValue, Goal, Tag, Theme


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


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "openquote"
    list_display = ["name", "owner"]
    sort_order_field = "sort_order"
    copy_view_enabled = False
    panels = [
        FieldRowPanel([TitleFieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("introduction"),
        FieldPanel("owner"),
        FieldPanel("people", widget=forms.CheckboxSelectMultiple),
    ]


class AlertViewSet(SnippetViewSet):
    """Sends what cannot wait: saved is sent."""

    model = Alert
    icon = "warning"
    menu_label = _("Alerts")
    menu_order = 330
    add_to_admin_menu = True
    list_display = ["title", "importance", "ends_at"]
    copy_view_enabled = False
    panels = [
        HelpPanel(
            _("Once saved it is on top of every page within a minute: no second yes is asked.")
        ),
        FieldPanel("title"),
        FieldPanel("text", widget=forms.Textarea(attrs={"rows": 2})),
        FieldPanel("importance", widget=forms.RadioSelect),
        FieldRowPanel([FieldPanel("ends_at"), FieldPanel("item")]),
    ]


class OrganisationGroup(SnippetViewSetGroup):
    """What items are tied to: course, subjects, places."""

    items = (
        GoalViewSet,
        CoreValueViewSet,
        ThemeViewSet,
        TagViewSet,
        DepartmentViewSet,
        LocationViewSet,
    )
    menu_label = _("Organisation")
    menu_icon = "clipboard-list"
    menu_order = 320
    add_to_admin_menu = True
