"""How long the gate believes what it was told of somebody, and what it does without an answer."""

import asyncio
import hashlib
import logging
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hub_site import readers as module
from hub_site.readers import (
    LAST_RESORT_SECONDS,
    REMEMBERED_SECONDS,
    Audiences,
    Readers,
    UncheckedError,
)
from hub_site.readers_on_disk import QUARTER_SECONDS, ReadersOnDisk

EVERYONE = frozenset({"everyone"})


@dataclass
class Root:
    """Answers as the newsroom would, or not at all."""

    audiences: Audiences = EVERYONE
    is_down: bool = False
    is_stuck: bool = False
    asked: list[str] = field(default_factory=list)

    async def audiences_of(self, cookie: str) -> Audiences:
        self.asked.append(cookie)
        await asyncio.sleep(10 if self.is_stuck else 0)
        if self.is_down:
            raise ConnectionError
        return self.audiences


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def readers_of(root: Root, clock: Clock, disk: ReadersOnDisk | None = None) -> Readers:
    return Readers(root.audiences_of, clock=clock, patience=0.02, disk=disk)


def test_answer_is_remembered_for_less_than_ten_seconds_together_with_a_server_in_front() -> None:
    assert REMEMBERED_SECONDS <= 5.0


def test_who_was_let_in_is_asked_for_again_after_a_few_seconds() -> None:
    async def visits() -> list[Audiences]:
        first = await readers.audiences(b"c")
        root.audiences = None
        clock.now += REMEMBERED_SECONDS - 0.1
        second = await readers.audiences(b"c")
        clock.now += 0.2
        return [first, second, await readers.audiences(b"c")]

    root, clock = Root(), Clock()
    readers = readers_of(root, clock)

    assert asyncio.run(visits()) == [EVERYONE, EVERYONE, None]
    assert root.asked == ["c", "c"]


def test_many_requests_of_one_reader_at_once_are_one_question() -> None:
    async def visits() -> list[Audiences]:
        return await asyncio.gather(*(readers.audiences(b"c") for _ in range(20)))

    root = Root()
    readers = readers_of(root, Clock())

    assert asyncio.run(visits()) == [EVERYONE] * 20
    assert root.asked == ["c"]


@pytest.mark.parametrize("trouble", ["is_down", "is_stuck"])
def test_who_was_let_in_goes_on_reading_while_nobody_answers(trouble: str) -> None:
    async def visits() -> Audiences:
        await readers.audiences(b"c")
        setattr(root, trouble, True)
        for _ in range(50):
            clock.now += 60.0
            assert await readers.audiences(b"c") == EVERYONE
        return await readers.audiences(b"c")

    root, clock = Root(), Clock()
    readers = readers_of(root, clock)

    assert asyncio.run(visits()) == EVERYONE


def test_while_nobody_answers_one_question_a_second_is_asked_for_those_who_were_let_in() -> None:
    async def visits() -> None:
        await asyncio.gather(*(readers.audiences(b"%d" % n) for n in range(30)))
        root.is_down, root.asked = True, []
        clock.now += 60.0
        for number in range(30):
            await readers.audiences(b"%d" % number)

    root, clock = Root(), Clock()
    readers = readers_of(root, clock)
    asyncio.run(visits())

    assert len(root.asked) == 1


@pytest.mark.parametrize("after", [0.0, LAST_RESORT_SECONDS + 1])
def test_stranger_and_whoever_was_away_for_a_day_open_nothing_meanwhile(after: float) -> None:
    async def visits() -> None:
        if after:
            await readers.audiences(b"c")
        root.is_down = True
        clock.now += after
        await readers.audiences(b"c")

    root, clock = Root(), Clock()
    readers = readers_of(root, clock)

    with pytest.raises(UncheckedError):
        asyncio.run(visits())


def test_whoever_was_sent_away_is_not_let_in_because_nobody_answers() -> None:
    async def visits() -> None:
        await readers.audiences(b"c")
        root.audiences = None
        clock.now += 60.0
        assert await readers.audiences(b"c") is None
        root.is_down = True
        clock.now += 60.0
        await readers.audiences(b"c")

    root, clock = Root(), Clock()
    readers = readers_of(root, clock)

    with pytest.raises(UncheckedError):
        asyncio.run(visits())


def test_trouble_is_told_once_and_its_end_once(caplog: pytest.LogCaptureFixture) -> None:
    async def visits() -> None:
        await readers.audiences(b"c")
        root.is_down = True
        for _ in range(5):
            clock.now += 60.0
            await readers.audiences(b"c")
        root.is_down = False
        clock.now += 60.0
        await readers.audiences(b"c")

    root, clock = Root(), Clock()
    readers = readers_of(root, clock)
    asyncio.run(visits())

    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "can't check sessions" in told[0]
    assert "again" in told[1]


SECRET = b"kept elsewhere"
HR = frozenset({"everyone", "hr"})


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "_WRITTEN_AFTER", 0.0)
    return tmp_path / "readers.sqlite3"


def kept(file: Path, clock: Clock | None = None) -> ReadersOnDisk:
    return ReadersOnDisk(file, SECRET, clock=clock or Clock())


def rows_in(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT * FROM reader").fetchall()


async def written(readers: Readers) -> None:
    while readers._writing is not None:
        await readers._writing


async def let_in(file: Path, root: Root, clock: Clock, *cookies: bytes) -> None:
    """Let a gate live that lets these in, and goes."""
    readers = readers_of(root, clock, kept(file, clock))
    for cookie in cookies:
        await readers.audiences(cookie)
    await written(readers)


def test_who_was_let_in_reads_on_after_a_restart_while_nobody_answers(file: Path) -> None:
    async def visits() -> None:
        await let_in(file, root, clock, b"plein_session=hr")
        root.is_down = True
        readers = readers_of(root, clock, kept(file, clock))
        assert await readers.audiences(b"plein_session=hr") == HR
        with pytest.raises(UncheckedError):
            await readers.audiences(b"plein_session=of-nobody")
        clock.now += LAST_RESORT_SECONDS
        with pytest.raises(UncheckedError):
            await readers.audiences(b"plein_session=hr")

    root, clock = Root(audiences=HR), Clock()
    asyncio.run(visits())


def test_who_is_known_from_before_does_not_wait_for_what_hangs(file: Path) -> None:
    """The first reader finds out that nobody answers; after that the file is asked first."""

    async def visits() -> None:
        await let_in(file, root, clock, b"one", b"other")
        root.is_stuck, root.asked = True, []
        readers = readers_of(root, clock, kept(file, clock))
        assert await readers.audiences(b"one") == HR
        assert await readers.audiences(b"other") == HR

    root, clock = Root(audiences=HR), Clock()
    asyncio.run(visits())

    assert root.asked == ["one"]


def test_whoever_was_sent_away_is_forgotten_by_the_disk_too(file: Path) -> None:
    async def visits() -> None:
        await let_in(file, root, clock, b"leaver")
        root.audiences = None
        await let_in(file, root, clock, b"leaver", b"stranger", b"stranger")
        root.is_down = True
        await readers_of(root, clock, kept(file, clock)).audiences(b"leaver")

    root, clock = Root(audiences=HR), Clock()
    with pytest.raises(UncheckedError):
        asyncio.run(visits())


def test_who_lost_an_audience_does_not_get_it_back_by_a_restart(file: Path) -> None:
    async def visits() -> Audiences:
        await let_in(file, root, clock, b"c")
        root.audiences = EVERYONE
        await let_in(file, root, clock, b"c")
        root.is_down = True
        return await readers_of(root, clock, kept(file, clock)).audiences(b"c")

    root, clock = Root(audiences=HR), Clock()
    assert asyncio.run(visits()) == EVERYONE


def test_disk_holds_no_cookie_and_no_moment_of_reading(file: Path) -> None:
    async def visits() -> None:
        await let_in(file, root, clock, b"plein_session=hr")
        before = rows_in(file)
        clock.now += 60.0
        await let_in(file, root, clock, b"plein_session=hr")
        assert rows_in(file) == before

    root, clock = Root(audiences=HR), Clock()
    asyncio.run(visits())

    (row,) = rows_in(file)
    assert row[1:] == ('["everyone", "hr"]', int(clock.now // QUARTER_SECONDS))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    plain = hashlib.sha256(b"plein_session=hr").digest()
    assert plain not in file.read_bytes()
    assert kept(file).recall(plain) is not None
    assert ReadersOnDisk(file, b"another key", clock=Clock()).recall(plain) is None


def test_disk_forgets_within_half_a_day(file: Path) -> None:
    clock = Clock()
    kept(file, clock).keep({b"old": HR})
    clock.now += 2 * QUARTER_SECONDS

    assert kept(file, clock).recall(b"old") is None
    kept(file, clock).keep({b"new": HR})

    assert len(rows_in(file)) == 1


@pytest.mark.parametrize("trouble", ["no folder", "no database", "other rows"])
def test_gate_does_without_a_disk_that_can_not_be_used(
    file: Path, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    if trouble == "no folder":
        file = file / "there is" / "none"
    elif trouble == "no database":
        file.write_bytes(b"something else" * 100)
    else:
        kept(file).keep({b"c": HR})
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("UPDATE reader SET audiences = 'no json'")
    disk = kept(file)

    with caplog.at_level(logging.WARNING):
        assert disk.recall(b"c") is None
        disk.keep({b"c": HR})
        disk.keep({b"d": HR})

    assert len(caplog.records) == 1
    assert (disk.recall(b"c") is not None) == (trouble != "no folder")
