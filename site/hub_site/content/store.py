"""What the press holds of the newsroom: every public document and how far the feed was read."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub_site.content.documents import FeedEntry, FeedPage, SetAside
from hub_site.content.parsing import Parsed, parse_all
from hub_site.errors import PressError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removed (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reading (
    only INTEGER PRIMARY KEY CHECK (only = 1), epoch TEXT NOT NULL, cursor TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Position:
    """How far the feed was read."""

    epoch: str
    cursor: str


class DocumentStore:
    """Durable, owned by one press; keeps the JSON as it came, so a newer press can re-read it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._connection() as database:
            database.executescript(_SCHEMA)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=20)) as database:
                database.execute("PRAGMA journal_mode=WAL")
                database.execute("PRAGMA synchronous=FULL")
                database.execute("PRAGMA secure_delete=ON")
                yield database
        except sqlite3.Error as error:
            raise PressError(
                f"The press can't keep its documents in {self._path}: {error}."
            ) from error

    def position(self) -> Position | None:
        with self._connection() as database:
            row = database.execute("SELECT epoch, cursor FROM reading").fetchone()
        return Position(*row) if row else None

    def apply(self, pages: Iterable[FeedPage]) -> bool:
        """Take in pages of the feed, all or none, and say whether anything changed.

        A reset that stops half-way leaves what was held before: half a hub is never printed.
        """
        changed = False
        with self._connection() as database, database:
            database.execute("BEGIN IMMEDIATE")
            for page in pages:
                changed |= page.is_reset or bool(page.entries)
                _apply_page(database, page)
        return changed

    def removed(self) -> Mapping[str, Mapping[str, object]]:
        """What was public when the press last looked, and whose traces are still to be purged."""
        with self._connection() as database:
            rows = database.execute("SELECT id, body FROM removed ORDER BY id").fetchall()
        bodies = {public_id: json.loads(body) for public_id, body in rows}
        return {name: body if isinstance(body, dict) else {} for name, body in bodies.items()}

    def forget_removed(self, public_id: str) -> None:
        with self._connection() as database, database:
            database.execute("DELETE FROM removed WHERE id = ?", (public_id,))

    def read(self) -> Parsed:
        """Every document the press can use, in the feed's order, and what it had to set aside."""
        with self._connection() as database:
            rows = database.execute("SELECT id, body FROM document ORDER BY seq, id").fetchall()
        usable: list[tuple[str, Mapping[str, object]]] = []
        broken: list[SetAside] = []
        for public_id, body in rows:
            raw = json.loads(body)
            if isinstance(raw, dict):
                usable.append((public_id, raw))
            else:
                broken.append(SetAside(public_id, "The document is not a JSON object."))
        parsed = parse_all(usable)
        return Parsed(parsed.documents, (*broken, *parsed.set_aside))


def _apply_page(database: sqlite3.Connection, page: FeedPage) -> None:
    if page.is_reset:
        database.execute("INSERT OR REPLACE INTO removed (id, body) SELECT id, body FROM document")
        database.execute("DELETE FROM document")
    for entry in page.entries:
        _apply_entry(database, entry)
    database.execute(
        "INSERT OR REPLACE INTO reading (only, epoch, cursor) VALUES (1, ?, ?)",
        (page.epoch, page.cursor),
    )


def _apply_entry(database: sqlite3.Connection, entry: FeedEntry) -> None:
    if entry.document is None:
        _remove(database, entry.public_id)
        return
    database.execute("DELETE FROM removed WHERE id = ?", (entry.public_id,))
    database.execute(
        "INSERT OR REPLACE INTO document (id, seq, body) VALUES (?, ?, ?)",
        (entry.public_id, entry.seq, json.dumps(entry.document, ensure_ascii=True)),
    )


def _remove(database: sqlite3.Connection, public_id: str) -> None:
    """Keep the document until nothing of it is left in any release: its words say what to purge."""
    database.execute(
        """INSERT OR REPLACE INTO removed (id, body)
        SELECT id, body FROM document WHERE id = ?""",
        (public_id,),
    )
    database.execute("DELETE FROM document WHERE id = ?", (public_id,))
