"""`plein worker`: the tasks nobody waits for, such as renditions and the newsroom's search."""

import argparse

from django.tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cms.alarms.watch import watching
from cms.config import leash
from cms.config.home import current_home
from cms.config.stopping import stop_on_signals
from cms.core.heartbeats import Pulse

INTERVAL = 0.5
MOST_STARTS = 3


class NeverDoneError(Exception):
    """Whoever did this task ended in the midst of it, each time."""


def take_up_again() -> None:
    """Let what a worker left half done be done after all; every task of ours can be done twice.

    There is one worker, so at its start nobody does any. What ended it more than once is given up:
    else one picture that takes all memory would keep all others waiting.
    """
    for left in DBTaskResult.objects.running():
        if len(left.worker_ids) < MOST_STARTS:
            left.status = TaskResultStatus.READY
            left.save(update_fields=["status"])
        else:
            left.set_failed(NeverDoneError(f"The worker ended {MOST_STARTS} times at this."))


class BeatingWorker(Worker):
    """The stock worker, whose every look at `running` is a sign of life."""

    def __init__(self, pulse: Pulse) -> None:
        self.pulse = pulse
        super().__init__(
            queue_names=["*"],
            interval=INTERVAL,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="plein",
            excluded_queue_names=[],
        )

    @property
    def running(self) -> bool:
        """Go on until told to stop; the stock worker asks before and after each task."""
        return not self.pulse.is_set()

    @running.setter
    def running(self, value: bool) -> None:
        if not value:
            self.pulse.set()


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Work off tasks until told to stop."""
    pulse = Pulse(current_home().heartbeats, "worker")
    stop_on_signals(pulse)
    leash.follow_supervisor()
    with watching(stands_in=True):
        take_up_again()
        BeatingWorker(pulse).run()
    return 0
