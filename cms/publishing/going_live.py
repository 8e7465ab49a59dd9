"""Wagtail's own act of publishing, for a page that was compared with what was approved."""

from functools import cache, partial
from typing import Any

from django.db import connection
from django.db.models import ForeignKey, Model
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.actions.base import BaseAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import COMMENTS_RELATION_NAME, AbstractPage

from cms.accounts.models import User
from cms.documents.sources import CHILDREN
from cms.publishing.approved import Approved
from cms.stories.models import EditorialPage


def make_live(text: Approved, item: EditorialPage, *, by: User | None) -> EditorialPage:
    """Publish a text as Wagtail does, with its log and signals; return the page with its children.

    Args:
        text: What was approved, and still holds.
        item: The locked row of its page.
        by: Who approved it.
    """
    page = text.page
    kept = {name: list(getattr(page, name).all()) for name in CHILDREN}
    _PublishApproved(text, item, by=by).execute(skip_permission_checks=True)
    # Saving lets go of the children; they were written just now and are wanted for the document.
    for name, children in kept.items():
        setattr(page, name, children)
    return page


class _PublishApproved(PublishPageRevisionAction):
    """Publishes the very object that was compared; Wagtail's own makes one more of the revision."""

    def __init__(self, text: Approved, item: EditorialPage, *, by: User | None) -> None:
        BaseAction.__init__(self, text.page, user=by)
        self.revision = text.revision
        self.object = text.page
        text.page.__dict__["save"] = partial(_save, text.page, item)
        self.changed, self.log_action, self.previous_revision = True, True, None


def _save(page: EditorialPage, item: EditorialPage) -> None:
    """Save as Wagtail's `Page.save` does, less the questions that are answered already.

    Whatever a page points at was looked up for its digest, and what must be unique the database
    keeps unique. Only addresses are kept by nobody else. It holds once: who listens to the signals
    of publishing gets a page that saves as any other.
    """
    page.__dict__.pop("save")
    if page.slug != item.slug:
        # What is below it moves along, and others are told.
        page.save()
        return
    pointers = {field.name for field in _columns(type(page)) if isinstance(field, ForeignKey)}
    page.full_clean(exclude=pointers, validate_unique=False, validate_constraints=False)
    written = [field.name for field in _columns(type(page)) if not field.primary_key]
    super(AbstractPage, page).save(update_fields=[*written, *_changed_children(page)])


def _columns(model: type[Model]) -> list[Any]:
    return list(model._meta.concrete_fields)  # noqa: SLF001 - Django's own word for it


def _changed_children(page: EditorialPage) -> list[str]:
    """Return the relations whose rows are not what the text says."""
    relations = [
        (relation.get_accessor_name(), relation.related_model, relation.field.attname)
        for relation in get_all_child_relations(page)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    ]
    changed = [
        name
        for name, model, parent in relations
        if _stored(model, parent, page.pk) != _in_memory(page, name, model=model)
    ]
    for field in get_all_child_m2m_relations(page):
        through = field.remote_field.through
        wanted = {(child.pk,) for child in getattr(page, field.name).all()}
        columns = (field.m2m_reverse_name(),)
        if _rows(through._meta.db_table, columns, (field.m2m_column_name(), page.pk)) != wanted:  # noqa: SLF001
            changed.append(field.name)
    return changed


def _in_memory(page: EditorialPage, name: str, *, model: type[Model]) -> set[tuple[Any, ...]]:
    return {
        tuple(
            column.get_db_prep_value(getattr(child, column.attname), connection)
            for column in _columns(model)
        )
        for child in getattr(page, name).all()
    }


def _stored(model: type[Model], parent: str, key: int) -> set[tuple[Any, ...]]:
    columns = tuple(column.column for column in _columns(model))
    return _rows(model._meta.db_table, columns, (parent, key))  # noqa: SLF001 - as above


def _rows(table: str, columns: tuple[str, ...], where: tuple[str, int]) -> set[tuple[Any, ...]]:
    """Return rows as the driver gives them: to make objects of them costs more than to write."""
    parent, key = where
    with connection.cursor() as cursor:
        cursor.execute(_statement(table, columns, parent=parent), [key])
        return set(cursor.fetchall())


@cache
def _statement(table: str, columns: tuple[str, ...], *, parent: str) -> str:
    quoted = connection.ops.quote_name
    wanted = ", ".join(map(quoted, columns))
    return f"SELECT {wanted} FROM {quoted(table)} WHERE {quoted(parent)} = %s"  # noqa: S608 - names of our own tables
