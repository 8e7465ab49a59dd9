from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages an item can be written in and the interface is kept in."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")
