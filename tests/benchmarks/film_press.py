"""A press that builds once: `python -m tests.benchmarks.film_press HOME ADDRESS`.

In a process of its own, that prints how much memory it took at most, in MiB.
"""

import sys
from pathlib import Path

from hub_site.press import build_once
from tests.benchmarks.press_home import press_settings
from tests.benchmarks.processes import peak_memory


def main(home: Path, address: str) -> None:
    settings = press_settings(home, address, home / "token")
    build_once(settings, report=lambda _sentence: None)
    sys.stdout.write(f"{peak_memory('self')}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
