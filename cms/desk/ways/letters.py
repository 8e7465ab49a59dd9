"""Mails with a link in them, to who may have no account."""

from django.utils.translation import gettext as _

from cms.workflow.letters import Letter


def new_link(url: str) -> Letter:
    return Letter(
        subject=_("Your new link"),
        lines=[_("You asked for a new link. With this one you go on where you were.")],
        button=_("Go on"),
        url=url,
        after=[_("Was it not you? Then do nothing. This link is yours: do not pass it on.")],
    )
