"""`plein clock`: what is due, at its moment."""

import argparse

from cms.alarms.watch import watching
from cms.config import leash
from cms.config.home import current_home
from cms.config.stopping import stop_on_signals
from cms.core.heartbeats import Pulse
from cms.publishing import clock


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Run the clock until told to stop."""
    pulse = Pulse(current_home().heartbeats, "clock")
    stop_on_signals(pulse)
    leash.follow_supervisor()
    with watching():
        clock.run(pulse, trouble=pulse.note)
    return 0
