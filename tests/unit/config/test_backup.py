"""Backups: whole, of one moment, and recognised when they are not."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cms.config.backup import (
    PAPER,
    UNFINISHED,
    Backup,
    assert_whole,
    backups_in,
    make_backup,
    read_backup,
)
from cms.config.dumps import SqliteDumps
from cms.config.errors import PleinError, WrongUseError
from cms.config.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    (made.media / "images").mkdir(parents=True)
    made.installed_flag.touch()
    with closing(sqlite3.connect(made.database)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE story (title TEXT)")
    write(made, "De schuur brandde")
    upload(made, "images/schuur.jpg", "schuur")
    upload(made, "images/koffie.jpg", "koffie")
    return made


def write(home: Home, title: str) -> None:
    with closing(sqlite3.connect(home.database)) as database, database:
        database.execute("INSERT INTO story VALUES (?)", [title])


def upload(home: Home, name: str, content: str) -> None:
    (home.media / name).write_text(content)


def titles(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as opened:
        return [title for (title,) in opened.execute("SELECT title FROM story")]


def back_up(home: Home, into: Path, *, keep: int | None = None) -> Backup:
    """Make a backup that was made an hour before the next one."""
    made = make_backup(home, into, dumps=SqliteDumps(home.database), keep=keep)
    hour = len(list(into.glob("plein-*")))
    return replace(made, folder=made.folder.rename(into / f"plein-20261101-{hour:02}0000"))


def test_a_backup_holds_what_was_committed_while_others_write(home: Home, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO story VALUES ('Nog niet af')")
        made = back_up(home, tmp_path / "backups")
        writer.execute("COMMIT")

    assert titles(made.database_file) == ["De schuur brandde"]
    assert (made.media / "images" / "schuur.jpg").read_text() == "schuur"
    assert read_backup(made.folder) == made
    assert (made.kind, made.uploads) == ("installed", 2)
    assert_whole(made)
    assert made.folder.stat().st_mode & 0o077 == 0


def test_an_upload_that_stayed_the_same_is_kept_once(home: Home, tmp_path: Path) -> None:
    first = back_up(home, tmp_path / "backups")
    upload(home, "images/koffie.jpg", "koffie met melk")
    upload(home, "images/taart.jpg", "taart")

    second = back_up(home, tmp_path / "backups")

    def inode(backup: Backup) -> int:
        return (backup.media / "images" / "schuur.jpg").stat().st_ino

    assert inode(first) == inode(second)
    assert (first.media / "images" / "koffie.jpg").read_text() == "koffie"
    assert (second.media / "images" / "koffie.jpg").read_text() == "koffie met melk"
    assert second.uploads == 3
    assert_whole(first)
    assert_whole(second)


def test_older_ones_and_what_was_broken_off_go_and_other_folders_stay(
    home: Home, tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    back_up(home, backups)
    kept = back_up(home, backups)
    (backups / f"plein-20261031-000000{UNFINISHED}").mkdir()
    (backups / "plein-notes").mkdir()
    (backups / "plein-notes" / PAPER).write_text("of something else")

    newest = make_backup(home, backups, dumps=SqliteDumps(home.database), keep=2)

    left = {path.name for path in backups.iterdir()}
    assert left == {kept.folder.name, newest.folder.name, "plein-notes"}
    assert {each.folder for each in backups_in(backups)} == {kept.folder, newest.folder}


def test_what_is_damaged_is_not_put_back(home: Home, tmp_path: Path) -> None:
    first = back_up(home, tmp_path / "backups")
    with first.database_file.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff")
    with pytest.raises(PleinError, match="damaged"):
        assert_whole(first)

    second = back_up(home, tmp_path / "backups")
    (second.media / "images" / "schuur.jpg").unlink()
    with pytest.raises(PleinError, match="2 uploads and holds 1"):
        assert_whole(second)


def test_a_damaged_database_is_not_called_a_backup(home: Home, tmp_path: Path) -> None:
    with home.database.open("r+b") as file:
        file.write(b"\xff" * 64)

    with pytest.raises(PleinError, match="could not be copied"):
        back_up(home, tmp_path / "backups")

    assert list(backups_in(tmp_path / "backups")) == []


def test_what_is_no_backup_is_refused(home: Home, tmp_path: Path) -> None:
    made = back_up(home, tmp_path / "backups")
    paper = made.folder / PAPER
    paper.write_text(paper.read_text().replace('"format": 1', '"format": 2'))

    with pytest.raises(WrongUseError, match="another version"):
        read_backup(made.folder)
    with pytest.raises(WrongUseError, match="no backup"):
        read_backup(home.root)


def test_nothing_is_backed_up_from_nowhere_or_into_itself(home: Home, tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="lies within"):
        back_up(home, home.root / "backups")
    taken = tmp_path / "taken"
    taken.touch()
    with pytest.raises(WrongUseError, match="no folder"):
        back_up(home, taken)
    home.installed_flag.unlink()
    with pytest.raises(WrongUseError, match="holds no hub"):
        back_up(home, tmp_path / "backups")
