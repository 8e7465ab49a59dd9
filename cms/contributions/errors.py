"""Why something was not done with a contribution, in words for who tried."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ContributionError(Exception):
    """`str()` of it is a sentence for the person."""

    message: "StrOrPromise" = _("This can't be done now.")

    def __str__(self) -> str:
        return str(self.message)


class NotHers(ContributionError):
    """Absent and somebody else's are alike."""

    message = _("There is nothing to see here.")


class UnknownQuestion(ContributionError):
    message = _("This question is not asked here.")


class TooManyPhotos(ContributionError):
    message = _("There are enough photos here. Remove one first.")


class CannotForward(ContributionError):
    message = _("This is confidential, so no link may lead to it.")


class NameMissing(ContributionError):
    message = _("Type the name of who is to answer.")


class AnswersMissing(ContributionError):
    """`keys` names the questions that still need an answer, in order."""

    message = _("A question still needs an answer.")

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = list(keys)
        super().__init__()
