"""Days that are spelled out must be known to the loader, or they stay behind when it shifts."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

Facts = dict[str, Any]

MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
]  # fmt: skip
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
SPELLED = re.compile(
    rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}) )?(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})"
    r"(?: (?P<year>\d{4}))?",
    re.IGNORECASE,
)
HISTORIC = {"1 juli 1863"}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _strings(entry)


def _text(item: Facts) -> str:
    written = "\n".join(_strings([item["title"], item["summary"], item["body"]]))
    return re.sub(r"<[^>]+>", "", written)


def test_phrases_stand_in_the_text_they_belong_to(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        for key in ("dates_in_text", "ranges_in_text", "months_in_text"):
            for phrase in item.get(key) or {}:
                assert phrase in _text(item), (number, phrase)


def test_phrases_say_the_day_they_stand_for(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        for phrase, written in (item.get("dates_in_text") or {}).items():
            said = SPELLED.fullmatch(phrase)
            meant = date.fromisoformat(written)
            assert said is not None, (number, phrase)
            assert int(said["day"]) == meant.day, (number, phrase)
            assert MONTHS.index(said["month"]) == meant.month - 1, (number, phrase)
            if said["weekday"]:
                assert WEEKDAYS.index(said["weekday"].lower()) == meant.weekday(), (number, phrase)
            if said["year"]:
                assert int(said["year"]) == meant.year, (number, phrase)


def test_no_spelled_day_is_left_behind_by_the_shift(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        known = {*(item.get("dates_in_text") or {}), *HISTORIC}
        ranges = " ".join(item.get("ranges_in_text") or {})
        for said in SPELLED.finditer(_text(item)):
            stays = item.get("anchored") and not said["weekday"] and not said["year"]
            assert said.group() in known or said.group() in ranges or stays, (number, said.group())
