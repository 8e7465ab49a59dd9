from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)

TITLE = TitleFieldPanel(
    "title", required_on_save=False, help_text=_("What colleagues read first: short and concrete.")
)
ADDRESS = MultiFieldPanel(
    [FieldPanel("slug", required_on_save=False), FieldPanel("language")], heading=_("Address")
)


def tabs(
    *, text: Sequence[Panel], purpose: Sequence[Panel] = (), settings: Sequence[Panel] = ()
) -> TabbedInterface:
    """Return the tabs of a page's editor: what it says, what it is for, how it stands."""
    named = [
        (text, _("Text")),
        (purpose, _("What it is for")),
        ([ADDRESS, *settings], _("Settings")),
    ]
    return TabbedInterface([ObjectList(panels, heading=name) for panels, name in named if panels])
