"""The receipt of an item, as its side panel shows it: one line, and behind it every moment."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.desk import times
from cms.desk.removal_words import left_of, moves_of, removal_of, rows_of
from cms.publishing.models import Publication, Withdrawal
from cms.publishing.receipts import newest_release
from cms.publishing.status import Status, StatusKey
from cms.stories.models import EditorialPage

LENGTH_OF_CODE = 8
"""Enough of a digest to see with the eye that two are the same."""


@dataclass(frozen=True)
class Receipt:
    """What is known of the way to the hub, or off it.

    `line` says it all; `wrong` is set where something stands in the way, and then says what.
    """

    line: str
    wrong: str = ""
    rows: tuple[tuple[str, str], ...] = ()


def receipt_of(item: EditorialPage, status: Status) -> Receipt | None:
    """Return the receipt of what was brought out, or taken off, last; None where nothing was."""
    if status.key == StatusKey.WITHDRAWN:
        return _of_withdrawal(item)
    newest = status.publication
    if newest is not None and newest.failure:
        return Receipt(_("Approved, but not live."), wrong=newest.failure)
    published = item.publications.filter(state=Publication.State.PUBLISHED)
    publication = published.select_related("release", "approved_by").order_by("-pk").first()
    if status.key != StatusKey.LIVE or publication is None:
        return None
    if publication.live_at is None or publication.release is None:
        return _under_way(publication)
    words = {
        "moment": times.to_the_tenth(publication.live_at),
        "number": publication.release.number,
    }
    line = _("Online since %(moment)s · release %(number)s") % words
    return Receipt(line, rows=(*_rows(publication), *moves_of(item.public_id)))


def _under_way(publication: Publication) -> Receipt | None:
    if publication.seq is None:
        return None
    release = newest_release()
    for entry in release.set_aside if release else []:
        if entry["public_id"] == str(publication.item_id):
            line = _("Approved, but the press could not print it.")
            return Receipt(line, wrong=entry["reason"], rows=tuple(_rows(publication)))
    return Receipt(_("Approved, being printed…"), rows=tuple(_rows(publication)))


def _rows(publication: Publication) -> Iterator[tuple[str, str]]:
    if publication.approved_by:
        by = {
            "name": publication.approved_by.display_name,
            "moment": times.short_moment(publication.approved_at),
        }
        yield _("Approved"), _("%(name)s, %(moment)s") % by
    yield _("Due"), times.chosen_moment(publication.due_at)
    if publication.published_at:
        yield _("Committed"), times.to_the_tenth(publication.published_at)
    release = publication.release
    if release and release.rendered_at:
        yield _("Printed"), times.to_the_tenth(release.rendered_at)
    if release and publication.live_at:
        yield _("Online"), _online(publication)
        yield _("Release"), str(release.number)
    if publication.path:
        yield _("Address"), f"/{publication.path}"
    yield _("Code of the text"), publication.digest[:LENGTH_OF_CODE]


def _online(publication: Publication) -> str:
    moment = times.to_the_tenth(publication.live_at) if publication.live_at else ""
    if publication.lateness is None:
        return moment
    words = {"moment": moment, "seconds": times.seconds(publication.lateness)}
    return _("%(moment)s, %(seconds)s later") % words


def _of_withdrawal(item: EditorialPage) -> Receipt | None:
    newest = Withdrawal.objects.filter(page=item.pk).select_related("release").first()
    if newest is None or newest.seq is None:
        return None
    if newest.release is None or newest.gone_at is None:
        waits = times.age(newest.at, now=timezone.now())
        return Receipt(_("Being taken off the hub: %(age)s.") % {"age": waits})
    words = {"moment": times.to_the_tenth(newest.gone_at), "number": newest.release.number}
    line = _("Off the hub since %(moment)s · release %(number)s") % words
    removal = removal_of(newest.item_id)
    if removal is None or removal.at < newest.at:
        return Receipt(line, rows=((_("Removed"), _("The press is still at its old releases.")),))
    return Receipt(line, wrong=left_of(removal), rows=tuple(rows_of(removal)))
