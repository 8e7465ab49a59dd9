"""How long the gate believes what it was told of somebody, and what it does without an answer."""

import asyncio
from dataclasses import dataclass, field

import pytest

from hub_site.readers import (
    LAST_RESORT_SECONDS,
    REMEMBERED_SECONDS,
    Audiences,
    Readers,
    UncheckedError,
)

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


def readers_of(root: Root, clock: Clock) -> Readers:
    return Readers(root.audiences_of, clock=clock, patience=0.02)


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
