"""The sweep: every document compared with its source, at the price of reading what changed."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction

from cms.documents.changes import Changes
from cms.documents.comparison import Comparison, compare
from cms.documents.fingerprints import Mentioned, World, mentioned_by, portions
from cms.documents.head import locked_head
from cms.documents.kinds import MODELS, REDIRECT
from cms.documents.mentions import mentions_of
from cms.documents.models import FeedHead, FormerPath, PublicDocument
from cms.documents.passes import Pass
from cms.documents.redirects import differing as differing_redirects
from cms.documents.redirects import mend_these

logger = logging.getLogger(__name__)

TURNS = 60
"""So many passes until even what looks unchanged was built again: an hour of minutes."""
BUILT_AT_ONCE = 200
PORTION_OF_REDIRECTS = 500
WRITTEN_AT_ONCE = 50
"""Held for about a tenth of a second: an editor who saves meanwhile doesn't notice."""


class SweepError(Exception):
    """Some documents could not be compared; all others were."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a source was made of when its document was found to be right."""

    mentioned: tuple[Mentioned, ...]
    fingerprint: int


class Sweep:
    """Puts right what differs from its source, whichever door that came through.

    It remembers what was found right and what that was made of, and builds only what is made of
    something else now. The memory is its own: a new sweep trusts nothing and builds everything.
    """

    def __init__(self, *, turns: int = TURNS) -> None:
        """Begin with nothing known.

        Args:
            turns: in how many passes everything is built once, whatever it seems to be made of.
        """
        self.turns = turns
        self.failed: dict[UUID, str] = {}
        """What could not be compared in the last pass, and why."""
        self._known: dict[str, dict[UUID, Known]] = {}
        self._keys: dict[Mentioned, Mentioned] = {}
        self._turn = 0

    def run(self, *, between: Callable[[], None] = lambda: None) -> Changes:
        """Compare everything once; nobody waits for more than a small portion of it.

        Args:
            between: called after each portion, outside any transaction.

        Raises:
            SweepError: when something could not be compared, after all else was.
        """
        self._turn += 1
        self.failed = {}
        world = World()
        changes = Changes()
        for kind in (REDIRECT, *MODELS):
            changes += self._put_right(kind, _without_source(kind))
        for kind in reversed(MODELS):
            changes += self._sweep_kind(kind, world, between=between)
        changes += self._sweep_redirects(between)
        if self.failed:
            raise SweepError("; ".join(f"{key}: {why}" for key, why in self.failed.items()))
        return changes

    def _sweep_kind(self, kind: str, world: World, *, between: Callable[[], None]) -> Changes:
        changes = Changes()
        right: dict[UUID, Known] = {}
        for portion in portions(kind, world):
            trusted = self._trusted(kind, portion, world)
            right.update(trusted)
            for some in batched(sorted(portion.keys() - trusted.keys()), BUILT_AT_ONCE):
                differing, mentioned = self._look(kind, some)
                changes += self._put_right(kind, differing)
                for key, keys in mentioned.items():
                    right[key] = Known(keys, world.fingerprint(portion[key], keys))
                between()
            between()
        self._known[kind] = right
        return changes

    def _trusted(self, kind: str, portion: Mapping[UUID, int], world: World) -> dict[UUID, Known]:
        """Return what is made of the same as when its document was found right.

        Every so many turns that is not enough: then it is built and compared all the same.
        """
        before = self._known.get(kind, {})
        return {
            key: known
            for key, own in portion.items()
            if (known := before.get(key)) is not None
            and (key.int - self._turn) % self.turns
            and known.fingerprint == world.fingerprint(own, known.mentioned)
        }

    def _look(
        self, kind: str, wanted: Iterable[UUID]
    ) -> tuple[set[UUID], dict[UUID, tuple[Mentioned, ...]]]:
        """Build some documents; return which differ, and what those that don't mention.

        What differs is not remembered: the next pass looks at how it was put right.
        """
        differing: set[UUID] = set()
        mentioned: dict[UUID, tuple[Mentioned, ...]] = {}
        for found in self._compared(kind, set(wanted)):
            public = {source.public_id: source for source in found.public}
            differing |= found.differing
            for key in found.wanted - found.differing - found.missing:
                keys = mentioned_by(mentions_of(public[key])) if key in public else ()
                mentioned[key] = tuple(self._keys.setdefault(each, each) for each in keys)
        return differing, mentioned

    def _compared(self, kind: str, wanted: set[UUID]) -> Iterator[Comparison]:
        """Compare together, or one by one when something among them can't be built."""
        try:
            yield compare(kind, wanted)
        except Exception as error:  # noqa: BLE001 - it is named, the others go on
            if len(wanted) == 1:
                self._fail(kind, wanted, error)
                return
            for key in wanted:
                yield from self._compared(kind, {key})

    def _put_right(self, kind: str, wanted: Iterable[UUID]) -> Changes:
        changes = Changes()
        for some in batched(sorted(wanted), WRITTEN_AT_ONCE):
            changes += self._write(kind, set(some))
        return changes

    def _write(self, kind: str, wanted: set[UUID]) -> Changes:
        """Write together, or one by one when something that follows from it can't be built."""
        try:
            with transaction.atomic(), locked_head() as head:
                head.looks += 1
                return _pass_over(head, kind, wanted)
        except Exception as error:  # noqa: BLE001 - it is named, the others go on
            if len(wanted) == 1:
                self._fail(kind, wanted, error)
                return Changes()
            return sum((self._write(kind, {key}) for key in wanted), Changes())

    def _sweep_redirects(self, between: Callable[[], None]) -> Changes:
        changes = Changes()
        keys = FormerPath.objects.order_by("pk").values_list("pk", flat=True)
        for some in batched(keys, PORTION_OF_REDIRECTS):
            former = list(FormerPath.objects.filter(pk__in=some))
            if wanted := differing_redirects(former):
                with transaction.atomic(), locked_head() as head:
                    changes += mend_these(head, wanted)
            between()
        return changes

    def _fail(self, kind: str, wanted: set[UUID], error: Exception) -> None:
        (key,) = wanted
        logger.error("The sweep could not compare %s %s", kind, key, exc_info=error)
        self.failed[key] = f"{type(error).__name__}: {error}"


def _pass_over(head: FeedHead, kind: str, wanted: set[UUID]) -> Changes:
    work = Pass(head)
    if kind == REDIRECT:
        work.take_away(wanted)
    else:
        work.look_at({kind: wanted})
    work.finish()
    return work.changes


def _without_source(kind: str) -> set[UUID]:
    """Return the documents of a kind whose source is gone, or is of another kind."""
    model: Any = FormerPath if kind == REDIRECT else MODELS[kind]
    documents = PublicDocument.objects.filter(kind=kind)
    lost = documents.exclude(public_id__in=model.objects.order_by().values("public_id"))
    return set(lost.values_list("public_id", flat=True))
