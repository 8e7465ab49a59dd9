"""Choosing a page in a form of the newsroom, in the language of who chooses."""

from typing import Any

from django.db.models import ForeignKey
from wagtail.admin.widgets import AdminPageChooser


class PageChooser(AdminPageChooser):
    """Says *Choose a page*, and leaves the kind to the label of the field.

    Wagtail adds the kind to these words when the form is made, which happens once for everybody
    and so in the language of whoever comes first.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.choose_one_text = AdminPageChooser.choose_one_text


def choosing_a_page(field: ForeignKey[Any, Any]) -> dict[str, object]:
    """Return how a form asks for the page that this field points at."""
    return {"widget": PageChooser(target_models=[field.remote_field.model])}
