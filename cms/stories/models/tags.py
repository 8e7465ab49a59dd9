from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.search import index

from cms.core.models import PubliclyIdentified


class Tag(PubliclyIdentified, index.Indexed, TagBase):
    """A subject that items share, in a word or two."""

    free_tagging = True

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering: ClassVar[list[str]] = ["name"]


class TaggedItem(ItemBase):
    """A tag on an item; part of the item's revisions."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_items")
    content_object = ParentalKey(
        "stories.EditorialPage", on_delete=models.CASCADE, related_name="tagged_items"
    )
