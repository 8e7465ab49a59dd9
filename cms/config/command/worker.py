"""`plein worker`: the tasks nobody waits for, such as renditions and the newsroom's search."""

import argparse

from django_tasks_db.management.commands.db_worker import Worker

from cms.alarms.watch import watching
from cms.config import leash
from cms.config.home import current_home
from cms.config.stopping import stop_on_signals
from cms.core.heartbeats import Pulse

INTERVAL = 0.5


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
        BeatingWorker(pulse).run()
    return 0
