"""What colleagues can come to, and what they can take part in from where they are."""

from datetime import datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.models import Page
from wagtail.search import index

from cms.core.panels import TITLE, tabs
from cms.core.wall_clock import hub_zone, zone_in_words
from cms.events.forms import EventForm
from cms.events.panels import SeasonPanel
from cms.stories.models import EditorialPage, Section

IN_WHOSE_TIME = format_lazy("{} {}.", _("In the hub's own time:"), zone_in_words())


class InSectionOfItsOwn(EditorialPage):
    """Stands in a rubric, or in a section that was made for its kind."""

    parent_page_types: ClassVar[list[str]] = ["stories.Section", "stories.Rubric"]
    holds: ClassVar[Section.Holds]
    is_creatable = False

    class Meta:
        abstract = True

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        specific = parent.specific
        if isinstance(specific, Section) and specific.holds != cls.holds:
            return False
        return bool(super().can_exist_under(parent))


class Event(InSectionOfItsOwn):
    """Something at a time and a place: drinks, a sports day, a night shift one may come and see.

    A cancelled one stays, marked: who had it in a calendar must be able to find out.
    """

    holds = Section.Holds.EVENT
    base_form_class = EventForm
    is_creatable = True

    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(
        _("ends"),
        null=True,
        blank=True,
        help_text=_("Empty: it is on the agenda until midnight."),
    )
    place = models.CharField(
        _("place"), max_length=160, blank=True, help_text=_("“Canteen, Drachten”")
    )
    link = models.URLField(
        _("link"), max_length=500, blank=True, help_text=_("Of a video call, or of who organises.")
    )
    organiser = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("organised by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    meant_for = models.CharField(
        _("who can come"),
        max_length=160,
        blank=True,
        help_text=_("“Everybody, partners and children too”"),
    )
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("It stays on the hub and in everybody's calendar, marked as cancelled."),
    )
    cancellation = models.CharField(
        _("why, and what now"),
        max_length=200,
        blank=True,
        help_text=_("“Code orange; a new date follows”"),
    )

    event_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([SeasonPanel("starts_season"), SeasonPanel("ends_season")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("link")]),
                FieldRowPanel([FieldPanel("organiser"), FieldPanel("meant_for")]),
            ],
            heading=_("When and where"),
            help_text=IN_WHOSE_TIME,
        ),
    ]
    cancel_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("is_cancelled"), FieldPanel("cancellation")], heading=_("Cancelled?")
        ),
    ]
    edit_handler = tabs(
        text=[TITLE, *event_panels, *EditorialPage.text_panels],
        purpose=EditorialPage.purpose_panels,
        settings=[*cancel_panels, *EditorialPage.settings_panels],
    )
    search_fields: ClassVar[list[index.BaseField]] = [
        *EditorialPage.search_fields,
        index.SearchField("place"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def over_at(self) -> datetime | None:
        """From when on it is past: its end, else the midnight after its start."""
        if self.ends_at or not self.starts_at:
            return self.ends_at
        day_after = self.starts_at.astimezone(hub_zone()).date() + timedelta(days=1)
        return datetime.combine(day_after, time.min, tzinfo=hub_zone())


class CommunityAction(InSectionOfItsOwn):
    """A call to colleagues to share something small, until some day; what came of it is a story."""

    holds = Section.Holds.COMMUNITY_ACTION
    is_creatable = True

    asked = models.CharField(
        _("what to share"),
        max_length=240,
        blank=True,
        help_text=_("“A photo of where you eat your sandwich”"),
    )
    effort = models.CharField(
        _("how much work it is"), max_length=80, blank=True, help_text=_("“Takes one minute”")
    )
    until = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Then it is closed; it stays on the hub, with what came of it."),
    )
    result = models.ForeignKey(
        EditorialPage,
        verbose_name=_("what came of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    call_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [
                FieldPanel("asked"),
                FieldRowPanel([FieldPanel("until"), FieldPanel("effort")]),
                FieldPanel("result"),
            ],
            heading=_("What you ask"),
            help_text=_("Colleagues answer by the door to the editors, below every page."),
        ),
    ]
    edit_handler = tabs(
        text=[TITLE, *call_panels, *EditorialPage.text_panels],
        purpose=EditorialPage.purpose_panels,
        settings=EditorialPage.settings_panels,
    )

    class Meta:
        verbose_name = _("community action")
        verbose_name_plural = _("community actions")
