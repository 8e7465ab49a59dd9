from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.core.blocks import SAFE_FEATURES
from cms.core.models import PubliclyIdentified


class Theme(PubliclyIdentified, index.Indexed, models.Model):
    """A standing subject, such as safety: what is written about it, and who knows about it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("Small letters, digits and hyphens.")
    )
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=SAFE_FEATURES,
        help_text=_("What it is about, and what a colleague can do today."),
    )
    owner = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="themes",
    )
    people = models.ManyToManyField(
        "accounts.Person",
        verbose_name=_("who knows about it"),
        blank=True,
        related_name="knows_about",
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering: ClassVar[list[str]] = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name
