"""What changed in this thread and was not looked at yet."""

from collections.abc import Collection
from dataclasses import dataclass, field
from threading import local
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model


@dataclass(frozen=True)
class Hint:
    """One source that changed, and how deep in the transaction that was."""

    source: Model
    savepoints: tuple[Any, ...]


@dataclass
class Hints(local):
    """Kept until the transaction ends; what a rolled-back one left does no harm."""

    kept: list[Hint] = field(default_factory=list)

    def add(self, source: Model) -> None:
        self.kept.append(Hint(source, _savepoints()))

    def take(self) -> list[Model]:
        """Return what is to be looked at, and forget it."""
        taken, self.kept = self.kept, []
        return [hint.source for hint in taken]

    def answered(self, public_ids: Collection[UUID]) -> None:
        """Forget the hints about sources whose documents were made right just now.

        Not those from outside a savepoint in which that was done: it may still be undone alone.
        """
        inside = _savepoints()
        self.kept = [
            hint
            for hint in self.kept
            if getattr(hint.source, "public_id", None) not in public_ids
            or hint.savepoints[: len(inside)] != inside
        ]


def _savepoints() -> tuple[Any, ...]:
    return tuple(connection.savepoint_ids)


hints = Hints()
