"""What is, beside what is kept: sources with the documents they should have. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model

from cms.documents.builders import build
from cms.documents.kinds import kind_of
from cms.documents.lookup import Lookup, lookup_for
from cms.documents.models import PublicDocument
from cms.documents.rows import Built, rows_of
from cms.documents.sources import load, public_among, references_of


@dataclass(frozen=True)
class Comparison:
    """Some sources of one kind, what they should look like, and the documents there are."""

    kind: str
    wanted: set[UUID]
    sources: list[Any]
    public: list[Any]
    built: list[Built]
    rows: dict[UUID, PublicDocument]

    @cached_property
    def public_ids(self) -> set[UUID]:
        return {each.public_id for each in self.built}

    @cached_property
    def missing(self) -> set[UUID]:
        """The ids that no source has (any more)."""
        return self.wanted - {source.public_id for source in self.sources}

    @cached_property
    def changed(self) -> list[Built]:
        return [each for each in self.built if each.differs_from(self.rows.get(each.public_id))]

    @cached_property
    def gone(self) -> list[PublicDocument]:
        return [row for key, row in self.rows.items() if key not in self.public_ids]

    @property
    def differing(self) -> set[UUID]:
        """The ids of which the document is not what it should be."""
        changed = {each.public_id for each in self.changed}
        return changed | {row.public_id for row in self.gone}


def compare(kind: str, wanted: Iterable[UUID]) -> Comparison:
    """Build the documents of sources and fetch those kept, a constant number of queries."""
    ids = set(wanted)
    sources = load(kind, ids)
    return _compared(kind, ids, sources=sources)


def compare_as_read(source: Model, lookup: Lookup) -> Comparison:
    """Compare one source as it is in memory, made of what was looked up before."""
    kind, public_id = kind_of(source), source.public_id  # type: ignore[attr-defined]  # all have one
    return _compared(kind, {public_id}, sources=[source], lookup=lookup)


def _compared(
    kind: str, wanted: set[UUID], *, sources: list[Any], lookup: Lookup | None = None
) -> Comparison:
    public = public_among(kind, sources)
    rows = rows_of(wanted)
    known = lookup_for(public) if lookup is None else lookup
    return Comparison(
        kind=kind,
        wanted=wanted,
        sources=sources,
        public=public,
        built=[
            Built(document=build(source, known), references=references_of(source, known))
            for source in public
        ],
        rows=rows,
    )
