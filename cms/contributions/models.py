from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.core.languages import Language
from cms.core.models import PubliclyIdentified
from cms.links.models import PersonalLink
from cms.media.models import Image
from cms.stories.models import EditorialPage, QuestionSet

LONGEST_KEY = 60


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def of(self, user: User) -> "ContributionQuerySet":
        """Return what this person writes."""
        return self.filter(author=user)


class Contribution(PubliclyIdentified):
    """The answers that somebody gives to one version of a rubric's questions.

    Underneath stands an ordinary draft, made by the rubric's frame from the first answer on.
    """

    question_set = models.ForeignKey(
        QuestionSet,
        verbose_name=_("question set"),
        on_delete=models.CASCADE,
        related_name="contributions",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    about = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    item = models.OneToOneField(
        EditorialPage,
        verbose_name=_("item"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contribution",
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    framed = models.JSONField(
        default=dict, help_text="What the frame made last; what differs is an editor's."
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_for = models.BooleanField(
        default=False, help_text="A request stands in front of it, so it waits though it is empty."
    )
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering: ClassVar[list[str]] = ["-touched_at"]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def rubric(self) -> Any:
        return self.question_set.rubric


class Answer(models.Model):
    """One answer as it was typed.

    Attributes:
        key: Of the question, or `alt.` and `who.` with the number of a photo.
        revision: Goes up with every change; whoever saves says which one she changed.
        writer: The open page that wrote it; what it sends again is no second version.
        turn: The count of that page's own changes.
        saved_through: The link by which it came, where who typed it has no account here.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=LONGEST_KEY)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    writer = models.CharField(max_length=40, blank=True)
    turn = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_through = models.ForeignKey(
        PersonalLink, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contribution", "key"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return self.key


class OtherVersion(models.Model):
    """What came in beside an answer that had changed meanwhile: both are kept until she chooses."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="other_versions"
    )
    key = models.CharField(max_length=LONGEST_KEY)
    text = models.TextField(blank=True)
    writer = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_through = models.ForeignKey(
        PersonalLink, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("other version of an answer")
        verbose_name_plural = _("other versions of answers")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.key


class AnswerPhoto(models.Model):
    """A photo that answers a question; what is in it and who is are answers beside it.

    Attributes:
        once: What the page that sends it calls it; sent again, it is the same photo.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="photos")
    key = models.CharField(max_length=LONGEST_KEY)
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="+")
    once = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("photo with an answer")
        verbose_name_plural = _("photos with answers")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.pk}"

    @property
    def alt_key(self) -> str:
        return f"alt.{self.pk}"

    @property
    def who_key(self) -> str:
        return f"who.{self.pk}"


class Forwarding(models.Model):
    """The questions that are hers, given to who it is about: her own link, and how she was asked.

    Attributes:
        reminded: How often she was reminded; twice at most.
        done_at: When she said that she is done.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="forwardings"
    )
    link = models.OneToOneField(PersonalLink, on_delete=models.CASCADE, related_name="forwarding")
    made_at = models.DateTimeField(default=timezone.now)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("forwarded questions")
        verbose_name_plural = _("forwarded questions")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.link.name
