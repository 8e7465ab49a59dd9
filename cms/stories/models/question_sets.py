from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.stories.questions.reading import questions_of
from cms.stories.questions.shapes import Questions


class UnchangeableError(Exception):
    """A version was about to be changed; who answers it would lose the question under her hands."""


class QuestionSet(models.Model):
    """One version of what a rubric asks; never changed, only followed by the next one.

    What is being written keeps the version that it began with.
    """

    rubric = models.ForeignKey(
        "stories.Rubric",
        verbose_name=_("rubric"),
        on_delete=models.CASCADE,
        related_name="question_sets",
    )
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    starter = models.CharField(
        max_length=60,
        blank=True,
        editable=False,
        help_text="The id of the starter rubric that it was loaded from.",
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("question set")
        verbose_name_plural = _("question sets")
        ordering: ClassVar[list[str]] = ["rubric", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rubric", "number"], name="one_set_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.rubric_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a new version.

        Raises:
            UnchangeableError: It is kept already.
            UnreadableQuestionsError: Its content is no question set.
        """
        if not self._state.adding:
            message = "A version of a question set is never changed: make the next one."
            raise UnchangeableError(message)
        questions_of(self.content)
        super().save(*args, **kwargs)

    @cached_property
    def questions(self) -> Questions:
        return questions_of(self.content)
