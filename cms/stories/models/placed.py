from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Placement(models.TextChoices):
    """Where an item stands on the front page for as long as somebody wants it there."""

    LEAD = "lead", _("Opens the front page")
    PINNED = "pinned", _("Stands on top of the news")

    __empty__ = _("By itself")


class Placed(models.Model):
    """Stands in a place on the front page, chosen by who approves or by who composes that page.

    It is no part of the text: no writer can give it, and none of the two who said yes says it
    again because it moves. So it is in the row and never in a revision.
    """

    placement = models.CharField(
        _("on the front page"), max_length=10, choices=Placement, blank=True, editable=False
    )
    placed_until = models.DateTimeField(
        _("there until"), null=True, blank=True, editable=False, help_text="Empty: no end."
    )

    exclude_fields_in_copy: ClassVar[list[str]] = ["public_id", "placement", "placed_until"]

    class Meta:
        abstract = True

    def with_content_json(self, content: Any) -> Any:
        """Return this item with a revision's words, where it stands now."""
        found = super().with_content_json(content)  # type: ignore[misc]
        found.placement, found.placed_until = self.placement, self.placed_until
        return found
