"""Presses to be killed, each as warm as the process that it was forked from.

`python -m tests.torture.pressing SETTINGS` forks a running press for each line it is given and
says its process id, then how it ended. With `once` after it, it builds once.
"""

import json
import os
import sys
from pathlib import Path
from threading import Event
from typing import Any

from hub_site.errors import PressError
from hub_site.press import build_once, run_press
from hub_site.settings import PressSettings

TOLD = 3
"""How a press ends that said what was wrong."""


def to_text(settings: PressSettings) -> str:
    fields = {name: getattr(settings, name) for name in settings.__dataclass_fields__}
    return json.dumps({name: str(v) if isinstance(v, Path) else v for name, v in fields.items()})


def from_text(text: str) -> PressSettings:
    fields: dict[str, Any] = json.loads(text)
    places = {"home", "token_file", "config_file", "theme_dir", "pages_dir"}
    return PressSettings(**{n: Path(v) if n in places else v for n, v in fields.items()})  # type: ignore[arg-type]  # as `to_text` wrote them


def quiet(_sentence: str) -> None:
    pass


def give_birth(settings: PressSettings) -> None:
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                run_press(settings, Event(), report=quiet)
            finally:
                os._exit(1)  # only a home that can't be used ends it
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def main() -> None:
    settings = from_text(sys.argv[1])
    if sys.argv[2:] != ["once"]:
        give_birth(settings)
        return
    try:
        build_once(settings, report=quiet)
    except PressError:
        os._exit(TOLD)  # with no word more: this process may not be able to write


if __name__ == "__main__":
    main()
