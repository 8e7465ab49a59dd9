"""What the press holds of the newsroom: every public document and how far the feed was read."""

import json
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hub_site.content.documents import Document, SetAside
from hub_site.content.feed import FeedEntry, FeedPage
from hub_site.content.fields import DocumentError
from hub_site.content.parsing import FORMAT, parse_as
from hub_site.content.slips import (
    Slip,
    slip_from_text,
    slip_of,
    slip_to_text,
    slips_from_texts,
)
from hub_site.database import Database, Value
from hub_site.trees import MENTIONED

# `slip` has a row for each document: its slip, or what is wrong with it. `changed` has what changed
# since the last release, with the slip as it was then; nothing where the document is new.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS slip (id TEXT PRIMARY KEY, slip TEXT, fault TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changed (id TEXT PRIMARY KEY, slip TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removed (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reading (
    only INTEGER PRIMARY KEY CHECK (only = 1), epoch TEXT NOT NULL, cursor TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS slip_fault ON slip (id) WHERE fault IS NOT NULL;
"""
_STALE = -1
CUT = "#cut"
"""Behind the id of a document of which a part is removed."""
AUDIENCE = "audience-"
"""What the ids of audiences begin with: the newsroom gives them keys and no ids."""
_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Removed:
    """A document as it was for somebody whom it is not for any more.

    Attributes:
        name: its id; with the audience behind it when it is still there for others.
        now_for: the audience it is for now; None when it is gone.
        still_said: the document as it is now, where only a part of it was taken out.
    """

    name: str
    document: Mapping[str, object]
    now_for: str | None
    still_said: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """How far the feed was read."""

    epoch: str
    cursor: str


class DocumentStore:
    """Durable, owned by one press; keeps the JSON as it came, so a newer press can re-read it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: OrderedDict[str, Document] = OrderedDict()
        database.run(_SCHEMA)

    def let_go(self) -> None:
        """Close the file until it is read again: this process is about to be forked."""
        self._database.let_go()

    def tend(self) -> None:
        """What can wait: call it when the press is quiet."""
        self._database.write_back()

    def position(self) -> Position | None:
        rows = self._database.read("SELECT epoch, cursor FROM reading")
        return Position(*map(str, rows[0])) if rows else None

    def apply(self, pages: Iterable[FeedPage]) -> bool:
        """Take in pages of the feed, all or none, and say whether any document changed.

        A reset that stops half-way leaves what was held before: half a hub is never printed.
        """
        changed, is_reset = False, False
        with self._database.transaction():
            for page in pages:
                if page.is_reset:
                    is_reset = True
                    self._database.write("UPDATE document SET seq = ?", _STALE)
                for entry in page.entries:
                    changed |= self._take(entry)
                changed |= self._take_audiences(page.audiences, is_reset=is_reset)
                self._database.write(
                    "INSERT OR REPLACE INTO reading (only, epoch, cursor) VALUES (1, ?, ?)",
                    *(page.epoch, page.cursor),
                )
            changed |= is_reset and self._remove_stale()
        return changed

    def removed(self) -> list[Removed]:
        """What somebody could read when the press last looked: its traces are to be purged."""
        rows = self._database.read("SELECT id, body FROM removed ORDER BY id")
        return [self._removed(str(name), json.loads(str(body))) for name, body in rows]

    def _removed(self, name: str, body: object) -> Removed:
        held = self._body(newsroom_id(name).partition(" ")[0])
        is_part = name.endswith(CUT) and isinstance(held, dict)
        return Removed(
            name=name,
            document=body if isinstance(body, dict) else {},
            now_for=None if held is None or is_part else _audience_in(held),
            still_said=held if is_part and isinstance(held, dict) else None,
        )

    def forget_removed(self, name: str) -> None:
        self._database.write("DELETE FROM removed WHERE id = ?", name)
        self._database.empty_log()

    def _take_audiences(self, names: Mapping[str, str], *, is_reset: bool) -> bool:
        """Keep what audiences are called as documents of our own: the feed only names them."""
        held = {
            str(public_id)
            for (public_id,) in self._database.read(
                "SELECT id FROM document WHERE id >= ? AND id < ?",
                AUDIENCE,
                f"{AUDIENCE}\U0010ffff",
            )
        }
        wanted = {f"{AUDIENCE}{key}": _audience(key, name) for key, name in names.items()}
        changed = [self._remove(public_id) for public_id in held - wanted.keys()]
        for public_id, document in wanted.items():
            if is_reset or self._body(public_id) != document:
                changed.append(self._take(FeedEntry(0, public_id, document)))
        return any(changed)

    def _body(self, public_id: str) -> object:
        rows = self._database.read("SELECT body FROM document WHERE id = ?", public_id)
        return json.loads(str(rows[0][0])) if rows else None

    def _take(self, entry: FeedEntry) -> bool:
        """Take in one change; the same document once more is none."""
        held = self._database.read("SELECT body FROM document WHERE id = ?", entry.public_id)
        self._note_move(entry)
        self._note_cut(entry)
        if entry.document is None:
            return bool(held) and self._remove(entry.public_id)
        body = json.dumps(entry.document, ensure_ascii=True)
        self._database.write(
            "INSERT OR REPLACE INTO document (id, seq, body) VALUES (?, ?, ?)",
            *(entry.public_id, entry.seq, body),
        )
        if held and held[0][0] == body:
            return False
        self._mark_changed(entry.public_id)
        self._write_slip(entry.public_id, entry.document)
        return True

    def _note_cut(self, entry: FeedEntry) -> None:
        """Keep what a document said before something was taken out of it on request.

        The oldest state stays, until nothing of it is left: it holds all that later ones lost.
        """
        if entry.cut_seq is not None:
            self._database.write(
                "INSERT OR IGNORE INTO removed (id, body)"
                " SELECT id || ?, body FROM document WHERE id = ? AND seq < ?",
                *(CUT, entry.public_id, entry.cut_seq),
            )

    def _note_move(self, entry: FeedEntry) -> None:
        """Keep what a document was for whoever it is not for any more; forget it for who gets it.

        Where it was for everyone, or for one audience, is named beside its id. What goes wherever
        something mentions it loses no place of its own when it comes to be for everyone.
        """
        if entry.document is None:
            return
        public_id, now_for = entry.public_id, _audience_in(entry.document)
        rows = self._database.read(
            "SELECT body FROM removed WHERE id = ?1 UNION SELECT body FROM document WHERE id = ?1",
            public_id,
        )
        self._database.write("DELETE FROM removed WHERE id = ?", public_id)
        self._database.write("DELETE FROM removed WHERE id = ?", f"{public_id} {now_for}")
        for (body,) in rows:
            was_for = _audience_in(json.loads(str(body)))
            if was_for not in {now_for, MENTIONED, None}:
                self._database.write(
                    "INSERT OR REPLACE INTO removed VALUES (?, ?)", f"{public_id} {was_for}", body
                )

    def _remove(self, public_id: str) -> bool:
        """Keep the document until nothing of it is left in any release: it says what to purge."""
        self._mark_changed(public_id)
        self._database.write(
            "INSERT OR REPLACE INTO removed (id, body) SELECT id, body FROM document WHERE id = ?",
            public_id,
        )
        self._database.write("DELETE FROM document WHERE id = ?", public_id)
        self._database.write("DELETE FROM slip WHERE id = ?", public_id)
        return True

    def _remove_stale(self) -> bool:
        stale = self._database.read("SELECT id FROM document WHERE seq = ?", _STALE)
        for row in stale:
            self._remove(str(row[0]))
        return bool(stale)

    def _mark_changed(self, public_id: str) -> None:
        self._read.pop(public_id, None)
        self._database.write(
            "INSERT OR IGNORE INTO changed (id, slip)"
            " VALUES (?1, (SELECT slip FROM slip WHERE id = ?1))",
            public_id,
        )

    def _write_slip(self, public_id: str, raw: object) -> None:
        slip, fault = None, None
        try:
            slip = slip_to_text(slip_of(_parsed(public_id, raw)))
        except DocumentError as error:
            fault = str(error)
        self._database.write("INSERT OR REPLACE INTO slip VALUES (?, ?, ?)", public_id, slip, fault)

    def read_anew(self) -> None:
        """Write all slips again: a newer press may read more, or otherwise."""
        with self._database.transaction():
            self._database.write("DELETE FROM slip")
            for public_id, body in self._database.read("SELECT id, body FROM document"):
                self._write_slip(str(public_id), json.loads(str(body)))

    def slips(self) -> list[Slip]:
        """The slip of every document that the press can use."""
        return _slips(self._database.read("SELECT slip FROM slip WHERE slip IS NOT NULL"))

    def slips_before(self) -> list[Slip]:
        """Every slip as it was at the last release."""
        return _slips(
            self._database.read(
                "SELECT slip FROM slip WHERE slip IS NOT NULL AND id NOT IN"
                " (SELECT id FROM changed) UNION ALL"
                " SELECT slip FROM changed WHERE slip IS NOT NULL"
            )
        )

    def changed(self) -> dict[str, Slip | None]:
        """What changed since the last release; None for what can't be used or is gone."""
        rows = self._database.read(
            "SELECT changed.id, slip.slip FROM changed LEFT JOIN slip ON slip.id = changed.id"
        )
        return {str(row[0]): _slip_or_none(row[1]) for row in rows}

    def settle(self, public_ids: Collection[str]) -> None:
        """These changes are in a release now; call it in the transaction that remembers it."""
        rows = [(public_id,) for public_id in public_ids]
        self._database.write_all("DELETE FROM changed WHERE id = ?", rows)

    def slip(self, public_id: str) -> Slip | None:
        rows = self._database.read("SELECT slip FROM slip WHERE id = ?", public_id)
        return _slip_or_none(rows[0][0]) if rows else None

    def holds(self, public_id: str) -> bool:
        return bool(self._database.read("SELECT 1 FROM document WHERE id = ?", public_id))

    def document(self, public_id: str) -> Document:
        """Read one document that has a slip."""
        known = self._read.get(public_id)
        if known is None:
            rows = self._database.read("SELECT body FROM document WHERE id = ?", public_id)
            known = self._read[public_id] = _parsed(public_id, json.loads(str(rows[0][0])))
            if len(self._read) > _REMEMBERED:
                self._read.popitem(last=False)
        return known

    def set_aside(self) -> tuple[SetAside, ...]:
        """The documents that the press can't use, in the feed's order, and why not."""
        rows = self._database.read(
            "SELECT slip.id, slip.fault FROM slip JOIN document USING (id)"
            " WHERE slip.fault IS NOT NULL ORDER BY document.seq, slip.id"
        )
        return tuple(SetAside(str(public_id), str(fault)) for public_id, fault in rows)


def newsroom_id(name: str) -> str:
    """The id of the document of which something, or all, was removed."""
    return name.removesuffix(CUT)


def is_of_the_newsroom(name: str) -> bool:
    """Whether the newsroom knows what was removed: audiences as documents are our own."""
    return not name.startswith(AUDIENCE)


def _audience_in(document: object) -> str | None:
    audience = document.get("audience") if isinstance(document, Mapping) else None
    return audience if isinstance(audience, str) else None


def _audience(key: str, name: str) -> dict[str, object]:
    """An audience in the form of a document."""
    return {
        "format": FORMAT,
        "id": f"{AUDIENCE}{key}",
        "kind": "audience",
        "language": "nl",
        "audience": key,
        "path": "",
        "title": name,
    }


def _parsed(public_id: str, raw: object) -> Document:
    if not isinstance(raw, Mapping):
        raise DocumentError("The document is not a JSON object.")
    return parse_as(public_id, raw)


def _slips(rows: Iterable[tuple[Value, ...]]) -> list[Slip]:
    return slips_from_texts(str(row[0]) for row in rows)


def _slip_or_none(text: Value) -> Slip | None:
    return None if text is None else slip_from_text(str(text))
