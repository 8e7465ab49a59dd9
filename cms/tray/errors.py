"""Why something in the tray did not happen, in words for the person who tried."""

from django.utils.translation import gettext_lazy as _

from cms.workflow.errors import WorkflowError


class AlreadySettled(WorkflowError):
    """Somebody else did something with it a moment ago."""

    message = _("Somebody else answered this already. Look at what was said.")


class AnswerNeeded(WorkflowError):
    """She asked to hear what is done with it."""

    message = _("Write a sentence: this colleague wants to hear what is done with it.")
