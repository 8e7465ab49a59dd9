"""`plein web`: newsroom, contract, preview and hub behind one ASGI server."""

import argparse

from granian import Granian
from granian.constants import Interfaces

from cms.config import doors, environment, leash, web_log
from cms.config.home import current_home

STOP_WITHIN = 5
BACKLOG = 2048
"""Also the most requests at once: those that wait for a slow answer must not shut out the rest."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Serve until told to stop."""
    host = environment.host()
    if not current_home().is_installed:
        doors.refuse_open_demo(host)
    leash.follow_supervisor()
    wants_access_log = environment.flag("PLEIN_ACCESS_LOG")
    Granian(
        "cms.config.asgi:application",
        address=host,
        port=environment.port(),
        interface=Interfaces.ASGI,
        workers=environment.number("PLEIN_WEB_WORKERS", 1, at_least=1),
        backlog=BACKLOG,
        log_enabled=environment.flag("PLEIN_DEBUG") or wants_access_log,
        log_access=wants_access_log,
        log_access_format=web_log.FORMAT,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
        websockets=False,
    ).serve()
    return 0
