from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext, override
from wagtail.models import Page

from cms.core.models import PubliclyIdentified

KEPT = frozenset({"public_id", "language", "is_confidential", "placement", "placed_until"})
CONTENT_OF_PAGE = frozenset({"seo_title", "search_description"})
CHILDREN = ("authors", "people", "tagged_items")


def busy_title() -> str:
    """Return what everyone outside the circle sees, in the language of the house."""
    with override(settings.LANGUAGE_CODE):
        return gettext("Busy")


class Confidential(PubliclyIdentified):
    """Keeps title and text of an item within a circle of named people, until it is published.

    The row of such an item says nothing: every list, search, report and chooser that reads rows
    is safe by itself. The words are in its revisions alone, behind doors that ask the policy.
    """

    is_confidential = models.BooleanField(default=False, editable=False)
    circle = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, editable=False, related_name="confided_items"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # Wagtail writes this beside every revision.
        return busy_title() if self.is_confidential else str(super().__str__())

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_over = self.is_confidential and self.live  # type: ignore[attr-defined]
        if is_over:
            self.is_confidential = False
            self.draft_title = self.title  # type: ignore[attr-defined]
        elif self.is_confidential:
            self.draft_title = busy_title()
        super().save(*args, **kwargs)
        if is_over:
            self.circle.clear()
        elif self.is_confidential and kwargs.get("update_fields") is None:
            self._empty_row()

    def with_content_json(self, content: Any) -> Any:
        """Return this item with a revision's words; whether it is confidential is no word."""
        found = super().with_content_json(content)  # type: ignore[misc]
        found.is_confidential = self.is_confidential
        return found

    def _empty_row(self) -> None:
        """Leave nothing of the content in the database but the revisions."""
        model: Any = type(self)
        empty = {
            field.name: field.get_default()
            for field in model._meta.concrete_fields  # noqa: SLF001 - Django's own name
            if _is_content(field)
        }
        slug = f"{slugify(busy_title())}-{self.public_id.hex[-12:]}"
        parent = self.url_path.rstrip("/").rpartition("/")[0]  # type: ignore[attr-defined]
        model.objects.filter(pk=self.pk).update(
            **empty,
            title=busy_title(),
            draft_title=busy_title(),
            slug=slug,
            url_path=f"{parent}/{slug}/",
        )
        for name in CHILDREN:
            relation = model._meta.get_field(name)  # noqa: SLF001 - Django's own name
            relation.related_model.objects.filter(**{relation.field.name: self.pk}).delete()
        stored = model.objects.get(pk=self.pk)
        stored.departments.clear()
        stored.save(clean=False, update_fields=["departments", "draft_title"])  # seen by the search


def _is_content(field: Any) -> bool:
    if field.model is Page:
        return field.name in CONTENT_OF_PAGE
    return not field.primary_key and field.name not in KEPT
