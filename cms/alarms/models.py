from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.alarms.problems import Kind, Problem
from cms.stories.models import EditorialPage


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def open(self) -> "AlarmQuerySet":
        """Return what is wrong, or was until a moment ago."""
        return self.filter(ended_at__isnull=True)

    def ended_after(self, moment: datetime) -> "AlarmQuerySet":
        """Return what is over since then, and was worth telling."""
        return self.filter(ended_at__gte=moment, told_at__isnull=False)


class Alarm(models.Model):
    """A problem from its first moment to its last, and whether those responsible were told."""

    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    page = models.ForeignKey(EditorialPage, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)  # not seen since; over once that has lasted
    ended_at = models.DateTimeField(null=True, db_index=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        ordering: ClassVar[list[str]] = ["since", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(ended_at__isnull=True),
                name="one_alarm_per_problem",
            )
        ]

    def __str__(self) -> str:
        return self.problem.key

    @property
    def problem(self) -> Problem:
        """What is wrong, as it was seen last."""
        return Problem(Kind(self.kind), self.about, self.facts, self.page_id)
