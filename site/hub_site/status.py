"""How the press is doing, in one small file that other parts read."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from hub_site.content.documents import SetAside
from hub_site.errors import PressError


class Step(StrEnum):
    """What the press does in each turn, and what can go wrong by itself."""

    FEED = "feed"
    BUILD = "build"
    SEARCH = "search"
    EXPORT = "export"
    RECEIPT = "receipt"
    REMOVAL = "removal"
    UPKEEP = "upkeep"


@dataclass(frozen=True, slots=True, kw_only=True)
class PressStatus:
    """`problem` is why the last attempt failed, None when all is well; `problems` by step."""

    heartbeat: datetime
    started_at: datetime
    state: str = "starting"  # starting · waiting · building · failed
    release: int | None = None
    released_at: datetime | None = None
    problem: str | None = None
    problem_since: datetime | None = None
    problems: Mapping[Step, str] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    faulty_pages: tuple[str, ...] = ()
    changes_at: datetime | None = None


@dataclass(slots=True)
class StatusFile:
    """Writes the status whole, so a reader never sees half of it."""

    file: Path
    status: PressStatus = field(
        default_factory=lambda: PressStatus(
            heartbeat=datetime.now(UTC), started_at=datetime.now(UTC)
        )
    )

    def write(self, **changes: object) -> None:
        """Record what changed, with a heartbeat."""
        now = datetime.now(UTC)
        self.status = replace(self.status, heartbeat=now, **changes)  # type: ignore[arg-type]  # checked by replace itself
        text = json.dumps(asdict(self.status), default=_as_text, ensure_ascii=False, indent=1)
        half_written = self.file.with_suffix(".part")
        try:
            half_written.write_text(text, encoding="utf-8")
            half_written.rename(self.file)
        except OSError as error:
            raise PressError(f"The press can't write {self.file}: {error}.") from error

    def fail(self, problems: Mapping[Step, str]) -> None:
        """Record what fails; its first moment stays while there is any trouble."""
        since = self.status.problem_since or datetime.now(UTC)
        self.write(
            state="failed",
            problem=" ".join(problems.values()),
            problem_since=since,
            problems=dict(problems),
        )

    def succeed(self, **changes: object) -> None:
        self.write(state="waiting", problem=None, problem_since=None, problems={}, **changes)


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in the status.")
