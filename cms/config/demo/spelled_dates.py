"""Spells the dates in running text again, for the day they were moved to."""

import re
from datetime import datetime
from typing import Any

from babel.dates import format_date

from cms.config.demo.dates import Shift

Facts = dict[str, Any]
KEYS = ("dates_in_text", "ranges_in_text", "months_in_text")


def spelled_for(facts: Facts, shift: Shift) -> Facts:
    """Return an item's facts with every date its text spells out moved like the item itself."""
    moved = {**_days(facts, shift), **_ranges(facts, shift), **_months(facts, shift)}
    if not moved:
        return facts
    longest_first = sorted(moved, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(text) for text in longest_first))
    return {
        key: value if key in KEYS else _replaced(value, pattern, moved)
        for key, value in facts.items()
    }


def _days(facts: Facts, shift: Shift) -> dict[str, str]:
    return {
        text: _like(text, _noon(day, facts, shift), facts["language"])
        for text, day in (facts.get("dates_in_text") or {}).items()
    }


def _ranges(facts: Facts, shift: Shift) -> dict[str, str]:
    """Move `2 tot en met 6 november`; across months the first day gets a month of its own."""
    moved = {}
    for text, days in (facts.get("ranges_in_text") or {}).items():
        first, last = (_noon(day, facts, shift) for day in days)
        between = re.sub(r"^\d+|\d+ \D+$", "", text)
        start = (
            str(first.day)
            if first.month == last.month
            else _like("1 mei", first, facts["language"])
        )
        moved[text] = f"{start}{between}{_like('1 mei', last, facts['language'])}"
    return moved


def _months(facts: Facts, shift: Shift) -> dict[str, str]:
    moved = {}
    for text, month in (facts.get("months_in_text") or {}).items():
        then = datetime.fromisoformat(f"{shift.month(month)}-01")
        words, _space, _name = text.rpartition(" ")
        moved[text] = f"{words} {format_date(then, 'MMMM', locale=facts['language'])}"
    return moved


def _noon(day: str, facts: Facts, shift: Shift) -> datetime:
    return shift.moment(f"{day}T12:00", anchored=bool(facts.get("anchored")))


def _like(text: str, moment: datetime, language: str) -> str:
    """Write a day the way the text did: with its weekday or year only when those stood there."""
    shape = "d MMMM"
    if re.search(r"\d{4}$", text):
        shape += " y"
    if not text[0].isdigit():
        shape = f"EEEE {shape}"
    written = format_date(moment.date(), shape, locale=language)
    return written.capitalize() if text[0].isupper() else written


def _replaced(value: Any, pattern: re.Pattern[str], moved: dict[str, str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda match: moved[match.group()], value)
    if isinstance(value, list):
        return [_replaced(entry, pattern, moved) for entry in value]
    if isinstance(value, dict):
        return {key: _replaced(entry, pattern, moved) for key, entry in value.items()}
    return value
