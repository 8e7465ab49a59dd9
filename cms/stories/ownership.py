"""Whose an item is: of who made it and of everyone named as its author, or of its circle."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from wagtail.query import PageQuerySet

from cms.accounts import roles
from cms.audiences.models import RemovedInConfidence
from cms.stories.models.items import Author, EditorialPage
from cms.stories.models.sections import Rubric


def items_of(user: AbstractBaseUser) -> PageQuerySet:
    """Return the items that are this person's own, of whatever kind."""
    written = Author.objects.filter(person__user=user).values("page")
    open_ones = Q(is_confidential=False) & (Q(owner=user) | Q(pk__in=written))
    confided = Q(is_confidential=True, pk__in=_confided_to(user))
    items: PageQuerySet = EditorialPage.objects.filter(open_ones | confided)
    return items


def hidden_from(user: AbstractBaseUser) -> PageQuerySet:
    """Return the items whose words this person may not see, whoever she is: `may_see` as a set."""
    confidential = EditorialPage.objects.filter(is_confidential=True)
    hidden: PageQuerySet = confidential.exclude(pk__in=_confided_to(user))
    return hidden


def about_hidden(user: AbstractBaseUser, *, page: str = "page") -> Q:
    """Return what rows must not be to be shown to this person: about an item hidden from her.

    Rows outlive items. One that was removed while it was confidential stays its circle's.

    Args:
        user: Who looks.
        page: The field of those rows that holds the key of an item, or `…item_id_kept`, which
            holds its public id.
    """
    is_public = page.endswith("item_id_kept")
    gone = RemovedInConfidence.objects.exclude(circle=user.pk)
    there = hidden_from(user).values("public_id" if is_public else "pk")
    known = gone.values("item" if is_public else "page")
    return Q(**{f"{page}__in": there}) | Q(**{f"{page}__in": known})


def real_titles(items: Iterable[EditorialPage], *, reader: AbstractBaseUser) -> dict[int, str]:
    """Return the titles of confidential items, by key, of those that this person may see."""
    keys = [item.pk for item in items if item.is_confidential]
    if not keys:
        return {}
    seen = EditorialPage.objects.filter(pk__in=keys).exclude(
        pk__in=hidden_from(reader).values("pk")
    )
    return dict(seen.values_list("pk", "latest_revision__content__title"))


def _confided_to(user: AbstractBaseUser) -> QuerySet[Any]:
    circles: QuerySet[Any] = EditorialPage.circle.through.objects.all()
    return circles.filter(user=user.pk).values("editorialpage")


def is_own(page_id: int, user: AbstractBaseUser) -> bool:
    return bool(items_of(user).filter(pk=page_id).exists())


def rubrics_open_to(user: roles.Someone) -> PageQuerySet:
    """Return the rubrics, online and in order, that this person may write in."""
    online: PageQuerySet = Rubric.objects.live().order_by("path")
    if roles.sees_everything(user):
        return online
    own_group = Q(approvers__in=roles.approving_groups(user))
    if roles.is_ambassador(user):
        own_group |= Q(open_to_ambassadors=True)
    return online.filter(own_group)
