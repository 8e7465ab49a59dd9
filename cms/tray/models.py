from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.planning.models import Idea
from cms.stories.models import EditorialPage


class NoteQuerySet(models.QuerySet["Note"]):
    def waiting(self) -> "NoteQuerySet":
        """Return what nobody has done anything with yet, oldest first."""
        return self.filter(outcome="").order_by("received_at", "pk")


class Note(models.Model):
    """What a colleague put in the tray.

    Who she is stands here only when she wants to hear what is done with it. Nothing says which
    pages she read: `page_path` is what she left in the form, and she could empty it.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("A question")
        TIP = "tip", _("A tip")
        WRONG = "wrong", _("Something is not right")

    class Outcome(models.TextChoices):
        ANSWER = "answer", _("Answered")
        CORRECTION = "correction", _("Corrected")
        IDEA = "idea", _("Kept as an idea")
        REQUEST = "request", _("Asked somebody to write about it")
        NOTHING = "nothing", _("Read, nothing done")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUESTION)
    words = models.TextField(_("what it says"), max_length=2000)
    page_path = models.CharField(_("about page"), max_length=600, blank=True)
    item = models.ForeignKey(
        EditorialPage, null=True, on_delete=models.SET_NULL, related_name="notes"
    )
    received_at = models.DateTimeField(db_index=True)
    sent_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - no two are alike, and none is none
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="notes"
    )
    sender_email = models.EmailField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    idea = models.OneToOneField(
        Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="note"
    )
    answer = models.TextField(_("answer"), blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note in the tray")
        verbose_name_plural = _("notes in the tray")
        ordering: ClassVar[list[str]] = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_at:%Y-%m-%d}"

    @property
    def wants_to_hear(self) -> bool:
        return self.sender_id is not None or bool(self.sender_email)
