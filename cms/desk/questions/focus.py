"""Where somebody goes on after a button that draws the screen of questions anew."""

from collections.abc import Mapping


def went_on_at(posted: Mapping[str, str], *, rows: int) -> str:
    """Return the id of what was just used or made; empty where that is nothing on the screen.

    Args:
        posted: What was sent.
        rows: How many questions there are now.
    """
    last = rows - 1
    if "add" in posted:
        return f"{last}-ask"
    if (place := _number(posted.get("up"))) is not None:
        return f"{place - 1}-up" if place > 1 else "0-down"
    if (place := _number(posted.get("down"))) is not None:
        return f"{place + 1}-down" if place + 1 < last else f"{last}-up"
    changed, _, what = posted.get("again", "").partition("-")
    if (place := _number(changed)) is None or last < 0:
        return ""
    return f"{place}-answer" if what == "answer" else f"{min(place, last)}-ask"


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdecimal() else None
