from datetime import date, time
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import WorkflowState

from cms.accounts.models import Person, User
from cms.contributions.models import Contribution
from cms.core.models import PubliclyIdentified
from cms.stories.models import Goal, Rubric

LONGEST_IDEA = 600
LONGEST_REASON = 400


class IdeaQuerySet(models.QuerySet["Idea"]):
    def open(self) -> "IdeaQuerySet":
        """Return the ideas that nobody did anything with yet."""
        return self.filter(answered_at=None, assignments=None)


class Idea(PubliclyIdentified):
    """Something that somebody saw, heard or would like to read; it becomes a request, or not."""

    text = models.CharField(_("idea"), max_length=LONGEST_IDEA)
    rubric = models.ForeignKey(
        Rubric,
        verbose_name=_("rubric"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="ideas",
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="ideas",
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(_("answer"), max_length=LONGEST_REASON, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering: ClassVar[list[str]] = ["-proposed_at"]

    def __str__(self) -> str:
        return self.text


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def under_way(self) -> "AssignmentQuerySet":
        """Return what was neither declined nor cancelled; how far it is the draft knows."""
        return self.filter(declined_at=None, cancelled_at=None)

    def past(self, day: date) -> "AssignmentQuerySet":
        """Return what somebody was to hand in before a day and may not have, longest ago first.

        What ever went live, or is on its way, was handed in; of the rest the draft knows.
        """
        waiting = self.under_way().filter(assignee__isnull=False, due_on__lt=day)
        in_review = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
        lies_with_writer = Q(contribution__item=None) | Q(
            ~Q(item_text__in=in_review.values("object_id")),
            contribution__item__first_published_at=None,
        )
        named = waiting.annotate(item_text=Cast("contribution__item", models.CharField()))
        return named.filter(lies_with_writer).order_by("due_on", "pk")

    def free(self) -> "AssignmentQuerySet":
        """Return what nobody has: an ambassador may claim it."""
        return self.under_way().filter(assignee=None, rubric__live=True)

    def of(self, user: User) -> "AssignmentQuerySet":
        return self.under_way().filter(assignee=user)

    def whole(self) -> "AssignmentQuerySet":
        """Bring along all that a list tells of each."""
        return self.select_related(
            "rubric",
            "goal",
            "assignee",
            "made_by",
            "about",
            "contribution__question_set__rubric",
            "contribution__item",
        )


class Assignment(PubliclyIdentified):
    """A request: you, this rubric, this subject, this goal, by this date, meant for that week.

    How far it is stands in the contribution and its item, and nowhere else.

    Attributes:
        note: What was agreed in person, in words to who is asked.
        week: The Monday of the week that it is meant for.
        assignee: Who is asked; nobody where it is free to claim.
        given_at: When it came to who has it now.
        reminded: How often she was reminded; twice at most.
    """

    rubric = models.ForeignKey(
        Rubric,
        verbose_name=_("rubric"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="assignments",
    )
    subject = models.CharField(_("subject"), max_length=200)
    goal = models.ForeignKey(
        Goal,
        verbose_name=_("goal"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assignments",
    )
    note = models.TextField(_("in your own words"), blank=True, max_length=LONGEST_IDEA)
    due_on = models.DateField(_("no later than"))
    week = models.DateField(_("meant for the week of"), null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assignments",
    )
    about = models.ForeignKey(
        Person,
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    idea = models.ForeignKey(
        Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    contribution = models.OneToOneField(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignment"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(default=timezone.now)
    given_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_on"],
                name="assignment_under_way",
                condition=Q(
                    assignee__isnull=False, declined_at__isnull=True, cancelled_at__isnull=True
                ),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_confidential(self) -> bool:
        """Whether what came of it is its circle's alone."""
        item = self.contribution.item if self.contribution else None
        return item is not None and item.is_confidential

    @property
    def place(self) -> str:
        """The name of the rubric, while there is one."""
        return self.rubric.title if self.rubric else ""


@register_setting(icon="time")
class PlanningSettings(BaseGenericSetting):
    """When colleagues are left alone."""

    keeps_quiet = models.BooleanField(
        _("no reminders in quiet hours"),
        default=True,
        help_text=_("Who writes for the hub has a day job and a life. On unless you turn it off."),
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(18))
    quiet_until = models.TimeField(_("quiet until"), default=time(7, 30))

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("keeps_quiet"),
                FieldRowPanel([FieldPanel("quiet_from"), FieldPanel("quiet_until")]),
            ],
            heading=_("Quiet hours"),
        )
    ]

    class Meta:
        verbose_name = _("requests and reminders")
