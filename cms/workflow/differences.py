"""What changed between two versions of an item, for people to read."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.rich_text import RichText

from cms.media.models import Document as File
from cms.media.models import Image
from cms.stories.models import EditorialPage
from cms.workflow.moments import in_words
from cms.workflow.wording import Difference, in_plain_words

__all__ = ["Difference", "between"]

FIELDS = (
    "title",
    "slug",
    "language",
    "summary",
    "interviewee",
    "importance",
    "valid_from",
    "valid_until",
    "prominent_until",
    "look_at_again_on",
    "replaces",
    "starts_at",
    "ends_at",
    "place",
    "link",
    "organiser",
    "meant_for",
    "is_cancelled",
    "cancellation",
    "asked",
    "effort",
    "until",
    "result",
    "lead_image",
    "lead_image_alt",
    "lead_image_caption",
    "body",
    "authors",
    "people",
    "connection",
    "goal",
    "core_value",
    "theme",
    "departments",
    "tags",
    "audience",
    "audience_reason",
    "translation_of",
    "expire_at",
)
"""In the order in which a reader meets them."""


def between(old_page: EditorialPage, new_page: EditorialPage) -> list[Difference]:
    """Return what differs between two versions of one item, in reading order."""
    found: list[Difference] = []
    for name in FIELDS:
        if name == "body":
            found += _between_bodies(old_page.body, new_page.body)
        elif _has(new_page, name):
            old, new = _said(old_page, name), _said(new_page, name)
            if old != new:
                found.append(Difference(field=name, label=_label(new_page, name), old=old, new=new))
    return found


def _has(page: EditorialPage, name: str) -> bool:
    return hasattr(type(page), name)


LABELS: dict[str, Callable[[], str]] = {
    "authors": lambda: _("Authors"),
    "people": lambda: _("People in it"),
    "expire_at": lambda: _("Ends"),
    "slug": lambda: _("Address"),
    "title": lambda: _("Title"),
}


def _label(page: EditorialPage, name: str) -> str:
    if name in LABELS:
        return LABELS[name]()
    field = page._meta.get_field(name)  # noqa: SLF001 - how Django names it
    return str(capfirst(getattr(field, "verbose_name", name)))


def _said(page: EditorialPage, name: str) -> str:
    """Return the value of a field as the form would say it."""
    if name in {"authors", "people"}:
        return ", ".join(str(entry.person) for entry in getattr(page, name).all())
    if name in {"departments", "tags"}:
        return ", ".join(sorted(str(entry) for entry in getattr(page, name).all()))
    if name == "lead_image":
        return _picture(page.lead_image)
    display = getattr(page, f"get_{name}_display", None)
    if display:
        return str(display())
    return _as_text(getattr(page, name))


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return in_words(value)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return str(value)


def _picture(image: models.Model | None) -> str:
    """Name a picture by title and by the hash of its file: a replaced file is a change too."""
    if image is None:
        return ""
    return f"{image} [{str(getattr(image, 'file_hash', '') or '')[:8]}]"


def _between_bodies(old: StreamValue, new: StreamValue) -> Iterator[Difference]:
    was = {block.id: block for block in old}
    now = {block.id: block for block in new}
    for block in old:
        if block.id not in now:
            yield _of_block(block, old=_block_text(block), new="")
    for block in new:
        before = was.get(block.id)
        old_text, new_text = (_block_text(before) if before else ""), _block_text(block)
        if old_text != new_text or before is None:
            yield _of_block(block, old=old_text, new=new_text)
    yield from _moved(list(was), list(now))


def _moved(was: list[str], now: list[str]) -> Iterator[Difference]:
    stayed = set(was) & set(now)
    old = [identity for identity in was if identity in stayed]
    new = [identity for identity in now if identity in stayed]
    if old != new:
        yield Difference(
            field="body",
            label=_("Order of the text"),
            old=" ".join(str(old.index(identity) + 1) for identity in old),
            new=" ".join(str(old.index(identity) + 1) for identity in new),
        )


def _of_block(block: StreamValue.StreamChild, *, old: str, new: str) -> Difference:
    label = str(block.block.label)
    return Difference(field="body", label=label, old=old, new=new, block=block.id)


def _block_text(block: StreamValue.StreamChild) -> str:
    value = block.value
    if isinstance(value, RichText):
        return in_plain_words(value.source)
    return "\n".join(_lines(value.items()))


def _lines(values: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Return what each part of a block says, empty parts left out."""
    for name, value in values:
        if value is None or value == "":
            continue
        if name == "image":
            yield _picture(value)
            yield _("Decoration") if value.decorative else (value.contextual_alt_text or "")
        elif isinstance(value, ListValue):
            for each in value:
                yield from _lines(each.items())
        else:
            yield _value_in_words(value)


def _value_in_words(value: Any) -> str:
    match value:
        case RichText():
            return in_plain_words(value.source)
        case TypedTable():
            return "\n".join(_rows(value))
        case File():
            return f"{value} [{value.content_hash[:8]}]"
        case Image():
            return _picture(value)
        case bool():
            return _("yes") if value else _("no")
    return str(value)


def _rows(table: TypedTable) -> Iterator[str]:
    if table.caption:
        yield table.caption
    yield " | ".join(str(column["heading"]) for column in table.columns)
    for row in table.row_data:
        yield " | ".join(str(cell or "") for cell in row["values"])
