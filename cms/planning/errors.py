"""Why something was not done with a request, in words for who tried."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PlanningError(Exception):
    """`str()` of it is a sentence for the person."""

    message: "StrOrPromise" = _("This can't be done now.")

    def __str__(self) -> str:
        return str(self.message)


class NotYours(PlanningError):
    message = _("This request is not yours any more.")


class AlreadyTaken(PlanningError):
    message = _("A colleague was just ahead of you. Thank you for wanting it.")


class NoLongerAsked(PlanningError):
    message = _("This is not asked any more. You need not do anything.")


class ReasonNeeded(PlanningError):
    message = _("Say in a few words why not, so that we can ask somebody else.")


class NothingAsked(PlanningError):
    message = _("This rubric asks no questions yet, so there is nothing to answer.")


class NotAWriter(PlanningError):
    message = _("This colleague can't write in this rubric. Choose somebody else.")


class TooFar(PlanningError):
    message = _("It was submitted already. Talk it over with the newsroom.")


class NobodyChosen(PlanningError):
    message = _("Choose a colleague first.")
