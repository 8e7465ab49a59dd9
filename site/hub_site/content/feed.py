"""What the newsroom answers when the press asks what is new, or what a draft looks like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One change; `document` is the JSON object as it came, None for a removal.

    Attributes:
        cut_seq: the change that last took something out of it on request.
    """

    seq: int
    public_id: str
    document: Mapping[str, object] | None
    cut_seq: int | None = None


@dataclass(frozen=True, slots=True)
class FeedPage:
    epoch: str
    cursor: str
    has_more: bool
    is_reset: bool
    entries: tuple[FeedEntry, ...]
    audiences: Mapping[str, str] = field(default_factory=dict)
    """What every audience that there is now is called, by its key."""


@dataclass(frozen=True, slots=True)
class PreviewAnswer:
    document: Mapping[str, object]
    references: tuple[Mapping[str, object], ...]
    as_of: datetime
