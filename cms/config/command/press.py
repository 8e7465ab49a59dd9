"""`plein press`: prints what the newsroom publishes."""

import argparse
import logging

from cms.config import leash
from cms.config.errors import PleinError
from cms.config.home import current_home
from cms.config.press import press_settings
from cms.config.stopping import stop_on_signals
from cms.core.heartbeats import Pulse
from hub_site.errors import PressError
from hub_site.press import run_press

logger = logging.getLogger(__name__)


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Print until told to stop."""
    home = current_home()
    pulse = Pulse(home.heartbeats, "press")

    def report(sentence: str) -> None:
        pulse.beat()  # a long build tells how far it is, and so that it lives
        logger.info(sentence)

    stop_on_signals(pulse)
    leash.follow_supervisor()
    try:
        run_press(press_settings(home), pulse, report=report)
    except PressError as error:
        raise PleinError(str(error)) from error
    return 0
