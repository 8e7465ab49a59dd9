from datetime import datetime, timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.models import PubliclyIdentified

USUAL, LONGEST = timedelta(hours=4), timedelta(days=7)
"""How long it stays when nobody says; and at most: what lasts longer is an announcement."""


def usual_end() -> datetime:
    return timezone.now().replace(second=0, microsecond=0) + USUAL


class Alert(PubliclyIdentified, models.Model):
    """What everyone has to know now, on top of every page, until it is over.

    It is on the hub from the moment it is saved: who may send one need not wait for a second yes.
    """

    class Importance(models.TextChoices):
        DANGER = "danger", _("Danger: read out at once to who cannot see it")
        NOTICE = "notice", _("Hindrance: may wait until the end of a sentence")

    title = models.CharField(
        _("what is going on"), max_length=90, help_text=_("“Fire alarm in hall 2: go outside”")
    )
    text = models.CharField(
        _("what to do"), max_length=240, blank=True, help_text=_("In one or two sentences.")
    )
    importance = models.CharField(
        _("how urgent"), max_length=10, choices=Importance, default=Importance.NOTICE
    )
    item = models.ForeignKey(
        "stories.EditorialPage",
        verbose_name=_("read more in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ends_at = models.DateTimeField(
        _("until"), default=usual_end, help_text=_("Then it goes by itself. Seven days at most.")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering: ClassVar[list[str]] = ["-ends_at"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an end that has been, or that is so far off that this is an announcement."""
        super().clean()
        if self.ends_at and self.ends_at > timezone.now() + LONGEST:
            message = gettext("Seven days at most: what lasts longer is an announcement.")
            raise ValidationError({"ends_at": message})
        if self._state.adding and self.ends_at and self.ends_at <= timezone.now():
            raise ValidationError({"ends_at": gettext("This moment has passed.")})

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()
