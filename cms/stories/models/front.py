from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.models import PubliclyIdentified

MOST_RUBRICS = 3
"""With a part of their own: more, and the front page is a list of lists."""


class FrontPage(PubliclyIdentified, models.Model):
    """What the newsroom chose for the front page; what it left open the press chooses.

    There is one. What opens the page and what is pinned is said of the items themselves.
    """

    ONLY: ClassVar[int] = 1

    rubrics = models.ManyToManyField(
        "stories.Rubric",
        verbose_name=_("rubrics with a part of their own"),
        blank=True,
        related_name="+",
        help_text=_("Three at most; each shows its newest three."),
    )
    shows_newcomers = models.BooleanField(_("show who is new"), default=True)
    call_title = models.CharField(_("call"), max_length=80, blank=True)
    call_text = models.CharField(_("in one or two sentences"), max_length=240, blank=True)
    call_button = models.CharField(_("words on the button"), max_length=40, blank=True)
    call_item = models.ForeignKey(
        "stories.EditorialPage",
        verbose_name=_("leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: to an e-mail to the editors."),
    )
    call_until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front page")

    def __str__(self) -> str:
        return gettext("Front page")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = self.ONLY
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Ask for all of a call or for nothing of it."""
        if self.call_title and not self.call_button:
            raise ValidationError({"call_button": gettext("Say what the button does.")})

    @classmethod
    def current(cls) -> "FrontPage":
        """Return the one there is, or the one there would be."""
        return cls.objects.filter(pk=cls.ONLY).first() or cls(pk=cls.ONLY)
