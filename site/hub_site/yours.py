"""What the gate puts together for one reader: the newest of the trees that are hers."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence

from hub_site.asgi import Answer
from hub_site.trees import EVERYONE, root_of

_NEWEST = "assets/newest/index.html"
_START, _END = b"<!-- yours -->", b"<!-- /yours -->"
_REMEMBERED = 256
type Key = tuple[tuple[str, ...], bool]


def newest_of(files: Mapping[str, str], audiences: Iterable[str]) -> list[str]:
    """The files of a release that show what is newest in these audiences' trees."""
    paths = [f"{root_of(audience)}{_NEWEST}" for audience in sorted({*audiences} - {EVERYONE})]
    return [path for path in paths if path in files]


def joined(page: bytes, parts: Sequence[bytes]) -> bytes:
    """The page with these parts in the place of what it says when there are none."""
    if not parts:
        return page
    before, _, rest = page.partition(_START)
    _, _, after = rest.partition(_END)
    return b"".join((before, *parts, after))


class Joined:
    """Answers that were put together, for as long as the release is the same.

    Readers who are in the same audiences get the same one.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[Key, Answer] = OrderedDict()
        self._files: Mapping[str, str] = {}

    def follow(self, files: Mapping[str, str]) -> None:
        """Let go of everything when another release is live: some of it may be withdrawn."""
        if files is not self._files:
            self._files = files
            self._held.clear()

    def take(self, key: Key) -> Answer | None:
        return self._held.get(key)

    def put(self, key: Key, files: Mapping[str, str], answer: Answer) -> None:
        """Keep it, if the release that it was made from is still live."""
        if files is self._files:
            self._held[key] = answer
            if len(self._held) > _REMEMBERED:
                self._held.popitem(last=False)
