from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

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
