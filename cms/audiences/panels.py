from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from cms.audiences.membership import people_in

SHOWN = 20
TRY = "action-try"


class MembersPanel(Panel):
    """Who is in it now, or would be after saving: how many, and the first by name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Who is in it"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "audiences/members.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            rule = self.form.rule
            context |= {"try_name": TRY, "rule": rule, "is_tried": self.form.tried is not None}
            if rule is not None:
                people = people_in(rule)
                context |= {"number": people.count(), "people": list(people[:SHOWN])}
                context["more"] = context["number"] - len(context["people"])
            return context
