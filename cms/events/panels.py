from typing import Any

from wagtail.admin.panels import FieldPanel


class SeasonPanel(FieldPanel):
    """Asks which of the two a time is, and is not there while nobody wants to know."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            form: Any = self.form
            return bool(super().is_shown()) and self.field_name in form.asked
