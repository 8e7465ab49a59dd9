"""What is known about a release, and about one that is on its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

OF_THE_LOOK = "look"
"""The source of files that come from the theme alone, whatever the hub says."""

COLUMNS = (
    "number, epoch, cursor, as_of, started_at, activated_at, pages, changed, set_aside,"
    " is_recorded, look, rolled_back_to, rendered_at"
)
type Row = tuple[int, str, str, str, str, str, int, int, str, int, str, int | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One complete state of the hub."""

    number: int
    epoch: str
    cursor: str
    as_of: datetime
    started_at: datetime
    activated_at: datetime
    pages: int
    changed: int
    set_aside: str  # JSON, as it is told to the newsroom
    is_recorded: bool = False
    look: str = ""  # hash of the theme it was printed with; empty when no look was kept
    rolled_back_to: int | None = None
    rendered_at: datetime | None = None  # when its last page was printed; not known of old ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A release that is printed, but not checked and not live yet.

    Attributes:
        changes: the hash of what is at each path now; None where nothing is any more.
        is_whole: `changes` is the whole hub; else it comes on top of the live release.
        sources: for each changed path a hash of what its page is made from, the look aside:
            `OF_THE_LOOK` for a file of the theme. A path without one is never rolled back to.
        rendered_at: when the last page was printed.
        base: the number of the release that `changes` come on top of; None: whichever is live.
    """

    changes: Mapping[str, str | None]
    is_whole: bool
    epoch: str
    cursor: str
    as_of: datetime
    started_at: datetime
    pages: int
    set_aside: str
    sources: Mapping[str, str] = field(default_factory=dict)
    look: str = ""
    base: int | None = None
    rolled_back_to: int | None = None
    rendered_at: datetime | None = None


def release_of(draft: Draft, *, number: int, changed: int, now: datetime) -> Release:
    return Release(
        number=number,
        epoch=draft.epoch,
        cursor=draft.cursor,
        as_of=draft.as_of,
        started_at=draft.started_at,
        activated_at=now,
        pages=draft.pages,
        changed=changed,
        set_aside=draft.set_aside,
        look=draft.look,
        rolled_back_to=draft.rolled_back_to,
        rendered_at=draft.rendered_at,
    )


def row_of(release: Release) -> Row:
    return (
        release.number,
        release.epoch,
        release.cursor,
        in_text(release.as_of),
        in_text(release.started_at),
        in_text(release.activated_at),
        release.pages,
        release.changed,
        release.set_aside,
        int(release.is_recorded),
        release.look,
        release.rolled_back_to,
        in_text(release.rendered_at) if release.rendered_at else None,
    )


def release_from(row: Row) -> Release:
    return Release(
        number=row[0],
        epoch=row[1],
        cursor=row[2],
        as_of=datetime.fromisoformat(row[3]),
        started_at=datetime.fromisoformat(row[4]),
        activated_at=datetime.fromisoformat(row[5]),
        pages=row[6],
        changed=row[7],
        set_aside=row[8],
        is_recorded=bool(row[9]),
        look=row[10],
        rolled_back_to=row[11],
        rendered_at=datetime.fromisoformat(row[12]) if row[12] else None,
    )


def in_text(moment: datetime) -> str:
    """UTC with all six digits of the second, so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
