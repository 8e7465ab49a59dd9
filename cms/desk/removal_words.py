"""What the press took away of an item that left the hub, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.audiences.names import name_of
from cms.desk import times
from cms.publishing.models import Publication, Removal
from cms.stories.models import EditorialPage

MOST_NAMED = 5
INDEX = "index.html"


@dataclass(frozen=True)
class Removed:
    """One item that is gone: its page if there still is one, what went, and what still names it."""

    at: datetime
    page: EditorialPage | None
    said: str
    left: str


def removal_of(item_id: UUID) -> Removal | None:
    """Return the press's newest report about an item; None while it has not reported."""
    return Removal.objects.filter(item_id=item_id, moved_from="").first()


def moves_of(item_id: UUID) -> Iterator[tuple[str, str]]:
    """Yield the audiences that an item moved away from and what went there, for a receipt."""
    for removal in Removal.objects.filter(item_id=item_id).exclude(moved_from=""):
        yield _moved(removal), f"{said_of(removal)} {_found_nowhere(removal)}".strip()


def newest_removals(most: int) -> list[Removed]:
    """Return the items that were taken away last, whatever became of their pages."""
    items = Publication.objects.values("item_id")
    removals = list(Removal.objects.filter(item_id__in=items)[:most])
    found = EditorialPage.objects.filter(public_id__in=[each.item_id for each in removals])
    pages = {page.public_id: page for page in found}
    return [
        Removed(
            each.at,
            pages.get(each.item_id),
            said=" ".join(filter(None, (_moved(each), said_of(each), _found_nowhere(each)))),
            left=left_of(each),
        )
        for each in removals
    ]


def rows_of(removal: Removal) -> Iterator[tuple[str, str]]:
    """Yield what went as labels and values, for a receipt."""
    yield _("Removed"), said_of(removal)
    searched = ngettext("%(n)s kept file", "%(n)s kept files", removal.scanned)
    yield (
        _("Searched for its words"),
        searched % {"n": number_format(removal.scanned, force_grouping=True)},
    )
    yield _("Took"), times.seconds(timedelta(seconds=removal.seconds))


def said_of(removal: Removal) -> str:
    """Say how much went, in a sentence."""
    releases, files = len(removal.releases), removal.files
    if not releases and not files:
        return _("Nothing of it was kept.")
    from_releases = ngettext("%(n)s old release", "%(n)s old releases", releases)
    of_files = ngettext("%(n)s file", "%(n)s files", files)
    return _("Gone: %(files)s, out of %(releases)s.") % {
        "files": of_files % {"n": number_format(files, force_grouping=True)},
        "releases": from_releases % {"n": number_format(releases, force_grouping=True)},
    }


def _moved(removal: Removal) -> str:
    if not removal.moved_from:
        return ""
    return _("No longer for “%(audience)s”.") % {"audience": name_of(removal.moved_from)}


def _found_nowhere(removal: Removal) -> str:
    if removal.still_said or not removal.scanned:
        return ""
    said = ngettext(
        "Nothing of it is said in %(n)s kept file.",
        "Nothing of it is said in any of %(n)s kept files.",
        removal.scanned,
    )
    return said % {"n": number_format(removal.scanned, force_grouping=True)}


def left_of(removal: Removal) -> str:
    """Say which live pages still hold words of it, and what to do; empty where none does."""
    pages = [_address(path) for path in removal.still_said]
    if not pages:
        return ""
    named = ", ".join(pages[:MOST_NAMED])
    if len(pages) > MOST_NAMED:
        named = _("%(pages)s and %(n)s more") % {"pages": named, "n": len(pages) - MOST_NAMED}
    return _(
        "Words of it still stand on %(pages)s. If they should not, change them there and publish."
    ) % {"pages": named}


def _address(path: str) -> str:
    return f"/{path.removesuffix(INDEX)}"
