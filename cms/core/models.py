from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.core import colours
from cms.core.audiences import EVERYONE
from cms.core.languages import Language
from cms.core.permissions import HubPagePermissionTester
from cms.core.public_ids import new_public_id


class PubliclyIdentified(models.Model):
    """Known outside by an id that says nothing and survives renames, moves and restores."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)

    class Meta:
        abstract = True


class HubPageBase(PubliclyIdentified, Page):
    """What every page of the hub carries from its first day: identity, language, audience."""

    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.DUTCH
    )
    audience = models.SlugField(_("for whom"), default=EVERYONE, editable=False)

    exclude_fields_in_copy: ClassVar[list[str]] = ["public_id"]
    permission_tester: ClassVar[type[HubPagePermissionTester]] = HubPagePermissionTester

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser) -> HubPagePermissionTester:
        return self.permission_tester(user, self)


class Headings(models.TextChoices):
    """Letters that are shipped in bold."""

    ECZAR = "eczar", "Eczar"
    SCHIBSTED = "schibsted", "Schibsted Grotesk"


class Letters(models.TextChoices):
    """Letters that one can read pages of."""

    LITERATA = "literata", "Literata"
    SCHIBSTED = "schibsted", "Schibsted Grotesk"


class Ground(models.TextChoices):
    """What a logo has to stand on to be seen."""

    LIGHT = "light", _("a light ground")
    DARK = "dark", _("a dark ground")
    OWN = "own", _("a ground of its own")


class Logo(models.Model):
    """An organisation's sign as each page shows it: a WebP in one size, its original is not kept.

    So small that it is kept here, among what it belongs to: a backup has it, nothing is orphaned.
    """

    content = models.BinaryField()
    content_hash = models.CharField(max_length=64, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=5, choices=Ground)

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")

    def __str__(self) -> str:
        return self.content_hash[:8]


class Style(PubliclyIdentified, models.Model):
    """How the hub wears the organisation's own sign, colours and letters; empty is Plein's own.

    There is one. A colour that can't be read is refused with the nearest one that can.
    """

    ONLY: ClassVar[int] = 1
    GROUNDS: ClassVar[dict[str, tuple[str, ...]]] = {
        "light": colours.LIGHT_GROUNDS + colours.LIGHT_TINTS,
        "dark": colours.DARK_GROUNDS + colours.DARK_TINTS,
        "accent": (colours.INK,),
    }

    light = models.CharField(_("colour of links and of the sign"), max_length=7, blank=True)
    dark = models.CharField(
        _("the same on a dark screen"),
        max_length=7,
        blank=True,
        help_text=_("Empty: the nearest tone of that colour that can be read there."),
    )
    accent = models.CharField(
        _("colour of what is new or asks for something"), max_length=7, blank=True
    )
    headings = models.CharField(
        _("letters of headings"), max_length=12, choices=Headings, default=Headings.ECZAR
    )
    letters = models.CharField(
        _("letters of stories"), max_length=12, choices=Letters, default=Letters.LITERATA
    )

    logo = models.OneToOneField(
        Logo,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    logo_dark = models.OneToOneField(
        Logo,
        verbose_name=_("logo for a dark screen"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("house style")
        verbose_name_plural = _("house style")

    def __str__(self) -> str:
        return gettext("House style")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = self.ONLY
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse each colour that is none or that somebody could not read, and half a pair."""
        refused = {name: why for name in self.GROUNDS if (why := self._refusal(name))}
        if self.logo_dark is not None and self.logo is None:
            refused["logo_dark"] = gettext(
                "Choose a logo for a light screen as well: this one only shows on a dark one."
            )
        if refused:
            raise ValidationError(refused)

    @property
    def dark_in_use(self) -> str:
        """What stands on a dark screen, chosen or derived."""
        if self.dark or not self.light:
            return self.dark
        return colours.nearest(self.light, self.GROUNDS["dark"])

    @classmethod
    def current(cls) -> "Style":
        """Return the one there is, or the one there would be."""
        found = cls.objects.select_related("logo", "logo_dark").filter(pk=cls.ONLY).first()
        return found or cls(pk=cls.ONLY)

    def _refusal(self, name: str) -> str:
        colour = str(getattr(self, name)).lower()
        setattr(self, name, colour)
        if not colour:
            return ""
        if not colours.is_colour(colour):
            return gettext("Write a colour as # with six signs, such as #0b5c3c.")
        least = colours.least_contrast(colour, self.GROUNDS[name])
        if least >= colours.ENOUGH:
            return ""
        words = gettext(
            "Not everybody can read this: its contrast is %(least)s where 4.5 is needed."
            " The nearest colour that has it is %(nearest)s."
        )
        near = colours.nearest(colour, self.GROUNDS[name])
        return words % {"least": f"{least:.1f}", "nearest": near}
