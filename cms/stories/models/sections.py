from typing import ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.accounts import roles
from cms.core.blocks import SAFE_FEATURES
from cms.core.forms import FramePageForm
from cms.core.models import HubPageBase
from cms.core.panels import TITLE, tabs
from cms.stories.forms import SectionForm
from cms.stories.permissions import FramePermissionTester
from cms.stories.synonyms import refuse_odd_synonyms


class Colour(models.TextChoices):
    """The colour families of the theme; each is checked for contrast there."""

    TEAL = "teal", _("Teal")
    RUST = "rust", _("Rust")
    BLUE = "blue", _("Blue")
    PLUM = "plum", _("Plum")
    GREEN = "green", _("Green")
    AMBER = "amber", _("Amber")
    VIOLET = "violet", _("Violet")


class Tile(models.TextChoices):
    """The signs of the theme; no two rubrics have the same one."""

    BEND = "bend", _("Bend in the road")
    STAIR = "stair", _("Stair")
    PERSON = "person", _("Person")
    RINGS = "rings", _("Rings")
    PENNANT = "pennant", _("Pennant")
    BOWL = "bowl", _("Bowl")
    CORNER = "corner", _("Corner")
    ARCH = "arch", _("Arch")
    WAVE = "wave", _("Wave")
    DIAMOND = "diamond", _("Diamond")
    GATE = "gate", _("Gate")
    BARS = "bars", _("Bars")


class FramePage(HubPageBase):
    """What items stand in: the hub, a rubric, a section."""

    permission_tester = FramePermissionTester
    base_form_class = FramePageForm

    class Meta:
        abstract = True

    def is_open_to(self, user: roles.Someone) -> bool:  # noqa: ARG002 - a rubric looks at it
        """Say whether this person, who does not see everything, may write in it."""
        return False


class HubPage(FramePage):
    """The hub itself: its name, for whom it is, whom to ask. The administrator sets it up once."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["stories.Rubric", "stories.Section"]
    max_count = 1

    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    introduction = models.CharField(_("introduction"), max_length=400, blank=True)
    headcount = models.PositiveIntegerField(_("number of colleagues"), null=True, blank=True)
    editors = models.CharField(
        _("whom to ask"),
        max_length=400,
        blank=True,
        help_text=_("Names colleagues know, and how to reach them."),
    )
    editors_email = models.EmailField(_("e-mail of the editors"), blank=True)
    synonyms = models.TextField(
        _("words that mean the same"),
        blank=True,
        default="",
        validators=[refuse_odd_synonyms],
        help_text=_("A line for each meaning, with commas between: fiets, rijwiel, tweewieler"),
    )

    edit_handler = tabs(
        text=[
            TITLE,
            FieldPanel("organisation"),
            FieldPanel("introduction"),
            FieldPanel("headcount"),
            FieldRowPanel([FieldPanel("editors"), FieldPanel("editors_email")]),
        ],
        settings=[MultiFieldPanel([FieldPanel("synonyms")], heading=_("For search"))],
    )

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")


class Rubric(FramePage):
    """A recurring format with a fixed frame; ambassadors choose one and write in it."""

    parent_page_types: ClassVar[list[str]] = ["stories.HubPage"]
    subpage_types: ClassVar[list[str]] = [
        "stories.Story",
        "stories.Interview",
        "stories.Announcement",
        "events.Event",
        "events.CommunityAction",
    ]

    purpose = models.CharField(_("purpose"), max_length=250, blank=True)
    tone = models.CharField(_("tone"), max_length=250, blank=True)
    cadence = models.CharField(
        _("rhythm in words"), max_length=160, blank=True, help_text=_("Every month, first Thursday")
    )
    keeper = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("kept by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rubrics",
    )
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.TEAL)
    tile = models.CharField(_("sign"), max_length=10, choices=Tile, default=Tile.BEND)
    introduction = RichTextField(_("introduction"), blank=True, features=SAFE_FEATURES)
    open_to_ambassadors = models.BooleanField(
        _("open to all ambassadors"), default=True, help_text=_("Every ambassador may write in it.")
    )
    approvers = models.ForeignKey(
        Group,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rubrics",
        help_text=_(
            "Leave empty for the community managers; choose a group for a rubric of its own."
        ),
    )

    edit_handler = tabs(
        text=[TITLE, FieldPanel("introduction")],
        purpose=[
            FieldPanel("purpose"),
            FieldPanel("tone"),
            FieldPanel("cadence"),
            FieldPanel("keeper"),
        ],
        settings=[
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("colour"), FieldPanel("tile")])], heading=_("Look")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("open_to_ambassadors"),
                    FieldPanel("approvers", widget=forms.Select),
                ],
                heading=_("Who writes and who approves"),
            ),
        ],
    )
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("purpose"),
    ]

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")

    def is_open_to(self, user: roles.Someone) -> bool:
        if not self.live:
            return False
        if self.open_to_ambassadors and roles.is_ambassador(user):
            return True
        return self.approvers_id in roles.approving_groups(user)


class Section(FramePage):
    """Where items outside a rubric live, under an address of their own."""

    class Holds(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("Announcements")
        EVENT = "event", _("Events: the agenda")
        COMMUNITY_ACTION = "community_action", _("Community actions: taking part")

    parent_page_types: ClassVar[list[str]] = ["stories.HubPage"]
    subpage_types: ClassVar[list[str]] = [
        "stories.Announcement",
        "events.Event",
        "events.CommunityAction",
    ]
    base_form_class = SectionForm

    introduction = models.CharField(_("introduction"), max_length=250, blank=True)
    holds = models.CharField(_("holds"), max_length=20, choices=Holds, default=Holds.ANNOUNCEMENT)

    edit_handler = tabs(
        text=[
            TITLE,
            FieldPanel("introduction"),
            FieldPanel("holds", widget=forms.RadioSelect),
        ]
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
