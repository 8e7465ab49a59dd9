"""Turn the signals that end a process into one quiet stop."""

import signal
import threading
from types import FrameType


def stop_on_signals(stop: threading.Event) -> None:
    """Set `stop` on Ctrl-C or a request to end, so that the work in hand is finished first."""

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal's shape
        # A new thread, because Event.set() in a handler can deadlock on the lock wait() holds.
        threading.Thread(target=stop.set, daemon=True).start()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
