"""Why an act was refused, in words for the person who tried."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from cms.workflow.readiness import Problem
    from cms.workflow.wording import Difference


class WorkflowError(PermissionDenied):
    """An act that did not happen; `str()` of it is a sentence for the person.

    It is a PermissionDenied, so that a stock view of Wagtail that meets it answers in its own
    way and never with a fault.
    """

    message: "StrOrPromise" = _("This can't be done now.")

    def __init__(self, message: "StrOrPromise | None" = None) -> None:
        self.message = message or self.message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(WorkflowError):
    """Somebody else may do this."""

    message = _("This is for somebody else to do.")


class NotInReview(WorkflowError):
    """The item does not wait for a decision any more."""

    message = _("This no longer waits for a decision. Look at how it stands now.")


class AlreadySubmitted(WorkflowError):
    """The item waits for a decision already."""

    message = _("This was submitted already. You will hear what becomes of it.")


class ChangedSinceShown(WorkflowError):
    """The text is not the one that the person was shown."""

    message = _("Not approved: this changed since you looked. Nothing went live.")

    def __init__(self, differences: "Sequence[Difference]" = ()) -> None:
        self.differences = list(differences)
        super().__init__()


class SecondPersonNeeded(WorkflowError):
    """Two different people have to say yes to the same text; so far it is one."""

    message = _("One more person has to say yes to exactly this text.")

    def __init__(
        self, message: "StrOrPromise | None" = None, *, waiting_for: Sequence[str] = ()
    ) -> None:
        self.waiting_for = list(waiting_for)
        super().__init__(message)


class NotReady(WorkflowError):
    """Something is missing or wrong in the item itself."""

    message = _("This is not ready yet.")

    def __init__(self, problems: "Sequence[Problem]") -> None:
        self.problems = list(problems)
        super().__init__()


class NotSmall(WorkflowError):
    """The fast lane is for spelling; this could mean something else."""

    message = _("This is more than a small correction. Read it all, then approve it.")


class WordsNeeded(WorkflowError):
    """Nothing is sent back without a reason and a sentence."""

    message = _("Choose a reason and write one kind sentence: both help the writer on.")


class MomentRefused(WorkflowError):
    """A moment that nothing can be scheduled for; `instead` holds moments near it that can."""

    message = _("Choose another time.")

    def __init__(
        self, message: "StrOrPromise | None" = None, *, instead: Sequence[datetime] = ()
    ) -> None:
        self.instead = list(instead)
        super().__init__(message)


class MomentComesTwice(MomentRefused):
    """A time in the night the clock goes back; `instead` holds summer time first, then winter."""

    message = _("This time comes twice that night. Choose summer time or winter time.")


class OwnTextChanged(WorkflowError):
    """What somebody was shown of herself is not what is there now."""

    message = _("This was changed while you read it. Look once more.")
