"""What changes leave behind: the keys that were touched, and the teasers that still hold."""

from hub_site.pages.clippings import Clippings


class Traces:
    """One for all shelves of a hub, because a page of one tree may show a document of another."""

    def __init__(self) -> None:
        self.clippings = Clippings()
        self._touched: set[str] = set()

    def leave(self, *keys: str) -> None:
        self._touched.update(keys)
        self.clippings.touch(keys)

    def take(self) -> set[str]:
        """What was touched since this was last asked."""
        touched, self._touched = self._touched, set()
        return touched

    def clear(self) -> None:
        self._touched.clear()
        self.clippings.clear()
