"""What happened at the doors: sign-ins, refusals, permissions. Apart from every other log.

It names accounts, which no other log does, so it has files of its own that go after thirty days.
"""

import json
import logging
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

LOGGER = "plein.security"
KEEP = timedelta(days=30)
_NAME = "security-%Y-%m-%d.jsonl"
_OF_AN_EVENT = ("account", "by", "address", "what")
"""What an event may say besides its name and time; `cms.config.privacy` declares each."""

logger = logging.getLogger(LOGGER)


def note(event: str, *, account: str = "", by: str = "", address: str = "", what: str = "") -> None:
    """Write one event.

    Args:
        event: What happened, in words of the past: `signed in`, `refused`.
        account: The account it happened to, by its user name.
        by: The account that did it, where that is another.
        address: Where the request came from.
        what: The screen, group or permission; never a path, never anything typed.
    """
    logger.info(event, extra={"account": account, "by": by, "address": address, "what": what})


class SecurityFormatter(logging.Formatter):
    """One JSON object a line, of the fields above and no others."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        told = {name: getattr(record, name, "") for name in _OF_AN_EVENT}
        event = {"time": at, "event": record.getMessage()}
        return json.dumps({**event, **{k: v for k, v in told.items() if v}}, ensure_ascii=False)


class DailyFiles(logging.Handler):
    """Appends each line whole, so that several processes can write at once; a file for each day."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a log that can't be written must not keep anybody out."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = datetime.fromtimestamp(record.created, UTC).strftime(_NAME)
            file = os.open(
                self._folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
            try:
                os.write(file, (self.format(record) + "\n").encode())
            finally:
                os.close(file)
        except OSError:
            self.handleError(record)


def fields() -> tuple[str, ...]:
    """Return everything that a line may hold."""
    return ("time", "event", *_OF_AN_EVENT)


def forget_old(folder: Path, *, now: datetime) -> int:
    """Remove the files of days that are over for longer than they may be kept."""
    oldest = (now.astimezone(UTC) - KEEP).date()
    gone = [file for file, day in _files(folder) if day < oldest]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def _files(folder: Path) -> Iterator[tuple[Path, date]]:
    for file in folder.glob("security-*.jsonl"):
        try:
            yield file, datetime.strptime(file.name, _NAME).replace(tzinfo=UTC).date()
        except ValueError:
            continue  # somebody put it there for a reason of her own
