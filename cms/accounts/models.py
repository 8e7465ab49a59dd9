from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.accounts.sealing import seal, unseal
from cms.core.blocks import SAFE_FEATURES
from cms.core.models import PubliclyIdentified

WITHOUT_PASSWORD = models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
"""Whoever can't sign in with a password: not yet, or never because the organisation says who."""

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


class UserQuerySet(models.QuerySet["User"]):
    def update(self, **values: Any) -> int:
        """Change accounts at once; where that closes or reopens them, their sessions end."""
        if "is_active" in values:
            values.setdefault("session_generation", models.F("session_generation") + 1)
        return super().update(**values)


class AccountManager(UserManager["User"]):
    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)


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
    """Goes up when every session of this account has to end; see `get_session_auth_hash`."""

    objects: ClassVar[AccountManager] = AccountManager()

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.get_username()

    def clean(self) -> None:
        """See that nobody signs in with the name or the number of somebody else."""
        super().clean()
        self.personnel_number = self.personnel_number or None  # empty could stand there only once
        others = User.objects.exclude(pk=self.pk)
        if others.filter(personnel_number=self.username).exists():
            message = _("This is somebody's personnel number. Choose another name.")
            raise ValidationError({"username": message})
        if self.personnel_number and others.filter(username=self.personnel_number).exists():
            message = _("This is somebody's user name. Is there an account already?")
            raise ValidationError({"personnel_number": message})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep an account; a closed one has no sessions that could come back to life."""
        if not self.is_active and not self._state.adding:
            self.session_generation += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "session_generation"}
        super().save(*args, **kwargs)

    def get_session_auth_hash(self) -> str:
        """Tie a session to the password *and* to the generation of sessions it was made in."""
        return self._of_this_generation(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for by_password in super().get_session_auth_fallback_hash():
            yield self._of_this_generation(by_password)

    def _of_this_generation(self, by_password: str) -> str:
        return f"{by_password}.{self.session_generation}"


class AttemptCount(models.Model):
    """How often something was tried, see `signing_in.attempts`. Names neither person nor place."""

    bucket = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.bucket


class ActivationCode(models.Model):
    """A code on paper with which somebody chooses their first password; gone once it is used."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activation_code"
    )
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)


class CodeApp(TOTPDevice):
    """The app that makes somebody's codes of the second factor.

    django-otp does the work, but keeps the secret for everybody with the database to read.
    """

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        """The secret itself, for whoever checks or shows it.

        Raises:
            SealError: This installation has no key to it.
        """
        return unseal(self.key, purpose=self._purpose)

    def hold(self, secret: bytes) -> None:
        """Take a secret; it is kept sealed, and good for this account alone."""
        self.key = seal(secret, purpose=self._purpose)

    @property
    def _purpose(self) -> str:
        return f"second factor of {self.user_id}"


class RecoveryCode(models.Model):
    """One of the codes that open an account whose phone is lost; gone once it is used."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "digest"], name="one_recovery_code_once")
        ]

    def __str__(self) -> str:
        return str(self.user)


class AccountList(models.Model):
    """A list of accounts between the difference that was shown and doing it, for an hour."""

    KEPT: ClassVar[timedelta] = timedelta(hours=1)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account_list"
    )
    content = models.BinaryField()
    complete = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user)


class OrganisationIdentity(models.Model):
    """Who an account is at the organisation's own sign-in: an issuer and its lasting subject."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities"
    )
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_per_subject"),
            models.UniqueConstraint(fields=["issuer", "user"], name="one_subject_per_account"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class OrganisationSession(models.Model):
    """Which session here began with which at the organisation, so that the two end together."""

    KEPT: ClassVar[timedelta] = timedelta(hours=12)
    """A session that the organisation vouches for lasts no longer."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="organisation_sessions"
    )
    digest = models.CharField(max_length=64, db_index=True)
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user)


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
    role_card = models.TextField(
        _("role card"),
        blank=True,
        help_text=_(
            "Of a key figure: what this colleague is asked for, when, and about how many hours a"
            " month. Shown at their own desk, never on the hub."
        ),
    )

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
