"""What the tray writes: to the newsroom that something came in, to the sender what was done."""

from django.utils.translation import gettext as _

from cms.tray.models import Note
from cms.workflow import links
from cms.workflow.letters import Letter

TRAY = "desk:tray"
DOOR = "ask:ask"


def received(note: Note) -> Letter:
    lines = [_("A colleague asks, tips or corrects something through the hub.")]
    if note.page_path:
        lines.append(_("It is about the page %(path)s.") % {"path": note.page_path})
    return Letter(
        subject=_("In the tray: %(kind)s") % {"kind": note.get_kind_display().lower()},
        lines=lines,
        quote=note.words,
        button=_("Open the tray"),
        url=links.url_of(TRAY),
    )


SAID = {
    Note.Outcome.ANSWER: lambda: _("Thank you for your question. This is the answer."),
    Note.Outcome.CORRECTION: lambda: _("Thank you for looking well. It was corrected."),
    Note.Outcome.IDEA: lambda: _("Thank you for your tip. It is on the list of ideas."),
    Note.Outcome.REQUEST: lambda: _("Thank you for your tip. We ask somebody to write about it."),
    Note.Outcome.NOTHING: lambda: _("Thank you for writing. Nothing is done with it now."),
}


def settled(note: Note) -> Letter:
    return Letter(
        subject=_("What was done with what you wrote"),
        lines=[
            SAID[Note.Outcome(note.outcome)](),
            _("You wrote: %(words)s") % {"words": note.words},
        ],
        quote=note.answer,
        button=_("Ask or tell something else"),
        url=links.url_of(DOOR),
    )
