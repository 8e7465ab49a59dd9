"""Is everything well? The one answer, for people, monitors and the supervisor itself."""

import http.client
import json
import time
from pathlib import Path

from cms.core.heartbeats import Silence, silences

ASK_TIMEOUT = 2.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask one that binds all


def silent_parts(folder: Path, *, now: float) -> list[str]:
    """Return one sentence for each part that shows no sign of life, or says that it can't work."""
    return [_in_words(silence) for silence in silences(folder, now=now)]


def _in_words(silence: Silence) -> str:
    if silence.trouble:
        return f"The {silence.part} can't do its work. {silence.trouble}"
    if silence.seconds is None:
        return f"The {silence.part} has not started yet."
    return f"The {silence.part} has been silent for {silence.seconds:.0f} s."


def what_is_wrong(folder: Path, *, is_release_live: bool) -> list[str]:
    """Return one sentence for each thing that is not well; an empty list is health."""
    wrong = silent_parts(folder, now=time.time())
    if not is_release_live:
        wrong.insert(0, "No release of the hub is live yet.")
    return wrong


def ask(host: str, port: int) -> list[str]:
    """Ask a running Plein over HTTP what is wrong with it."""
    door = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=ASK_TIMEOUT)
    try:
        door.request("GET", "/healthz")
        return _sentences(door.getresponse().read())
    except (OSError, http.client.HTTPException):
        return ["The web server does not answer yet."]
    finally:
        door.close()


def _sentences(body: bytes) -> list[str]:
    try:
        return [str(sentence) for sentence in json.loads(body)["wrong"]]
    except (ValueError, KeyError, TypeError):
        return ["The web server answers, but not with its health."]
