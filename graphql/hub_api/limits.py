"""How much one request may ask."""

import re
from dataclasses import dataclass

from hub_api.errors import CallerError

LARGEST_BODY = 64 * 1024
DEEPEST_JSON = 32
DEEPEST_QUERY = 12
MOST_ALIASES = 15
MOST_TOKENS = 1000
MOST_ITEMS = 500
"""Over all lists of one request together."""

_JSON_PARTS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)


def is_too_deep(body: bytes) -> bool:
    """Tell whether JSON nests deeper than any question of ours, without parsing it."""
    depth = 0
    for part in _JSON_PARTS.finditer(body):
        match part[0]:
            case b"[" | b"{":
                depth += 1
            case b"]" | b"}":
                depth -= 1
        if depth > DEEPEST_JSON:
            return True
    return False


@dataclass
class Budget:
    """What is left of the items that one request may ask for."""

    left: int = MOST_ITEMS

    def take(self, first: int, *, most: int) -> int:
        """Return `first` when it is within its own limit and that of the request.

        Raises:
            CallerError: naming the limit that was passed.
        """
        if not 1 <= first <= most:
            message = f"`first` is {first}; ask for 1 to {most} at a time."
            raise CallerError(message)
        self.left -= first
        if self.left < 0:
            message = f"Together the lists ask for more than {MOST_ITEMS} items; ask in parts."
            raise CallerError(message)
        return first
