"""How the press is doing, from the one small file that it keeps in the home."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class PressStatus:
    """What the press said last; empty before it ever said anything."""

    release: int = 0
    problems: Mapping[str, str] = field(default_factory=dict)
    set_aside: tuple[tuple[str, str], ...] = ()
    faulty_pages: tuple[str, ...] = ()


def read_press_status(file: Path) -> PressStatus:
    """Return the status; a file that is missing or makes no sense says nothing."""
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return _status(held)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return PressStatus()


def _status(held: Mapping[str, Any]) -> PressStatus:
    aside = held.get("set_aside") or ()
    return PressStatus(
        release=int(held.get("release") or 0),
        problems={str(step): str(why) for step, why in (held.get("problems") or {}).items()},
        set_aside=tuple((str(each["public_id"]), str(each["reason"])) for each in aside),
        faulty_pages=tuple(str(each) for each in held.get("faulty_pages") or ()),
    )
