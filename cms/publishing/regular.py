"""What the clock does every minute for parts of Plein that it doesn't know."""

from collections.abc import Callable
from datetime import datetime

EVERY_SECONDS = 60.0

type Job = Callable[[datetime], object]

_jobs: dict[str, Job] = {}


def register(doing: str, job: Job) -> None:
    """Let the clock do something every minute, from an app's `ready()`.

    Args:
        doing: What it does, for the log where it fails; also its name.
        job: Is given the moment. It comes again, so it keeps by itself what was done already.
    """
    _jobs[doing] = job


def jobs() -> dict[str, Job]:
    return dict(_jobs)
