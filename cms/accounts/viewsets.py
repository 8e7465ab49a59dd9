from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.accounts.models import Department, Location, Person


class PersonViewSet(SnippetViewSet):
    """Colleagues as the hub names them."""

    model = Person
    icon = "user"
    menu_label = _("People")
    menu_order = 300
    add_to_admin_menu = True
    list_display = [
        "name",
        "role",
        "department",
        "location",
        BooleanColumn("shown_on_hub", label=_("Page on the hub")),
    ]
    list_filter = ["department", "location", "shown_on_hub", "is_newcomer_shown"]
    ordering = ["name"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
            FieldRowPanel([FieldPanel("role"), FieldPanel("pronouns")]),
            FieldRowPanel([FieldPanel("department"), FieldPanel("location")]),
            FieldRowPanel([FieldPanel("started"), FieldPanel("is_newcomer_shown")]),
            MultiFieldPanel(
                [
                    FieldPanel("shown_on_hub"),
                    FieldPanel("portrait"),
                    FieldPanel("about"),
                    FieldPanel("ask_me_about"),
                    FieldPanel("email"),
                ],
                heading=_("On the hub"),
            ),
            FieldPanel("role_card"),
            FieldPanel("user"),
        ]
    )


class DepartmentViewSet(SnippetViewSet):
    model = Department
    icon = "group"
    list_display = ["name"]
    sort_order_field = "sort_order"
    copy_view_enabled = False
    panels = [FieldPanel("name")]


class LocationViewSet(SnippetViewSet):
    model = Location
    icon = "site"
    list_display = ["name"]
    sort_order_field = "sort_order"
    copy_view_enabled = False
    panels = [FieldPanel("name")]
