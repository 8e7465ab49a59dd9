"""What pages were made from, whatever came of the transaction that it was written in."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hub_site.database import Database
from hub_site.errors import PressError
from hub_site.ledger import Entry, Ledger

MOMENT = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)


def entry(subject: str, *keys: str) -> Entry:
    return Entry(
        subject=subject,
        path=f"{subject}/index.html",
        uri=f"{subject}/index.md",
        source=None,
        digest="d",
        blob="b",
        keys=tuple(sorted(keys)),
        made_at=MOMENT,
        changes_at=None,
    )


UNWRITABLE = replace(entry("tags"), blob=None)  # type: ignore[arg-type]  # the table refuses it


def test_keys_of_a_transaction_that_was_undone_are_given_out_again(tmp_path: Path) -> None:
    database = Database(tmp_path / "documents.sqlite3")
    ledger = Ledger(database)
    with database.transaction():
        ledger.write([entry("home", "items")], ())
    with pytest.raises(PressError), database.transaction():
        ledger.write([entry("home", "items", "lost"), entry("people", "lost"), UNWRITABLE], ())
    with database.transaction():
        ledger.write([entry("people", "found", "items")], ())

    pages = ledger.entries(["home", "people"])

    assert pages == {
        "home": entry("home", "items"),
        "people": entry("people", "found", "items"),
    }
    assert ledger.still_needed(["items", "lost", "found"]) == {"items", "found"}
    assert Ledger(Database(tmp_path / "documents.sqlite3")).entries(["home", "people"]) == pages


def test_a_commit_that_fails_leaves_the_database_ready_for_the_next(tmp_path: Path) -> None:
    database = Database(tmp_path / "documents.sqlite3")
    database.run(
        "PRAGMA foreign_keys=ON;"
        "CREATE TABLE place (name TEXT PRIMARY KEY);"
        "CREATE TABLE sign (place TEXT REFERENCES place (name) DEFERRABLE INITIALLY DEFERRED)"
    )
    with pytest.raises(PressError, match="FOREIGN KEY"), database.transaction():
        database.write("INSERT INTO sign VALUES ('nowhere')")

    with database.transaction():
        database.write("INSERT INTO place VALUES ('Oss')")

    assert database.read("SELECT count(*) FROM sign") == [(0,)]
    assert database.read("SELECT name FROM place") == [("Oss",)]
