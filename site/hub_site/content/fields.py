"""Reads one JSON object key by key and says in a sentence what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from hub_site.errors import PressError

_IDENTITY = re.compile(r"[0-9A-Za-z-]{1,64}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class DocumentError(PressError):
    """This document can't be used; the reason is shown to the newsroom."""


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object of the contract, where a missing thing is null and never absent."""

    values: Mapping[str, object]
    where: str = ""

    def _value(self, key: str) -> object:
        if key not in self.values:
            raise DocumentError(f"'{self.where}{key}' is missing.")
        return self.values[key]

    def _wrong(self, key: str, wanted: str) -> DocumentError:
        return DocumentError(f"'{self.where}{key}' should be {wanted}.")

    def is_null(self, key: str) -> bool:
        return self._value(key) is None

    def has(self, key: str) -> bool:
        """Whether it says anything here: a newsroom from before a key was added sends none."""
        return self.values.get(key) is not None

    def text(self, key: str) -> str:
        value = self._value(key)
        if not isinstance(value, str) or _LONE_SURROGATE.search(value):
            raise self._wrong(key, "text")
        return value

    def text_or_none(self, key: str) -> str | None:
        return None if self.is_null(key) else self.text(key)

    def identity(self, key: str) -> str:
        value = self.text(key)
        if not _IDENTITY.fullmatch(value):
            raise self._wrong(key, "an id")
        return value

    def identity_or_none(self, key: str) -> str | None:
        return None if self.is_null(key) else self.identity(key)

    def one_of[T: str](self, key: str, allowed: Mapping[str, T]) -> T:
        value = self.text(key)
        if value not in allowed:
            raise self._wrong(key, f"one of {', '.join(allowed)}, not '{value}'")
        return allowed[value]

    def number(self, key: str) -> int:
        value = self._value(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key, "a whole number")
        return value

    def number_or_none(self, key: str) -> int | None:
        return None if self.is_null(key) else self.number(key)

    def claim(self, key: str) -> bool:
        value = self._value(key)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def moment(self, key: str) -> datetime:
        try:
            moment = datetime.fromisoformat(self.text(key))
        except ValueError as error:
            raise self._wrong(key, "a moment in ISO 8601") from error
        if moment.tzinfo is None:
            raise self._wrong(key, "a moment with its zone")
        # At the far ends of the calendar a time zone leads out of it.
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise self._wrong(key, f"a moment from {_FIRST_YEAR} to {_LAST_YEAR}")
        return moment.astimezone(UTC)

    def moment_or_none(self, key: str) -> datetime | None:
        return None if self.is_null(key) else self.moment(key)

    def items(self, key: str) -> list[object]:
        value = self._value(key)
        if not isinstance(value, list):
            raise self._wrong(key, "a list")
        return value

    def fraction_pair(self, key: str) -> tuple[float, float]:
        match self.items(key):
            case [int() | float() as across, int() | float() as down] if (
                0 <= across <= 1 and 0 <= down <= 1
            ):
                return float(across), float(down)
        raise self._wrong(key, "two numbers from 0 to 1")

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.items(key)
        return tuple(Fields({key: value}, where=self.where).text(key) for value in values)

    def text_lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        values = self.items(key)
        return tuple(Fields({key: value}, where=self.where).texts(key) for value in values)

    def identities(self, key: str) -> tuple[str, ...]:
        values = self.items(key)
        return tuple(Fields({key: value}, where=self.where).identity(key) for value in values)

    def inner(self, key: str) -> "Fields":
        return self._fields_of(self._value(key), key)

    def each(self, key: str) -> list["Fields"]:
        values = self.items(key)
        return [self._fields_of(value, f"{key}[{index}]") for index, value in enumerate(values)]

    def optional[T](self, key: str, parse: Callable[["Fields"], T]) -> T | None:
        return None if self.is_null(key) else parse(self.inner(key))

    def _fields_of(self, value: object, key: str) -> "Fields":
        if not isinstance(value, dict):
            raise self._wrong(key, "an object")
        return Fields(value, where=f"{self.where}{key}.")
