"""Why a publication can't be carried out, in words for the people responsible."""

from django.utils.translation import gettext_lazy as _

from cms.workflow.errors import WorkflowError


class NotPublishable(WorkflowError):
    """It will never go live as it is: somebody has to look at it and approve it again."""

    message = _("It can't go live as it is. Look at it and approve it again.")


class ChangedAfterApproval(NotPublishable):
    """What is stored is not what was approved."""

    message = _("Changed after approval: what is stored is not the text that was approved.")


class TextGone(NotPublishable):
    """The approved revision, or the item itself, does not exist any more."""

    message = _("The approved text is no longer there.")


class NotWaiting(WorkflowError):
    """The publication is not on its way any more."""

    message = _("This is no longer waiting for its time.")


class NotAgreed(NotPublishable):
    """Somebody whose words or picture are in it did not agree, or does not any more."""

    message = _("Not everybody in it agrees to this. It did not go online.")


class AlreadyLive(WorkflowError):
    """The emergency lane is for what is not on the hub yet."""

    message = _("This is live already. Submit the change: a small one is approved at a glance.")


class NotForEveryone(WorkflowError):
    """The front page is the same for all, so what is for some can't stand on it."""

    message = _("Everyone sees the front page, and this is not for everyone.")


class TooManyRubrics(WorkflowError):
    message = _("Choose three rubrics at most.")
