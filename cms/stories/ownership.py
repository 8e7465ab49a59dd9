"""Whose an item is: of who made it, and of everyone named as its author."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from wagtail.query import PageQuerySet

from cms.accounts import roles
from cms.stories.models.items import Author, EditorialPage
from cms.stories.models.sections import Rubric


def items_of(user: AbstractBaseUser) -> PageQuerySet:
    """Return the items that are this person's own, of whatever kind."""
    written = Author.objects.filter(person__user=user).values("page")
    items: PageQuerySet = EditorialPage.objects.filter(Q(owner=user) | Q(pk__in=written))
    return items


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
