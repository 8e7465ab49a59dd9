from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    """How many documents an act made different for the outside."""

    written: int = 0
    removed: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.written + other.written, self.removed + other.removed)

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)
