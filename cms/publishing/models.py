from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.audiences.models import LONGEST_KEY
from cms.stories.models import EditorialPage

LONGEST_PAUSE = timedelta(minutes=5)
"""Between two attempts to publish something that fails."""


class PublicationQuerySet(models.QuerySet["Publication"]):
    def scheduled(self) -> "PublicationQuerySet":
        return self.filter(state=Publication.State.SCHEDULED)

    def due(self, *, now: datetime) -> "PublicationQuerySet":
        """Return what has to go live now; what failed a moment ago waits for its next attempt.

        A next attempt that is further away than any pause was set by a clock that was wrong.
        """
        may_try = Q(retry_at__isnull=True) | Q(retry_at__lte=now)
        may_try |= Q(retry_at__gt=now + LONGEST_PAUSE)
        return self.scheduled().filter(may_try, due_at__lte=now)

    def news(self) -> "PublicationQuerySet":
        """Return what went live and who made it was not told of."""
        return self.filter(is_news=True)

    def not_printed(self) -> "PublicationQuerySet":
        """Return what is public in the newsroom but in no release that was reported."""
        return self.filter(release__isnull=True, seq__isnull=False)

    def on_time_or_late(self) -> "PublicationQuerySet":
        """Return what went live at a moment that was still to come when it was approved.

        What is loaded with a date of the past says nothing about how late the clock and the
        press are.
        """
        return self.filter(live_at__isnull=False, due_at__gte=F("approved_at"))


class Publication(models.Model):
    """One approved text on its way to the hub, and afterwards the proof of how it got there."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Ready")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")

    page = models.ForeignKey(
        EditorialPage, null=True, on_delete=models.SET_NULL, related_name="publications"
    )
    item_id = models.UUIDField(db_index=True, editable=False)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    digest = models.CharField(max_length=64)
    due_at = models.DateTimeField(_("due"), db_index=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    published_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    # The receipt: which change of the feed it became, at which address, and who brought it out.
    seq = models.BigIntegerField(null=True, editable=False)
    path = models.CharField(max_length=600, blank=True, editable=False)
    release = models.ForeignKey(
        "Release", null=True, on_delete=models.SET_NULL, related_name="publications"
    )
    live_at = models.DateTimeField(null=True, editable=False)
    # It went live and nobody was told yet: mails are for after all that is due.
    is_news = models.BooleanField(default=False, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering: ClassVar[list[str]] = ["-due_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_at"], name="publication_due"),
            models.Index(fields=["live_at"], name="publication_live"),
            models.Index(
                fields=["seq"],
                name="publication_not_printed",
                condition=Q(release__isnull=True, seq__isnull=False),
            ),
            models.Index(fields=["id"], name="publication_news", condition=Q(is_news=True)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(state="scheduled"), name="one_publication_on_its_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.due_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is None and self.page is not None:
            self.item_id = self.page.public_id
        super().save(*args, **kwargs)

    @property
    def lateness(self) -> timedelta | None:
        """How long after its moment readers had it; None when there was nothing to be late for."""
        was_to_come = self.due_at >= self.approved_at
        return self.live_at - self.due_at if self.live_at and was_to_come else None


class Withdrawal(models.Model):
    """An item was taken offline by a person: who, when and why."""

    page = models.ForeignKey(
        EditorialPage, null=True, on_delete=models.SET_NULL, related_name="withdrawals"
    )
    item_id = models.UUIDField(db_index=True, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    seq = models.BigIntegerField(null=True, editable=False)
    release = models.ForeignKey(
        "Release", null=True, on_delete=models.SET_NULL, related_name="withdrawals"
    )
    gone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.at:%Y-%m-%d %H:%M}"


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    def open(self) -> "EmergencyQuerySet":
        """Return what is on the hub with one yes only."""
        return self.filter(state=Emergency.State.OPEN)


class Emergency(models.Model):
    """An item that a named sender put on the hub first; a second person looks within the hour."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for a second person")
        CONFIRMED = "confirmed", _("Confirmed")
        REPLACED = "replaced", _("Replaced by an approved text")
        TAKEN_DOWN = "taken-down", _("Taken offline: nobody looked in time")
        ENDED = "ended", _("Taken offline by a person")

    page = models.ForeignKey(
        EditorialPage, null=True, on_delete=models.SET_NULL, related_name="emergencies"
    )
    publication = models.OneToOneField(
        Publication, on_delete=models.CASCADE, related_name="emergency"
    )
    reason = models.CharField(_("why it can't wait"), max_length=300)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField()
    deadline = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency message")
        verbose_name_plural = _("emergency messages")
        ordering: ClassVar[list[str]] = ["-sent_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["deadline"], name="emergency_open", condition=Q(state="open"))
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(state="open"), name="one_open_emergency_per_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.sent_at:%Y-%m-%d %H:%M}"


class Removal(models.Model):
    """What the press took away of something that left the hub: the newest report of each.

    Attributes:
        moved_from: The audience that it left, where it still is on the hub for another.
    """

    item_id = models.UUIDField(editable=False)
    moved_from = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)
    at = models.DateTimeField(db_index=True)
    seconds = models.FloatField()
    releases = models.JSONField(default=list)  # numbers of those that lost something
    files = models.PositiveIntegerField()
    scanned = models.PositiveIntegerField()
    paths = models.JSONField(default=list)  # where something was removed, the first of them
    still_said = models.JSONField(default=list)  # live pages that hold words of it
    still_live = models.JSONField(default=list)  # its own paths with something else there now

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item_id", "moved_from"], name="one_report_per_removal")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.at:%Y-%m-%d %H:%M}"


class Release(models.Model):
    """One state of the hub as the press reported it."""

    number = models.PositiveIntegerField()
    epoch = models.CharField(max_length=64)
    cursor = models.CharField(max_length=200)
    seq = models.BigIntegerField(default=0)  # of the feed, as far as the cursor goes
    started_at = models.DateTimeField()
    rendered_at = models.DateTimeField(null=True)  # not every press tells
    activated_at = models.DateTimeField()
    pages = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    set_aside = models.JSONField(default=list)
    paths = models.JSONField(default=list)  # of pages that changed, the first of them

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering: ClassVar[list[str]] = ["-activated_at", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["epoch", "number"], name="one_report_per_release")
        ]

    def __str__(self) -> str:
        return str(self.number)
