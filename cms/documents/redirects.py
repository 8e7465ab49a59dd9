"""Old addresses: a path that was left leads on, until something real takes it again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from cms.documents.changes import Changes
from cms.documents.kinds import REDIRECT
from cms.documents.models import FORMAT, FeedHead, FormerPath, PublicDocument
from cms.documents.rows import Built, bury, rows_of, write
from cms.documents.shapes import Document


def mend(
    head: FeedHead,
    *,
    paths: set[str],
    targets: set[UUID],
    left: Mapping[str, UUID] | None = None,
) -> Changes:
    """Make the redirects agree with where documents are now.

    Args:
        head: the locked head of the feed.
        paths: the paths that something real may have taken.
        targets: the documents that moved, came or went.
        left: the paths that were left just now, and by which document.
    """
    if not (paths or targets):
        return Changes()
    if left:
        FormerPath.objects.bulk_create(
            (FormerPath(path=path, target=target) for path, target in left.items()),
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["target"],
        )
    former = list(FormerPath.objects.filter(Q(path__in=paths) | Q(target__in=targets)))
    return _mend(head, former) if former else Changes()


def differing(former: list[FormerPath]) -> set[UUID]:
    """Return which of these old addresses don't lead where they should; writes nothing."""
    found = _compare(former)
    return {*found.retaken, *(each.public_id for each in found.changed), *found.gone}


def mend_these(head: FeedHead, public_ids: Collection[UUID]) -> Changes:
    """Make these old addresses lead where they should."""
    return _mend(head, list(FormerPath.objects.filter(pk__in=public_ids)))


@dataclass(frozen=True)
class _Compared:
    retaken: set[UUID]
    changed: list[Built]
    gone: list[UUID]
    there: Collection[UUID]


def _compare(former: list[FormerPath]) -> _Compared:
    taken, present = _real(former)
    retaken = {each.public_id for each in former if each.path in taken}
    wanted = [
        Built(document=_redirect(each, audience=present[each.target]), references={})
        for each in former
        if each.public_id not in retaken and each.target in present
    ]
    rows = rows_of(each.public_id for each in former)
    return _Compared(
        retaken=retaken,
        changed=[each for each in wanted if each.differs_from(rows.get(each.public_id))],
        gone=list(rows.keys() - {each.public_id for each in wanted}),
        there=rows.keys(),
    )


def _mend(head: FeedHead, former: list[FormerPath]) -> Changes:
    found = _compare(former)
    FormerPath.objects.filter(pk__in=found.retaken).delete()
    bury(head, found.gone)
    write(head, found.changed, over=found.there)
    return Changes(written=len(found.changed), removed=len(found.gone))


def _real(former: list[FormerPath]) -> tuple[set[str], dict[UUID, str]]:
    """Return which of these paths something real has, and for whom the targets are."""
    paths, targets = {each.path for each in former}, {each.target for each in former}
    real = PublicDocument.objects.exclude(kind=REDIRECT).exclude(path=None)
    rows = list(
        real.filter(Q(path__in=paths) | Q(public_id__in=targets)).values_list(
            "path", "public_id", "audience"
        )
    )
    taken = {path for path, _id, _audience in rows if path is not None} & paths
    return taken, {public_id: audience for _path, public_id, audience in rows}


def _redirect(former: FormerPath, *, audience: str) -> Document:
    return {
        "format": FORMAT,
        "id": str(former.public_id),
        "kind": REDIRECT,
        "language": settings.LANGUAGE_CODE,
        "audience": audience,
        "path": former.path,
        "title": "",
        "target": str(former.target),
    }
