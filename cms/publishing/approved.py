"""The approved text as the page it will be, made before its moment or at it."""

from dataclasses import dataclass, replace
from typing import Any

from wagtail.models import COMMENTS_RELATION_NAME, Revision

from cms.documents.digest import digest_of_page
from cms.documents.lookup import Lookup, lookup_for
from cms.stories.models import EditorialPage

SET_BY_WAGTAIL = ("content_type", "owner", "locale", "locked_by", "alias_of", "live_revision")
"""Foreign keys that a page gets from its row, whatever its revision says."""


@dataclass(frozen=True)
class Approved:
    """An approved text, and what it was made from.

    Attributes:
        page: What goes live.
        item: The page's row as it was.
        revision: The text as it was stored.
        digest: Of the page, to compare with what was approved.
        lookup: What the page mentions.
        looks: Of the feed, before any of this was read.
    """

    page: EditorialPage
    item: EditorialPage
    revision: Revision
    digest: str
    lookup: Lookup
    looks: int

    def holds(self, item: EditorialPage, revision: Revision, *, looks: int) -> bool:
        """Say whether making it now, of these, would give the same."""
        return (
            looks == self.looks
            and revision.pk == self.revision.pk
            and revision.content == self.revision.content
            and _columns(item) == _columns(self.item)
        )


def made_of(item: EditorialPage, revision: Revision, *, looks: int) -> Approved:
    """Return the page that a revision holds, with everything that publishing it takes.

    Args:
        item: The page as its row is now.
        revision: Of this page.
        looks: Of the feed, read before the item and the revision were.
    """
    page = item.with_content_json(_without_questions(revision.content))
    # Comments are no part of a text; kept in memory, those of other people would be undone.
    page._cluster_related_objects.pop(COMMENTS_RELATION_NAME, None)  # noqa: SLF001 - no other way
    # It stands where its row stands; asked for again, that is one question more.
    page._cached_parent_obj = item.get_parent()  # noqa: SLF001 - treebeard's
    lookup = lookup_for([page])
    return Approved(
        page=page,
        item=item,
        revision=revision,
        digest=digest_of_page(page, lookup),
        lookup=replace(lookup, revisions={revision.pk: revision.created_at}),
        looks=looks,
    )


def _without_questions(content: dict[str, Any]) -> dict[str, Any]:
    """Leave out foreign keys that are set otherwise: each would be looked up in the database.

    Those are a page's own that its row overrules, and its children's keys to itself.
    """
    kept = {key: value for key, value in content.items() if key not in SET_BY_WAGTAIL}
    return {key: _children(value) if key in _CHILDREN else value for key, value in kept.items()}


_CHILDREN = frozenset({"authors", "people", "tagged_items"})
_PARENT_KEYS = frozenset({"page", "content_object"})


def _children(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: row[key] for key in row if key not in _PARENT_KEYS} for row in rows]


def _columns(page: EditorialPage) -> dict[str, Any]:
    return {
        column.attname: getattr(page, column.attname)
        for column in page._meta.concrete_fields  # noqa: SLF001 - Django's own word for it
        if column.name != "body"
    } | {"body": list(page.body.raw_data)}
