from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.core.models import PubliclyIdentified


class Goal(PubliclyIdentified, index.Indexed, models.Model):
    """What the organisation wants the community to serve this year."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=120)
    measure = models.CharField(_("how we see that it works"), max_length=250, blank=True)
    owner = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="goals",
    )
    is_archived = models.BooleanField(_("finished"), default=False)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering: ClassVar[list[str]] = ["sort_order", "code"]

    def __str__(self) -> str:
        return self.name


class CoreValue(PubliclyIdentified, index.Indexed, models.Model):
    """What the organisation holds dear, in the words of the shop floor."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=120)
    motto = models.CharField(_("in our own words"), max_length=250, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("core value")
        verbose_name_plural = _("core values")
        ordering: ClassVar[list[str]] = ["sort_order", "code"]

    def __str__(self) -> str:
        return self.name
