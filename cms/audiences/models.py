from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.core.audiences import RESERVED_KEYS

LONGEST_KEY = 50


class Audience(index.Indexed, models.Model):
    """Colleagues for whom something can be, without being for everyone.

    Who is in it follows from the rule, in which everything that is filled in must hold, and from
    the names added by hand. Its key is part of addresses, so it never changes.
    """

    key = models.SlugField(_("address"), max_length=LONGEST_KEY, unique=True, editable=False)
    name = models.CharField(
        _("name"), max_length=80, unique=True, help_text=_("As a colleague would say it.")
    )
    purpose = models.CharField(
        _("why it is there"),
        max_length=250,
        blank=True,
        help_text=_("What would be wrong with telling everyone."),
    )
    departments = models.ManyToManyField(
        "accounts.Department", verbose_name=_("department"), blank=True, related_name="audiences"
    )
    locations = models.ManyToManyField(
        "accounts.Location", verbose_name=_("location"), blank=True, related_name="audiences"
    )
    groups = models.ManyToManyField(
        Group, verbose_name=_("group or role"), blank=True, related_name="audiences"
    )
    started_within = models.PositiveSmallIntegerField(
        _("started at most so many months ago"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("For newcomers. Who started this month counts from the first day."),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by hand"),
        blank=True,
        related_name="audiences",
    )

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.key:
            self.key = self._free_key()
        super().save(*args, **kwargs)

    def _free_key(self) -> str:
        wanted = slugify(self.name)[: LONGEST_KEY - 4].strip("-_").replace("_", "-") or "audience"
        taken = {*RESERVED_KEYS, *Audience.objects.values_list("key", flat=True)}
        number, key = 1, wanted
        while key in taken:
            number += 1
            key = f"{wanted}-{number}"
        return key


class RemovedInConfidence(models.Model):
    """Who may go on knowing of an item that was removed while it was confidential.

    Log, register and receipts outlive an item, and with it its circle would be gone.
    """

    page = models.PositiveBigIntegerField(unique=True)
    item = models.UUIDField(unique=True)
    circle = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    removed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("item removed in confidence")
        verbose_name_plural = _("items removed in confidence")

    def __str__(self) -> str:
        return str(self.item)
