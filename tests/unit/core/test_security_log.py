import json
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cms.core import security_log


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The security log of a home of its own."""
    handler = security_log.DailyFiles(tmp_path / "logs")
    handler.setFormatter(security_log.SecurityFormatter())
    logger = logging.getLogger(security_log.LOGGER)
    before, logger.handlers = logger.handlers, [handler]
    level = logger.level
    logger.setLevel(logging.INFO)
    yield tmp_path / "logs"
    logger.handlers = before
    logger.setLevel(level)


def events(folder: Path) -> list[dict[str, str]]:
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def test_event_is_one_line_that_only_its_owner_can_read(folder: Path) -> None:
    security_log.note("signed in", account="esra", address="192.0.2.7")

    [event] = events(folder)
    assert event.pop("time").startswith(f"{datetime.now(UTC):%Y-%m-%dT}")
    assert event == {"event": "signed in", "account": "esra", "address": "192.0.2.7"}
    [file] = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_line_holds_nothing_that_is_not_a_field_of_it(folder: Path) -> None:
    extra = {"account": "esra", "path": "/newsroom/pages/3/", "request": object()}
    logging.getLogger(security_log.LOGGER).info("refused\nsigned in", extra=extra)

    [event] = events(folder)
    assert set(event) <= set(security_log.fields())
    assert event["event"] == "refused\nsigned in"


def test_many_at_once_keep_their_lines_whole(folder: Path) -> None:
    def write() -> None:
        for number in range(50):
            security_log.note("refused", account="a" * 300, what=str(number))

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(events(folder)) == 200


def test_files_go_after_thirty_days_and_others_stay(folder: Path) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    folder.mkdir()
    days = [now - timedelta(days=number) for number in (0, 29, 30, 31, 400)]
    for day in days:
        (folder / f"security-{day:%Y-%m-%d}.jsonl").write_text("{}\n")
    (folder / "security-report.jsonl").write_text("{}\n")
    (folder / "other.txt").write_text("kept")

    assert security_log.forget_old(folder, now=now) == 2

    left = sorted(file.name for file in folder.iterdir())
    assert left == [
        "other.txt",
        "security-2026-10-23.jsonl",
        "security-2026-10-24.jsonl",
        "security-2026-11-22.jsonl",
        "security-report.jsonl",
    ]
    assert security_log.forget_old(folder / "none", now=now) == 0
