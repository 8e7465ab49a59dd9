"""The manifest's tables, and how an older manifest becomes one of today."""

import sqlite3

from hub_site.errors import PressError

# An entry holds from its release on, until a later entry for the same path; NULL is a tombstone.
_FIRST = """
CREATE TABLE IF NOT EXISTS release (
    number INTEGER PRIMARY KEY, epoch TEXT NOT NULL, cursor TEXT NOT NULL, as_of TEXT NOT NULL,
    started_at TEXT NOT NULL, activated_at TEXT NOT NULL, pages INTEGER NOT NULL,
    changed INTEGER NOT NULL, set_aside TEXT NOT NULL, is_recorded INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS entry (
    path TEXT NOT NULL, release INTEGER NOT NULL, blob TEXT, PRIMARY KEY (path, release)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS live (
    only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL
);
"""
# `file` is the live release once more, as it is now: what a switch compares with.
# Links are kept per set: pages that only look different link to the same addresses.
_SECOND = """
ALTER TABLE release ADD COLUMN look TEXT NOT NULL DEFAULT '';
ALTER TABLE release ADD COLUMN rolled_back_to INTEGER;
ALTER TABLE entry ADD COLUMN source TEXT;
CREATE INDEX entry_release ON entry (release);
CREATE INDEX entry_blob ON entry (blob) WHERE blob IS NOT NULL;
CREATE TABLE file (path TEXT PRIMARY KEY, blob TEXT NOT NULL, source TEXT) WITHOUT ROWID;
CREATE INDEX file_blob ON file (blob);
CREATE TABLE address (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE everywhere (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE link_set (id INTEGER PRIMARY KEY, addresses BLOB NOT NULL UNIQUE);
CREATE TABLE link (
    address INTEGER NOT NULL, link_set INTEGER NOT NULL, PRIMARY KEY (address, link_set)
) WITHOUT ROWID;
CREATE TABLE page (blob TEXT PRIMARY KEY, link_set INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX page_link_set ON page (link_set);
CREATE TABLE unused (blob TEXT PRIMARY KEY, since TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE to_compress (blob TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE look_file (
    look TEXT NOT NULL, path TEXT NOT NULL, blob TEXT NOT NULL, PRIMARY KEY (look, path)
) WITHOUT ROWID;
CREATE INDEX look_file_blob ON look_file (blob);
CREATE TABLE hold (
    only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL, look TEXT NOT NULL,
    instead_of TEXT NOT NULL, since TEXT NOT NULL
);
CREATE TABLE removal (
    public_id TEXT PRIMARY KEY, at TEXT NOT NULL, report TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO mark (name, value) VALUES ('history', 1);
INSERT INTO file (path, blob)
    SELECT path, blob FROM entry AS newest
    WHERE blob IS NOT NULL AND release = (
        SELECT MAX(release) FROM entry WHERE path = newest.path
    );
"""
_THIRD = "ALTER TABLE release ADD COLUMN rendered_at TEXT;\n"
# Which reports of removals the newsroom has.
_FOURTH = """
CREATE TABLE told (public_id TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
"""
# What each kept page names, by its bytes and its place, and where an address may be named. There
# was a row for each address of each set of links: most of what a publication wrote.
_FIFTH = """
CREATE TABLE names (
    id INTEGER PRIMARY KEY, blob TEXT NOT NULL, page INTEGER NOT NULL, addresses BLOB NOT NULL,
    UNIQUE (blob, page)
);
CREATE INDEX names_page ON names (page);
CREATE TABLE named_on (
    address INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (address, page)
) WITHOUT ROWID;
INSERT OR IGNORE INTO address (path) SELECT DISTINCT path FROM entry;
INSERT INTO names (blob, page, addresses)
    SELECT page.blob, address.id, link_set.addresses FROM page
    JOIN link_set ON link_set.id = page.link_set JOIN entry ON entry.blob = page.blob
    JOIN address ON address.path = entry.path
    GROUP BY page.blob, address.id ORDER BY MAX(entry.release);
INSERT OR IGNORE INTO named_on
    SELECT link.address, names.page FROM link
    JOIN page ON page.link_set = link.link_set JOIN names ON names.blob = page.blob;
DROP TABLE link;
DROP TABLE link_set;
DROP TABLE page;
"""
_STEPS = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH)
VERSION = len(_STEPS)


def version_of(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def bring_up_to_date(database: sqlite3.Connection, to: int = VERSION) -> None:
    """Take every step that this manifest lacks, all or none.

    Raises:
        PressError: The manifest was written by a newer Plein.
    """
    if version_of(database) == to:
        return
    database.execute("BEGIN IMMEDIATE")
    with database:
        version = version_of(database)
        if version > VERSION:
            raise PressError(
                "The releases in this home were made by a newer Plein: start that one again, or"
                " move the folder 'releases' aside and let the press make everything anew."
            )
        for step in _STEPS[version:to]:
            for statement in step.split(";\n"):
                if statement.strip():
                    database.execute(statement)
        database.execute(f"PRAGMA user_version = {to}")
