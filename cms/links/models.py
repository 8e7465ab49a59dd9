from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.languages import Language
from cms.core.models import PubliclyIdentified

LONGEST_WORD = 20


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def open(self, *, now: datetime | None = None) -> "PersonalLinkQuerySet":
        """Return the links that open something now; a closed account's never do."""
        found = self.filter(revoked_at=None, expires_at__gt=now or timezone.now())
        return found.exclude(user__is_active=False)

    def to(self, thing: UUID, *, purpose: str) -> "PersonalLinkQuerySet":
        return self.filter(thing=thing, purpose=purpose)


class PersonalLink(PubliclyIdentified):
    """The right of one person to one thing, without an account; its keys open it.

    Attributes:
        purpose: The word of a registered purpose.
        thing: The public id of what it opens, and of nothing else.
        user: Her account, where she has one; a link never signs in to it.
        first_used_at: Of the first act by it. Opening is no act: mail scanners open links.
    """

    purpose = models.CharField(_("purpose"), max_length=LONGEST_WORD)
    thing = models.UUIDField()
    name = models.CharField(_("name"), max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    person = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.DUTCH
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    first_used_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thing", "purpose"], name="links_of_a_thing"),
            models.Index(fields=["expires_at"], name="links_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.name}"

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def is_open(self) -> bool:
        """Say whether it opens something now."""
        if self.revoked_at is not None or self.expires_at <= timezone.now():
            return False
        return self.user is None or self.user.is_active


class LinkKey(models.Model):
    """One way to a link: what stands in a mail or message, or a code on paper.

    A link has as many as were sent, so that a reminder doesn't spoil the mail before it.

    Attributes:
        digest: Made with the installation's own key; what was sent can't be read from it.
        is_code: Short and printed, so good for one exchange and not for long.
    """

    link = models.ForeignKey(PersonalLink, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    is_code = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.link_id)
