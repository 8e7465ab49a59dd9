from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    Panel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_headless_preview.models import HeadlessPreviewMixin

from cms.audiences.names import name_of
from cms.core.audiences import EVERYONE
from cms.core.models import HubPageBase
from cms.core.panels import TITLE, tabs
from cms.stories.blocks import BodyBlock
from cms.stories.forms import ItemForm
from cms.stories.models.confidential import Confidential
from cms.stories.models.placed import Placed
from cms.stories.permissions import ItemPermissionTester


class Connection(models.TextChoices):
    """What an item connects a colleague with; *practical* messages are counted apart."""

    ORGANISATION = "organisation", _("The organisation")
    WORK = "work", _("The work")
    EACH_OTHER = "each-other", _("Each other")
    PRACTICAL = "practical", _("Practical")

    __empty__ = _("Not chosen yet")


class EditorialPage(Placed, Confidential, HeadlessPreviewMixin, HubPageBase):
    """What every item shares, in one table, so that lists of items need no guessing of kinds."""

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("What it is about, in one or two sentences."),
    )
    lead_image = models.ForeignKey(
        "media.Image",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("what is in the picture"),
        max_length=255,
        blank=True,
        help_text=_("For who cannot see it. Empty: the description of the image itself."),
    )
    lead_image_caption = models.CharField(_("caption"), max_length=200, blank=True)
    tags = ClusterTaggableManager(through="stories.TaggedItem", blank=True, verbose_name=_("tags"))
    departments = ParentalManyToManyField(
        "accounts.Department", blank=True, verbose_name=_("departments"), related_name="items"
    )
    connection = models.CharField(_("connects with"), max_length=12, choices=Connection, blank=True)
    goal = models.ForeignKey(
        "stories.Goal",
        verbose_name=_("goal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    core_value = models.ForeignKey(
        "stories.CoreValue",
        verbose_name=_("core value"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    theme = models.ForeignKey(
        "stories.Theme",
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translated_items",
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    audience = models.SlugField(_("for whom"), default=EVERYONE)
    audience_reason = models.CharField(
        _("why not for everyone"),
        max_length=250,
        blank=True,
        help_text=_("Fewer people will read it. Say what would be wrong with telling everyone."),
    )

    is_creatable = False
    permission_tester = ItemPermissionTester
    base_form_class = ItemForm
    subpage_types: ClassVar[list[str]] = []

    text_panels: ClassVar[list[Panel]] = [
        FieldPanel("summary", required_on_save=False, widget=forms.Textarea(attrs={"rows": 2})),
        MultiFieldPanel(
            [
                FieldPanel("lead_image", heading=_("Picture")),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_caption"),
            ],
            heading=_("Lead image"),
        ),
        FieldPanel("body"),
        InlinePanel("authors", label=_("author"), heading=_("Authors")),
        InlinePanel("people", label=_("person"), heading=_("People in it")),
    ]
    purpose_panels: ClassVar[list[Panel]] = [
        FieldPanel("connection", widget=forms.RadioSelect),
        FieldRowPanel(
            [
                FieldPanel("goal", widget=forms.Select),
                FieldPanel("core_value", widget=forms.Select),
                FieldPanel("theme", widget=forms.Select),
            ]
        ),
        FieldPanel("departments", widget=forms.CheckboxSelectMultiple),
        FieldPanel("tags"),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("audience_reason")], heading=_("For whom")
        ),
    ]
    settings_panels: ClassVar[list[Panel]] = [
        FieldPanel(
            "expire_at",
            heading=_("On the hub until"),
            help_text=_("Empty: it stays. Times are the hub's own."),
        ),
        FieldPanel("translation_of"),
    ]
    edit_handler = tabs(
        text=[TITLE, *text_panels], purpose=purpose_panels, settings=settings_panels
    )
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("language"),
        index.FilterField("connection"),
        index.FilterField("audience"),
    ]

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")

    @property
    def is_for_everyone(self) -> bool:
        return self.audience == EVERYONE

    def get_audience_display(self) -> str:
        """Return what the audience is called, named as Django names it for a field of choices."""
        return name_of(self.audience)

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str = "",
        extra_request_attrs: dict[str, Any] | None = None,  # noqa: ARG002 - Wagtail's own name
    ) -> HttpResponseBase:
        """Send straight on to the press: a made-up request would load all middleware each time."""
        response: HttpResponseBase = self.serve_preview(original_request, preview_mode)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def is_of(self, user: AbstractBaseUser) -> bool:
        """Say whether this item is the person's own: made by her, or with her as an author.

        While it is confidential it is the circle's own, and nobody else's.
        """
        if self.is_confidential:
            return bool(self.circle.filter(pk=user.pk).exists())
        if self.owner_id == user.pk:
            return True
        return bool(Author.objects.filter(page_id=self.pk, person__user=user).exists())


IN_ORDER = ["sort_order", "id"]
"""What was added past the editor may share a place; PostgreSQL then names them in any order."""


class Author(Orderable):
    """Who wrote an item, in the order of the byline."""

    page = ParentalKey(EditorialPage, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )

    panels: ClassVar[list[object]] = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        ordering: ClassVar[list[str]] = IN_ORDER


class PersonInItem(Orderable):
    """Who an item is about or who speaks in it."""

    page = ParentalKey(EditorialPage, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )

    panels: ClassVar[list[object]] = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        ordering: ClassVar[list[str]] = IN_ORDER


class Story(EditorialPage):
    """A piece of editorial content in a rubric, by an ambassador."""

    parent_page_types: ClassVar[list[str]] = ["stories.Rubric"]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")


class Interview(EditorialPage):
    """Questions and answers with a colleague."""

    parent_page_types: ClassVar[list[str]] = ["stories.Rubric"]

    interviewee = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("interviewee"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interviews",
    )

    edit_handler = tabs(
        text=[TITLE, FieldPanel("interviewee"), *EditorialPage.text_panels],
        purpose=EditorialPage.purpose_panels,
        settings=EditorialPage.settings_panels,
    )

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")


class Announcement(EditorialPage):
    """Formal information from the organisation, with the dates that it holds."""

    class Importance(models.TextChoices):
        IMPORTANT = "important", _("Important")
        INFORMATION = "information", _("For your information")

    parent_page_types: ClassVar[list[str]] = ["stories.Section", "stories.Rubric"]

    importance = models.CharField(
        _("importance"), max_length=12, choices=Importance, default=Importance.INFORMATION
    )
    prominent_until = models.DateTimeField(_("prominent until"), null=True, blank=True)
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    valid_until = models.DateTimeField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("After it the announcement stays findable, marked as lapsed."),
    )
    look_at_again_on = models.DateField(_("look at again on"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
    )

    validity_panels: ClassVar[list[Panel]] = [
        FieldPanel("importance", widget=forms.RadioSelect),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
                FieldRowPanel([FieldPanel("prominent_until"), FieldPanel("look_at_again_on")]),
                FieldPanel("replaces"),
            ],
            heading=_("How long it holds"),
        ),
    ]
    edit_handler = tabs(
        text=[TITLE, *EditorialPage.text_panels],
        purpose=[*validity_panels, *EditorialPage.purpose_panels],
        settings=EditorialPage.settings_panels,
    )

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        is_elsewhere = getattr(parent.specific, "holds", "announcement") != "announcement"
        return not is_elsewhere and bool(super().can_exist_under(parent))

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
