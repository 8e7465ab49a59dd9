"""Who may read: asks the root, and remembers the answer for a few seconds."""

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic

# From the request's Cookie header to the audiences of who sent it; None without a session.
type AudiencesOf = Callable[[str], Awaitable[frozenset[str] | None]]

REMEMBERED_SECONDS = 5.0
_AT_MOST = 20_000


class Readers:
    """Keeps Django out of the path of a page view."""

    def __init__(
        self, audiences_of: AudiencesOf, *, clock: Callable[[], float] = monotonic
    ) -> None:
        self._audiences_of = audiences_of
        self._clock = clock
        self._known: OrderedDict[bytes, tuple[float, frozenset[str] | None]] = OrderedDict()

    async def audiences(self, cookie: str) -> frozenset[str] | None:
        # The hash, so that no session stands in memory in a form that can be used.
        key = hashlib.sha256(cookie.encode()).digest()
        known = self._known.get(key)
        if known is not None and self._clock() < known[0]:
            return known[1]
        audiences = await self._audiences_of(cookie)
        self._known[key] = (self._clock() + REMEMBERED_SECONDS, audiences)
        self._known.move_to_end(key)
        if len(self._known) > _AT_MOST:
            self._known.popitem(last=False)
        return audiences
