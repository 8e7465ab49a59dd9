"""Doors other than our own acts: they only hint, and the sweep is the truth."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from cms.documents.actions import look_again
from cms.documents.hints import hints
from cms.documents.kinds import MODELS, PAGES
from cms.documents.pictures import kept_in
from cms.documents.sources import family_of
from cms.media.models import Image
from cms.media.signals import renditions_made


def connect() -> None:
    """Listen; called once, when the apps are ready."""
    for kind, model in MODELS.items():
        if kind not in PAGES:
            post_save.connect(source_changed, sender=model, dispatch_uid=f"documents.{kind}.saved")
        post_delete.connect(source_changed, sender=model, dispatch_uid=f"documents.{kind}.deleted")
    for signal in (page_published, page_unpublished, page_slug_changed):
        signal.connect(source_changed, dispatch_uid="documents.page_changed")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="documents.restricted"
        )
        signal.connect(
            collection_restricted,
            sender=CollectionViewRestriction,
            dispatch_uid="documents.collection_restricted",
        )
    post_page_move.connect(page_moved, dispatch_uid="documents.page_moved")
    renditions_made.connect(source_changed, sender=Image, dispatch_uid="documents.renditions")


def source_changed(instance: Model, **_: Any) -> None:
    hints.add(instance)
    transaction.on_commit(look_again_at_hinted, robust=True)


def page_moved(instance: Page, **_: Any) -> None:
    transaction.on_commit(partial(look_again_at_family, instance.pk), robust=True)


def restriction_changed(instance: PageViewRestriction, **_: Any) -> None:
    transaction.on_commit(partial(look_again_at_family, instance.page_id), robust=True)


def collection_restricted(instance: CollectionViewRestriction, **_: Any) -> None:
    transaction.on_commit(partial(look_again_at_pictures, instance.collection_id), robust=True)


def look_again_at_hinted() -> None:
    """Look once at all that one transaction changed."""
    if sources := hints.take():
        look_again(*sources)


def look_again_at_family(page_id: int) -> None:
    """Bring a page, all below it and those beside it up to date."""
    look_again(*family_of(page_id))


def look_again_at_pictures(collection_id: int) -> None:
    """Bring the pictures and files of a collection, and of those below it, up to date."""
    look_again(*kept_in(collection_id))
