"""Back to how the hub looked; what it says stays what is public now."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hub_site.errors import PressError
from hub_site.releases.looking import Kept, Looker
from hub_site.releases.manifest import Delta, Held, delta_of, held_files, live_in, switch
from hub_site.releases.records import COLUMNS, OF_THE_LOOK, Draft, Release, in_text, release_from
from hub_site.releases.verify import ChangeVerifier, Fault

_ADDED = tuple(
    f"theme/{name}.html"
    for name in (
        *("audience", "newest", "yours", "alert", "subject", "year"),
        *("blocks/gallery", "blocks/table", "blocks/code"),
        *("blocks/button", "blocks/document", "blocks/video"),
    )
)
_THEN = """
SELECT path, blob, source FROM entry AS newest
WHERE blob IS NOT NULL AND release = (
    SELECT MAX(release) FROM entry WHERE path = newest.path AND release <= :number
)
"""


class RollbackRefusedError(PressError):
    """There is nothing to go back to; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A rollback that is in force.

    The press prints with `look` for as long as the theme in place is still `instead_of`.
    """

    number: int
    look: str
    instead_of: str
    since: datetime


def roll_back(database: sqlite3.Connection, number: int, *, kept: Kept, now: datetime) -> Release:
    """Put the old look live at once, wherever a page still says what it said, and hold it.

    A file of the old release returns only if its source is that of the live one, so nothing
    does that was corrected, withdrawn, or is not public now; the press then prints the rest.
    """
    live, target = live_in(database), _release(database, number)
    if live is None or target is None:
        raise RollbackRefusedError(
            f"Release {number} is not kept. `plein releases` lists those that are."
        )
    _refuse_useless(live, target)
    _refuse_incomplete(database, live, target)
    draft = _draft(live, target, changes=_returning(database, number))
    delta, faults = _checked(database, draft, kept=kept)
    while faults:
        draft = _without(draft, faults)
        delta, faults = _checked(database, draft, kept=kept)
    release = switch(database, draft, delta=delta, now=now)
    held = hold_in(database)
    instead_of = held.instead_of if held else live.look
    database.execute(
        "INSERT OR REPLACE INTO hold (only, number, look, instead_of, since) VALUES (1,?,?,?,?)",
        (number, target.look, instead_of, in_text(now)),
    )
    return release


def hold_in(database: sqlite3.Connection) -> Hold | None:
    row = database.execute("SELECT number, look, instead_of, since FROM hold").fetchone()
    return Hold(row[0], row[1], row[2], datetime.fromisoformat(row[3])) if row else None


def _release(database: sqlite3.Connection, number: int) -> Release | None:
    row = database.execute(
        f"SELECT {COLUMNS} FROM release WHERE number = ?",  # noqa: S608
        (number,),
    ).fetchone()
    return release_from(row) if row else None


def _refuse_useless(live: Release, target: Release) -> None:
    if not target.look:
        raise RollbackRefusedError(
            f"Release {target.number} was made by an older Plein, which kept no look with it."
            " Start that version of Plein again to have its look back."
        )
    if target.look == live.look:
        raise RollbackRefusedError(
            f"Release {target.number} has the look of the live one, and a rollback brings back"
            " nothing but a look: correct or withdraw what is wrong in the newsroom."
        )


def _refuse_incomplete(database: sqlite3.Connection, live: Release, target: Release) -> None:
    """A theme from before a kind of page or block was there has no template for it."""
    places = ", ".join("?" * len(_ADDED))
    rows = database.execute(
        f"SELECT path FROM look_file WHERE look = ? AND path IN ({places})"  # noqa: S608
        " EXCEPT SELECT path FROM look_file WHERE look = ?",
        (live.look, *_ADDED, target.look),
    ).fetchall()
    if rows:
        names = ", ".join(sorted(path for (path,) in rows))
        raise RollbackRefusedError(
            f"The look of release {target.number} can't print every page there is now: it has no"
            f" {names}. Change the theme in place instead."
        )


def _returning(database: sqlite3.Connection, number: int) -> dict[str, Held]:
    """The files of a release that say what the live ones say, and those of its look."""
    live = held_files(database)
    returning: dict[str, Held] = {}
    for path, blob, source in database.execute(_THEN, {"number": number}):
        now = live.get(path)
        is_same_text = now is not None and source is not None and source == now.source
        if source == OF_THE_LOOK or is_same_text:
            returning[path] = Held(blob, source)
    return returning


def _draft(live: Release, target: Release, *, changes: dict[str, Held]) -> Draft:
    return Draft(
        changes={path: held.blob for path, held in changes.items()},
        is_whole=False,
        epoch=live.epoch,
        cursor=live.cursor,
        as_of=live.as_of,
        started_at=datetime.now(UTC),
        pages=live.pages,
        set_aside=live.set_aside,
        sources={path: held.source for path, held in changes.items() if held.source},
        look=target.look,
        base=live.number,
        rolled_back_to=target.number,
    )


def _checked(
    database: sqlite3.Connection, draft: Draft, *, kept: Kept
) -> tuple[Delta, list[Fault]]:
    delta = delta_of(database, draft)
    return delta, ChangeVerifier(database, kept, Looker(kept.read)).faults(delta)


def _without(draft: Draft, faults: list[Fault]) -> Draft:
    """Leave the live file wherever the old one would show something broken."""
    broken = {fault.path for fault in faults}
    changes = {path: blob for path, blob in draft.changes.items() if path not in broken}
    if len(changes) == len(draft.changes):
        named = "; ".join(f"'/{fault.path}': {fault.reason}" for fault in faults[:5])
        raise RollbackRefusedError(f"The old look does not fit today's hub: {named}.")
    return replace(draft, changes=changes)
