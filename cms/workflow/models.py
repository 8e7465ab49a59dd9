from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from cms.accounts.models import User
from cms.stories.models import EditorialPage, Rubric
from cms.workflow import permissions
from cms.workflow.errors import NotAllowed

OWN_WORDS = {
    "missing": _("Something is missing"),
    "too-hard": _("Too hard or too long"),
    "no-consent": _("Someone is in it without consent"),
    "tone": _("Tone doesn't fit"),
    "incorrect": _("Not correct"),
}
"""The reasons that Plein comes with, in its own words; a house may put its own in their place."""


class Reason(models.Model):
    """Why an item goes back: a house rule, always together with a kind sentence.

    A reason that was ever given stays, so that what was counted keeps its name; it can be put out
    of use.
    """

    key = models.CharField(max_length=20, unique=True, editable=False)
    words = models.CharField(_("reason"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_used = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reason to send back")
        verbose_name_plural = _("reasons to send back")
        ordering: ClassVar[list[str]] = ["order", "pk"]

    def __str__(self) -> str:
        return self.words or str(OWN_WORDS.get(self.key, self.key))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or get_random_string(12, "abcdefghijkmnpqrstuvwxyz")
        super().save(*args, **kwargs)


class Checklist(models.Model):
    """What an approver looks at in one rubric, besides what every item needs.

    Attributes:
        left_out: Keys of the measures that this rubric does without.
        own_rows: What only a person can see, one thing a line.
    """

    rubric = models.OneToOneField(Rubric, on_delete=models.CASCADE, related_name="checklist")
    left_out = models.JSONField(default=list)
    fewest_words = models.PositiveIntegerField(null=True, blank=True)
    most_words = models.PositiveIntegerField(null=True, blank=True)
    own_rows = models.TextField(blank=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")

    def __str__(self) -> str:
        return str(self.rubric)


class ApprovalState(TaskState):
    """One round of waiting for a decision.

    Attributes:
        reason: The key of the house rule, where it was sent back.
        answer: What its author said to that.
    """

    reason = models.CharField(_("reason"), max_length=20, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("round of approval")
        verbose_name_plural = _("rounds of approval")


class ApprovalTask(Task):
    """A second person says yes: one of the rubric's own approvers, else a community manager."""

    task_state_class = ApprovalState
    acts: ClassVar[Mapping[str, Callable[..., object]]] = {}
    """The acts by the names of Wagtail's actions; bound when the apps are ready."""

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    @classmethod
    def get_description(cls) -> str:
        return str(_("The approvers of the rubric, or else the community managers, approve."))

    def start(self, workflow_state: Any, user: User | None = None) -> TaskState:
        state: TaskState = super().start(workflow_state, user=user)
        if started := self.acts.get("start"):
            started(state, by=user)
        return state

    def on_action(self, task_state: Any, user: User, action_name: str, **words: Any) -> None:
        """Carry out an action through our acts; without the digest that was shown, refuse."""
        act = self.acts.get(action_name)
        if act is None or ("digest" not in words and "sentence" not in words):
            raise NotAllowed(_("Approve or send back on the page where the text is shown."))
        words.pop("comment", None)
        act(task_state, by=user, **words)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:  # noqa: ARG002
        """Offer nothing in Wagtail's own menus: they can't show what is being approved."""
        return []

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return permissions.may_edit_in_review(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not permissions.may_edit_in_review(user, obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return permissions.may_edit_in_review(user, obj)

    def get_task_states_user_can_moderate(
        self, user: Any, **_kwargs: Any
    ) -> "models.QuerySet[TaskState]":
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting.filter(workflow_state__object_id__in=permissions.approvable_ids(user))  # type: ignore[no-any-return]


class Yes(models.Model):
    """Somebody said yes to exactly this text."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        EDITOR = "editor", _("editor")
        APPROVER = "approver", _("approver")

    item = models.ForeignKey(EditorialPage, on_delete=models.CASCADE, related_name="yeses")
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="yeses"
    )
    role = models.CharField(max_length=10, choices=Role)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("yes")
        verbose_name_plural = _("yeses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item", "digest", "person", "role"], name="one_yes_per_text_and_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.digest[:8]}"


class KeptText(models.Model):
    """The exact content behind a digest that somebody was shown or said yes to.

    Autosave writes over a revision, so that a revision alone can't say later what it once held.
    """

    item = models.ForeignKey(EditorialPage, on_delete=models.CASCADE, related_name="kept_texts")
    digest = models.CharField(max_length=64)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "digest"], name="one_kept_text_per_digest")
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class EditNotice(models.Model):
    """This edit was looked into, and its author asked where need be; nobody is asked twice."""

    item = models.ForeignKey(EditorialPage, on_delete=models.CASCADE, related_name="edit_notices")
    digest = models.CharField(max_length=64)
    saved_at = models.DateTimeField(help_text="When the text that was looked into was saved.")

    class Meta:
        verbose_name = _("question about an edit")
        verbose_name_plural = _("questions about edits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "digest"], name="one_question_per_edit")
        ]

    def __str__(self) -> str:
        return self.digest[:8]
