"""The register: who said yes to what, in which words, by which way, until when.

Three things are kept apart: agreement (*akkoord*) to words, consent (*toestemming*) to a picture,
and the legal basis (*grondslag*) on which either is shown.
"""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import Person
from cms.core.models import PubliclyIdentified
from cms.media.models import Image
from cms.stories.models import EditorialPage

LONGEST_SENTENCE = 2000


class Matter(models.TextChoices):
    """What somebody is asked about."""

    WORDS = "words", _("words")
    PICTURE = "picture", _("picture")


class Answer(models.TextChoices):
    """What somebody said; all three are fine."""

    YES = "yes", _("agrees")
    CHANGE = "change", _("wants something changed")
    NO = "no", _("rather not")


class Channel(models.TextChoices):
    """By which way an answer came."""

    ACCOUNT = "account", _("signed in")
    LINK = "link", _("by a personal link")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by telephone")


class Capacity(models.TextChoices):
    """As whom somebody answers."""

    SELF = "self", _("in person")
    PARENT = "parent", _("as a parent")
    NEXT_OF_KIN = "next-of-kin", _("as next of kin")


class Basis(models.TextChoices):
    """The legal basis on which words or a picture are shown."""

    CONSENT = "consent", _("consent")
    EXPLICIT = "explicit-consent", _("explicit consent")
    INTEREST = "legitimate-interest", _("legitimate interest")


class Party(PubliclyIdentified):
    """Somebody whose words or picture are in an item, and what she was asked last.

    Attributes:
        digest: Of her words and pictures as they were when she was asked.
        answered_at: None while that question is open.
        reminders: How often she was reminded of this question.
    """

    item = models.ForeignKey(EditorialPage, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="parties")
    digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("somebody in an item")
        verbose_name_plural = _("people in items")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "person"], name="one_party_per_item")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["asked_at"],
                name="party_open",
                condition=Q(asked_at__isnull=False, answered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_open(self) -> bool:
        return self.asked_at is not None and self.answered_at is None


class Entry(PubliclyIdentified):
    """One answer of one person about her words, or her picture, in one item; never changed.

    Attributes:
        item_id_kept: The item's public id, which outlives the item.
        shown: The words, or the pictures, themselves; emptied when she takes her yes back.
        given_by: Who answered for her, where a parent or next of kin did.
        taken_down_by: Who wrote it down, where it came on paper or by telephone.
        link: The personal link that it came by.
        sentence: What she wants changed.
        until: When a yes ends by itself; None is as long as the item is on the hub.
    """

    item = models.ForeignKey(
        EditorialPage, null=True, on_delete=models.SET_NULL, related_name="agreement_entries"
    )
    item_id_kept = models.UUIDField(db_index=True, editable=False)
    item_title = models.CharField(max_length=255, blank=True)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="agreement_entries"
    )
    person_name = models.CharField(max_length=120)
    matter = models.CharField(max_length=10, choices=Matter)
    answer = models.CharField(max_length=10, choices=Answer)
    digest = models.CharField(max_length=64)
    shown = models.JSONField(default=list)
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.CONSENT)
    channel = models.CharField(max_length=10, choices=Channel)
    capacity = models.CharField(max_length=12, choices=Capacity, default=Capacity.SELF)
    given_by = models.CharField(max_length=120, blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    link = models.UUIDField(null=True, blank=True)
    sentence = models.TextField(max_length=LONGEST_SENTENCE, blank=True)
    said_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=10, choices=Channel, blank=True)

    class Meta:
        verbose_name = _("entry of the register")
        verbose_name_plural = _("entries of the register")
        ordering: ClassVar[list[str]] = ["-said_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["item", "person"], name="entry_of_item"),
            models.Index(fields=["until"], name="entry_ends", condition=Q(until__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_matter_display()} {self.get_answer_display()} {self.digest[:8]}"

    def holds(self, *, now: datetime) -> bool:
        """Say whether this is a yes that was not taken back and has not ended."""
        is_over = self.until is not None and self.until <= now
        return self.answer == Answer.YES and self.withdrawn_at is None and not is_over


class Representative(models.Model):
    """Who answers for somebody that can't: a parent of who is under 16, next of kin of who died."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="representative")
    capacity = models.CharField(
        _("as"),
        max_length=12,
        choices=[choice for choice in Capacity.choices if choice[0] != Capacity.SELF],
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("who answers for somebody")
        verbose_name_plural = _("who answers for somebody")

    def __str__(self) -> str:
        return self.name


class CrowdNotice(models.Model):
    """It was told beforehand that pictures would be taken: nobody in the crowd is asked singly.

    Whoever is in it has it removed on request, without a reason.
    """

    image = models.OneToOneField(Image, on_delete=models.CASCADE, related_name="crowd_notice")
    told_on = models.DateField(_("told on"))
    how = models.CharField(
        _("how it was told"),
        max_length=250,
        help_text=_("A sign at the door and in the invitation."),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("notice to a crowd")
        verbose_name_plural = _("notices to crowds")

    def __str__(self) -> str:
        return self.how


class Sensitive(models.Model):
    """An item that tells of somebody's health, faith or union: everybody named in it is asked."""

    class Kind(models.TextChoices):
        HEALTH = "health", _("health")
        FAITH = "faith", _("faith or conviction")
        UNION = "union", _("union membership")

    item = models.OneToOneField(EditorialPage, on_delete=models.CASCADE, related_name="sensitive")
    kind = models.CharField(_("about"), max_length=10, choices=Kind)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sensitive item")
        verbose_name_plural = _("sensitive items")

    def __str__(self) -> str:
        return self.get_kind_display()


class LookedInto(models.Model):
    """Up to which save an item in review was looked into for whom to ask."""

    item = models.OneToOneField(EditorialPage, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.saved_at:%Y-%m-%d %H:%M}"


class Beginning(models.Model):
    """Since when this hub keeps the register; one row.

    What was live or approved before was agreed on outside of Plein and stays as it is.
    """

    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("beginning of the register")
        verbose_name_plural = _("beginning of the register")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
