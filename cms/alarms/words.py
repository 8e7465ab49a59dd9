"""What is wrong and what to do, in the language that is active, for people who can do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.alarms.problems import Facts, Kind, Problem
from cms.workflow.moments import in_words_elsewhere


@dataclass(frozen=True)
class Words:
    """One problem as it is told.

    Attributes:
        said: What is wrong, in a sentence.
        remedy: What to do, or that nothing has to be done.
        reason: What the part that failed said of it, in its own words.
        path: Where to mend it in the newsroom; empty where it is not mended there.
    """

    said: str
    remedy: str
    reason: str = ""
    path: str = ""


def words_of(problem: Problem) -> Words:
    """Put a problem into words."""
    said, remedy = TELLERS[problem.kind](problem.facts, problem.about)
    reason = str(problem.facts.get("reason", ""))
    return Words(said, remedy, reason=reason, path=_path(problem))


def _path(problem: Problem) -> str:
    if "image" in problem.facts:
        return reverse("wagtailimages:edit", args=[problem.facts["image"]])
    if problem.page_id is None:
        return ""
    address = "wagtailadmin_pages:edit"
    if problem.kind == Kind.PUBLICATION:
        address = "desk:moment"
    elif problem.kind in {Kind.EMERGENCY, Kind.TAKEN_DOWN}:
        address = "desk:approve"
    return reverse(address, args=[problem.page_id])


def _name(facts: Facts) -> str:
    title = facts.get("title")
    return _("“%(title)s”") % {"title": title} if title else _("an item")


def _moment(facts: Facts, key: str) -> str:
    return in_words_elsewhere(datetime.fromisoformat(str(facts[key])))


def _publication(facts: Facts, _about: str) -> tuple[str, str]:
    words = {"item": _name(facts), "moment": _moment(facts, "due_at")}
    return (
        _("%(item)s was due %(moment)s and did not go live.") % words,
        _("Look at it and approve it again."),
    )


def _overdue(facts: Facts, _about: str) -> tuple[str, str]:
    words = {"item": _name(facts), "moment": _moment(facts, "due_at")}
    return (
        _("%(item)s was due %(moment)s and is late.") % words,
        _("Plein keeps trying. What was on the hub is still there."),
    )


def _emergency(facts: Facts, _about: str) -> tuple[str, str]:
    words = {"item": _name(facts), "moment": _moment(facts, "deadline")}
    return (
        _("%(item)s is live with one yes. It comes offline on %(moment)s.") % words,
        _("Read it now, and say yes or send it back. Who sent it can't do that."),
    )


def _taken_down(facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("%(item)s was taken offline: nobody said a second yes in time.") % {"item": _name(facts)},
        _("Read it. Approve it to put it back, or send it back."),
    )


def _not_printed(facts: Facts, _about: str) -> tuple[str, str]:
    number, withdrawn = int(facts["number"]), int(facts["withdrawn"])
    approved = ngettext(
        "%(n)s approved item is not on the hub yet.",
        "%(n)s approved items are not on the hub yet.",
        number,
    ) % {"n": number}
    offline = ngettext(
        "%(n)s item that was taken offline can still be read on the hub.",
        "%(n)s items that were taken offline can still be read on the hub.",
        withdrawn,
    ) % {"n": withdrawn}
    said = " ".join(
        sentence for sentence, many in ((offline, withdrawn), (approved, number)) if many
    )
    return said, _("The administrators know. It follows by itself when the press works again.")


def _left_out(facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("%(item)s is approved but not on the hub: the press could not print it.")
        % {"item": _name(facts)},
        _(
            "Open it, change what the reason names and approve it again."
            " If that is not it, give the reason to an administrator."
        ),
    )


def _picture(facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("The picture %(item)s is missing on the hub.") % {"item": _name(facts)},
        _("The press tries again by itself. If it stays away, upload the picture once more."),
    )


def _sizes(facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("The picture %(item)s can't be made ready for the hub. What shows it can't be approved.")
        % {"item": _name(facts)},
        _(
            "Open it and upload the file again, if you can as another kind (JPEG or PNG)."
            " If that is not it, give the reason to an administrator."
        ),
    )


def _page(_facts: Facts, about: str) -> tuple[str, str]:
    return (
        _("The hand-kept page %(name)s is left out of the hub.") % {"name": about},
        _("Mend the file in the folder of hand-kept pages and start the press again."),
    )


def _feed(_facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("The press can't reach the newsroom. Nothing new appears on the hub."),
        _("See whether the web server runs, and whether the key of the press is still valid."),
    )


def _build(_facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("The press can't print the hub. The last good release stays; nothing new appears."),
        _("Read the reason, mend what it names and look at the log of the press."),
    )


def _search(_facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("Search on the hub is behind: what is new can't be found in it yet."),
        _("Read the reason and mend what it names; the press tries again by itself."),
    )


def _receipt(_facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("The press can't report what is live. The hub itself is right."),
        _("See in the log of the web server why it refuses the report."),
    )


def _removal(_facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("What was taken offline is gone from the hub, but not yet from its old releases."),
        _("Read the reason and mend what it names; the press tries again by itself."),
    )


def _upkeep(_facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("The press can't tidy up old releases. The hub itself is right; the disk fills up."),
        _("Read the reason and mend what it names; the press tries again by itself."),
    )


def _part(_facts: Facts, about: str) -> tuple[str, str]:
    said = {
        "clock": _("The clock stands still. Nothing goes live or ends at its time."),
        "press": _("The press stands still. The hub stays as it is; nothing new appears."),
        "worker": _("The worker stands still. New pictures are not made ready for the hub."),
    }
    return said[about], _(
        "Plein starts it again by itself. If this lasts, look at its log and start Plein again."
    )


def _disk(facts: Facts, _about: str) -> tuple[str, str]:
    free = number_format(int(facts["free_mb"]))
    return (
        _("The disk is nearly full: less than %(free)s MB is left.") % {"free": free},
        _("Make room. When it is full, nothing can be saved or printed any more."),
    )


def _database(_facts: Facts, _about: str) -> tuple[str, str]:
    return (
        _("Plein can't save anything. The hub can still be read; nothing new goes live."),
        _("See whether the disk is full and whether the database answers. It goes on by itself."),
    )


def _mail(facts: Facts, _about: str) -> tuple[str, str]:
    number = int(facts["number"])
    said = ngettext(
        "%(n)s mail could not be sent, after more than one try.",
        "%(n)s mails could not be sent, after more than one try.",
        number,
    )
    return (
        said % {"n": number},
        _(
            "See whether the mail server answers."
            " Plein tries again for three days, then gives it up."
        ),
    )


TELLERS: dict[Kind, Callable[[Facts, str], tuple[str, str]]] = {
    Kind.PUBLICATION: _publication,
    Kind.OVERDUE: _overdue,
    Kind.EMERGENCY: _emergency,
    Kind.TAKEN_DOWN: _taken_down,
    Kind.NOT_PRINTED: _not_printed,
    Kind.LEFT_OUT: _left_out,
    Kind.PICTURE: _picture,
    Kind.SIZES: _sizes,
    Kind.PAGE: _page,
    Kind.FEED: _feed,
    Kind.BUILD: _build,
    Kind.SEARCH: _search,
    Kind.RECEIPT: _receipt,
    Kind.REMOVAL: _removal,
    Kind.UPKEEP: _upkeep,
    Kind.PART: _part,
    Kind.DISK: _disk,
    Kind.DATABASE: _database,
    Kind.MAIL: _mail,
}
