"""What is wrong with the machine: parts that stand still, the press, the disk, the mail."""

import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from mailer.models import Message

from cms.alarms.models import Alarm
from cms.alarms.press_status import PressStatus, read_press_status
from cms.alarms.problems import Kind, Problem
from cms.core.heartbeats import silences

MEGABYTE = 1024 * 1024
LEAST_FREE = 1024 * MEGABYTE
LEAST_SHARE = 0.05
"""Of a small disk; whichever of the two is less."""
RELIEF = 1.25
"""An alarm about the disk ends with a little more room than it began with."""
TRIES_BEFORE_ALARM = 2
LONGEST_TRY = timedelta(seconds=30)
"""A mail that was taken up longer ago than this failed that time, too."""
STEPS = {
    "feed": Kind.FEED,
    "build": Kind.BUILD,
    "export": Kind.BUILD,
    "search": Kind.SEARCH,
    "receipt": Kind.RECEIPT,
    "removal": Kind.REMOVAL,
    "upkeep": Kind.UPKEEP,
}


def problems_of_machine(*, now: datetime) -> Iterator[Problem]:
    """Yield what administrators have to look at, in one query."""
    yield from _parts()
    yield from _press(press_status())
    yield from _disk(settings.PLEIN_HOME.root)
    yield from _mail(now)


def press_status() -> PressStatus:
    return read_press_status(settings.PLEIN_HOME.press / "status.json")


def is_clock_silent() -> bool:
    """Say whether the clock stands still, and so its watch; asks no database."""
    beats = silences(settings.PLEIN_HOME.heartbeats, now=time.time())
    return any(each.part == "clock" and not each.trouble for each in beats)


def _parts() -> Iterator[Problem]:
    for silence in silences(settings.PLEIN_HOME.heartbeats, now=time.time()):
        facts = {"reason": silence.trouble} if silence.trouble else {}
        yield Problem(Kind.PART, silence.part, facts)


def _press(status: PressStatus) -> Iterator[Problem]:
    told: set[Kind] = set()
    for step, reason in status.problems.items():
        # A press that can't reach the newsroom can't tell it anything either: that is one problem.
        is_echo = step == "receipt" and "feed" in status.problems
        if step in STEPS and STEPS[step] not in told and not is_echo:
            told.add(STEPS[step])
            yield Problem(STEPS[step], facts={"reason": reason})
    for page in status.faulty_pages:
        name, _colon, reason = page.partition(": ")
        yield Problem(Kind.PAGE, name[:200], {"reason": reason})


def _disk(folder: Path) -> Iterator[Problem]:
    if not folder.exists():
        return
    usage = shutil.disk_usage(folder)
    least = min(LEAST_FREE, int(usage.total * LEAST_SHARE))
    if Alarm.objects.open().filter(kind=Kind.DISK).exists():
        least = int(least * RELIEF)
    if usage.free < least:
        # In steps, so that the words don't change with every file.
        step = 50 * MEGABYTE
        yield Problem(Kind.DISK, facts={"free_mb": (usage.free // step + 1) * 50})


def _mail(now: datetime) -> Iterator[Problem]:
    failing = Message.objects.filter(
        retry_count__gte=TRIES_BEFORE_ALARM, when_added__lte=now - LONGEST_TRY
    )
    if number := failing.count():
        yield Problem(Kind.MAIL, facts={"number": number})
