from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.core.blocks import SAFE_FEATURES
from cms.core.models import PubliclyIdentified

year_and_month = RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$", _("Write year and month, 2019-03."))


class Department(PubliclyIdentified, index.Indexed, models.Model):
    """A part of the organisation that people work in."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering: ClassVar[list[str]] = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class Location(PubliclyIdentified, index.Indexed, models.Model):
    """A place where people of the organisation work."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering: ClassVar[list[str]] = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Somebody who can sign in. Who is shown on the hub is a Person, by their own choice."""

    personnel_number = models.CharField(
        _("personnel number"),
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", _("Use letters and digits only."))
        ],
        help_text=_("To sign in with where somebody has no mailbox."),
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="users",
    )
    location = models.ForeignKey(
        Location,
        verbose_name=_("location"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="users",
    )
    started = models.CharField(
        _("started in"),
        max_length=7,
        blank=True,
        validators=[year_and_month],
        help_text=_("Year and month, such as 2019-03. No other date is kept."),
    )
    session_generation = models.PositiveIntegerField(default=0, editable=False)
    """Goes up when every session of this account has to end; see `_get_session_auth_hash`."""

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.get_username()

    def clean(self) -> None:
        """Keep an empty number out of the column, where it could stand only once."""
        super().clean()
        self.personnel_number = self.personnel_number or None

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie a session to the password *and* to the generation of sessions it was made in."""
        by_password = super()._get_session_auth_hash(secret=secret)
        return f"{by_password}.{self.session_generation}"


class PersonQuerySet(models.QuerySet["Person"]):
    def on_hub(self) -> "PersonQuerySet":
        """Return those who chose to have a page of their own."""
        return self.filter(shown_on_hub=True)


class Person(PubliclyIdentified, index.Indexed, models.Model):
    """A colleague as the hub names them: author, interviewee, keeper of a rubric."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
        help_text=_("Only when this colleague signs in."),
    )
    shown_on_hub = models.BooleanField(
        _("has a page on the hub"),
        default=False,
        help_text=_("Only when this colleague said yes to it."),
    )
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    role = models.CharField(_("work"), max_length=120, blank=True)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), null=True, blank=True, on_delete=models.PROTECT
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), null=True, blank=True, on_delete=models.PROTECT
    )
    started = models.CharField(
        _("started in"),
        max_length=7,
        blank=True,
        validators=[year_and_month],
        help_text=_("Year and month, such as 2019-03. No other date is kept."),
    )
    is_newcomer_shown = models.BooleanField(
        _("introduced as a newcomer"),
        default=False,
        help_text=_("Shown on the front page for two months after the start, by choice."),
    )
    portrait = models.ForeignKey(
        "media.Image",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    about = RichTextField(_("about"), blank=True, features=SAFE_FEATURES)
    ask_me_about = models.TextField(
        _("ask me about"), blank=True, help_text=_("One subject per line, at most six.")
    )
    email = models.EmailField(_("e-mail on the hub"), blank=True)

    objects = PersonQuerySet.as_manager()

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.SearchField("role"),
        index.FilterField("shown_on_hub"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def subjects(self) -> list[str]:
        """The subjects of *ask me about*, at most six, without empty lines."""
        return [line.strip() for line in self.ask_me_about.splitlines() if line.strip()][:6]
