"""Who may read: asks the root, and remembers the answer for a few seconds."""

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic

from hub_site.readers_on_disk import ReadersOnDisk

# From the request's Cookie header to the audiences of who sent it; None without a session.
type AudiencesOf = Callable[[str], Awaitable[frozenset[str] | None]]
type Audiences = frozenset[str] | None

REMEMBERED_SECONDS = 5.0
LAST_RESORT_SECONDS = 12 * 3600.0
"""So long may somebody who was let in go on reading while nobody can be asked: a working day."""
PATIENCE_SECONDS = 2.0
"""So long may an answer take; a database that hangs is as good as one that is down."""
_NOTHING_ELSE = 5
"""So many times as long for who has no earlier answer to go on with: late is better than shut."""
_QUIET_SECONDS = 1.0
_AT_MOST = 20_000
_ASKED_AT_ONCE = 500
_WRITTEN_AFTER = 2.0
"""So many seconds of news go to disk together."""
_LOG = logging.getLogger(__name__)


class UncheckedError(Exception):
    """Nobody can say who this is, and nobody could a short while ago."""


@dataclass(slots=True)
class _Known:
    audiences: Audiences
    told_at: float


class Readers:
    """Keeps Django out of the path of a page view, and the hub open while Django is down."""

    def __init__(
        self,
        audiences_of: AudiencesOf,
        *,
        disk: ReadersOnDisk | None = None,
        clock: Callable[[], float] = monotonic,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._audiences_of = audiences_of
        self._clock = clock
        self._patience = patience
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._asking: dict[bytes, asyncio.Task[Audiences]] = {}
        self._failed_at: float | None = None
        self._disk = disk
        self._news: dict[bytes, Audiences] = {}
        self._on_disk: dict[bytes, tuple[frozenset[str], int]] = {}
        self._writing: asyncio.Task[None] | None = None

    async def audiences(self, cookie: bytes) -> Audiences:
        """The audiences of who sent this Cookie header; None without a session.

        Raises:
            UncheckedError: It can't be said now.
        """
        # The hash, so that no session stands in memory in a form that can be used.
        key = hashlib.sha256(cookie).digest()
        known = self._known.get(key)
        if known is None and self._failed_at is not None:
            known = await self._recalled(key)
        now = self._clock()
        if known is not None and now - known.told_at < REMEMBERED_SECONDS:
            return known.audiences
        patience = self._patience * _NOTHING_ELSE
        if known is not None and _still_counts(known, now):
            if not self._may_try(now):
                return known.audiences
            patience = self._patience
        try:
            return await self._ask(key, cookie, patience=patience)
        except Exception as error:
            self._note_failure(error)
            known = known or await self._recalled(key)
            if known is not None and _still_counts(known, self._clock()):
                return known.audiences
            raise UncheckedError from error

    def _may_try(self, now: float) -> bool:
        """While asking does not work, one in a second finds out whether it does again."""
        if self._failed_at is None:
            return True
        if now - self._failed_at < _QUIET_SECONDS:
            return False
        self._failed_at = now
        return True

    async def _ask(self, key: bytes, cookie: bytes, *, patience: float) -> Audiences:
        """Ask once for all requests of one reader that come together, as a page's files do."""
        task = self._asking.get(key)
        if task is None:
            if len(self._asking) >= _ASKED_AT_ONCE:
                raise UncheckedError
            task = asyncio.create_task(self._asked(key, cookie, patience=patience))
            self._asking[key] = task
            task.add_done_callback(lambda done: self._asked_it(key, done))
        return await asyncio.shield(task)

    def _asked_it(self, key: bytes, task: "asyncio.Task[Audiences]") -> None:
        del self._asking[key]
        if not task.cancelled():
            task.exception()  # whoever waited for it has it, or hung up

    async def _asked(self, key: bytes, cookie: bytes, *, patience: float) -> Audiences:
        async with asyncio.timeout(patience):
            audiences = await self._audiences_of(cookie.decode("latin-1"))
        if self._failed_at is not None:
            self._failed_at = None
            _LOG.warning("The gate can check sessions again.")
        self._write_down(key, audiences)
        self._learn(key, _Known(audiences, self._clock()))
        return audiences

    def _learn(self, key: bytes, known: _Known) -> None:
        self._known[key] = known
        self._known.move_to_end(key)
        if len(self._known) > _AT_MOST:
            forgotten, _ = self._known.popitem(last=False)
            self._on_disk.pop(forgotten, None)

    def _write_down(self, key: bytes, audiences: Audiences) -> None:
        """Let the disk follow: once in a quarter of a day for each reader, and at every change."""
        if self._disk is None:
            return
        if audiences is None:
            known = self._known.get(key)
            if known is not None and known.audiences is None:
                return
            self._on_disk.pop(key, None)
        else:
            held = (audiences, self._disk.quarter())
            if self._on_disk.get(key) == held:
                return
            self._on_disk[key] = held
        self._news[key] = audiences
        if self._writing is None:
            self._writing = asyncio.create_task(self._write(self._disk))

    async def _write(self, disk: ReadersOnDisk) -> None:
        while self._news:
            await asyncio.sleep(_WRITTEN_AFTER)
            news, self._news = self._news, {}
            await asyncio.to_thread(disk.keep, news)
        self._writing = None

    async def _recalled(self, key: bytes) -> _Known | None:
        """What an earlier process was told of this reader, for as long as that counts."""
        if self._disk is None:
            return None
        found = await asyncio.to_thread(self._disk.recall, key)
        if found is None:
            return None
        audiences, left = found
        known = _Known(audiences, self._clock() - LAST_RESORT_SECONDS + left)
        self._learn(key, known)
        return known

    def _note_failure(self, error: Exception) -> None:
        if self._failed_at is None:
            _LOG.error(
                "The gate can't check sessions (%s); who was let in before goes on reading.",
                type(error).__name__,
            )
        self._failed_at = self._clock()


def _still_counts(known: _Known, now: float) -> bool:
    return known.audiences is not None and now - known.told_at < LAST_RESORT_SECONDS
