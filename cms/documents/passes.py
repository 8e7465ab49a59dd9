"""One pass over sources: compare, write what differs, and go on to what that touches."""

from collections.abc import Iterable
from uuid import UUID

from cms.core.audiences import EVERYONE
from cms.documents.changes import Changes
from cms.documents.comparison import Comparison, compare
from cms.documents.kinds import MENTIONED_ONLY, MODELS, kind_of
from cms.documents.models import FeedHead, PublicDocument, Reference
from cms.documents.redirects import mend
from cms.documents.rows import Built, bury, rows_of, write
from cms.stories.models import EditorialPage

type Wanted = dict[str, set[UUID]]
type References = dict[UUID, dict[UUID, str]]

FOLLOWED = frozenset({"image", "tag", "file", "announcement"})
"""Kinds that look different, or come and go, when a document that mentions them does."""


class Pass:
    """What is still to be looked at while documents are made to follow their sources.

    Only a document that changed leads on to others, so it ends by itself.
    """

    def __init__(self, head: FeedHead) -> None:
        self.head = head
        self.changes = Changes()
        self.touched: Wanted = {}
        self.mentioned: Wanted = {}
        """What got one more mention: only news when it is not for everyone yet."""

    def look_at(self, wanted: Wanted) -> None:
        """Compare these sources with their documents, a constant number of queries per kind."""
        for kind in sorted(wanted, key=list(MODELS).index, reverse=True):
            if wanted[kind]:
                self._look_at_kind(kind, wanted[kind])

    def take_away(self, public_ids: Iterable[UUID]) -> None:
        """Remove documents whatever their sources say."""
        rows = rows_of(public_ids)
        self._gone(list(rows.values()), _references(rows))

    def finish(self) -> None:
        """Look at what was touched, and at what that touches, until nothing is left."""
        while wanted := self._next():
            self.look_at(wanted)

    def _next(self) -> Wanted:
        wanted, self.touched = self.touched, {}
        mentioned, self.mentioned = self.mentioned, {}
        ids = set().union(*mentioned.values())
        rows = rows_of(ids) if ids else {}
        public = {public_id for public_id, row in rows.items() if row.audience == EVERYONE}
        for kind, targets in mentioned.items():
            wanted.setdefault(kind, set()).update(targets - public)
        return {kind: targets for kind, targets in wanted.items() if targets}

    def mend_redirects(self, targets: set[UUID]) -> None:
        """Let old addresses follow what came or went."""
        self.changes += mend(self.head, paths=set(), targets=targets)

    def _look_at_kind(self, kind: str, wanted: set[UUID]) -> None:
        self.take_in(compare(kind, wanted))

    def take_in(self, found: Comparison) -> list[PublicDocument]:
        """Write what differs, and note what that touches; return what was written."""
        rows, changed = found.rows, found.changed
        before = _references(rows)
        written = write(self.head, changed, over=rows.keys())
        self.changes += Changes(written=len(changed))
        for each in changed:
            self._follow(each, rows.get(each.public_id), before.get(each.public_id, {}))
        self._follow_paths(changed, rows)
        self._gone(found.gone, before)
        self._follow_dependents(found.missing | _turned(found))
        return written

    def _gone(self, rows: list[PublicDocument], before: References) -> None:
        bury(self.head, [row.public_id for row in rows])
        self.changes += Changes(removed=len(rows))
        for row in rows:
            self._touch(before.get(row.public_id, {}))
        # Remembered, so that it leads on if the same thing comes back at another address.
        left = {row.path: row.public_id for row in rows if row.path is not None}
        self.changes += mend(self.head, paths=set(), targets=set(left.values()), left=left)

    def _follow(self, built: Built, row: PublicDocument | None, before: dict[UUID, str]) -> None:
        after = built.references
        if row is not None and row.audience != built.document["audience"]:
            self._touch(before | after)
        else:
            self._touch({target: before[target] for target in before.keys() - after.keys()})
            self._mention({target: after[target] for target in after.keys() - before.keys()})
        if row is None:
            return
        if row.kind == "image" and row.content["alt"] != built.document["alt"]:
            self._follow_dependents({row.public_id})
        if row.kind in {"rubric", "section"} and row.path != built.document["path"]:
            self._follow_children(row)

    def _follow_paths(self, changed: list[Built], rows: dict[UUID, PublicDocument]) -> None:
        """Leave an old address behind where a path changed; take it back where it is used again.

        An address that leads to something is for whom that is: it follows to another audience.
        """
        paths: set[str] = set()
        targets: set[UUID] = set()
        left: dict[str, UUID] = {}
        for each in changed:
            row, path = rows.get(each.public_id), each.document["path"]
            place = path, each.document["audience"]
            if not isinstance(path, str) or (row and (row.path, row.audience) == place):
                continue
            paths.add(path)
            targets.add(each.public_id)
            if row and row.path not in {None, path}:
                left[row.path] = each.public_id
        if paths:
            self.changes += mend(self.head, paths=paths, targets=targets, left=left)

    def _follow_children(self, row: PublicDocument) -> None:
        parent = MODELS[row.kind].objects.get(public_id=row.public_id)
        for item in EditorialPage.objects.descendant_of(parent).live().specific():
            self.touched.setdefault(kind_of(item), set()).add(item.public_id)

    def _follow_dependents(self, targets: set[UUID]) -> None:
        """Look again at the documents that mention these, by id or by name."""
        if not targets:
            return
        dependents = PublicDocument.objects.filter(references__target__in=targets)
        for kind, public_id in dependents.values_list("kind", "public_id").distinct():
            self.touched.setdefault(kind, set()).add(public_id)

    def _mention(self, targets: dict[UUID, str]) -> None:
        alone = {target: kind for target, kind in targets.items() if kind in MENTIONED_ONLY}
        for target, kind in alone.items():
            self.mentioned.setdefault(kind, set()).add(target)
        self._touch({target: targets[target] for target in targets.keys() - alone.keys()})

    def _touch(self, targets: dict[UUID, str]) -> None:
        for target, kind in targets.items():
            if kind in FOLLOWED:
                self.touched.setdefault(kind, set()).add(target)


def _references(rows: dict[UUID, PublicDocument]) -> References:
    found: References = {}
    if not rows:
        return found
    kept = Reference.objects.filter(document__in=list(rows))
    for document, target, kind in kept.values_list("document", "target", "kind"):
        found.setdefault(document, {})[target] = kind
    return found


def _turned(found: Comparison) -> set[UUID]:
    """Return what is mentioned in another way than until now, though it is there as before."""
    match found.kind:
        case "person":  # by name
            return found.wanted - (found.public_ids & found.rows.keys())
        case "image" | "file":  # not at all
            return {row.public_id for row in found.gone}
        case _:
            return set()
