"""Who approves what, and whose item it is."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Length, Substr
from wagtail.models import Page

from cms.accounts import roles
from cms.accounts.models import User
from cms.stories.models import EditorialPage, Rubric
from cms.stories.ownership import hidden_from
from cms.stories.policy import may_see

type Someone = User | AnonymousUser


def rubric_of(page: Page) -> Rubric | None:
    """Return the rubric an item stands in; None for an item in a section."""
    return Rubric.objects.filter(path=page.path[: -Page.steplen]).first()


def approvers_of(page: Page) -> QuerySet[User]:
    """Return the active people who may approve an item, without looking at what they wrote."""
    rubric = rubric_of(page)
    in_group = (
        Q(groups=rubric.approvers_id)
        if rubric and rubric.approvers_id
        else Q(groups__name=roles.COMMUNITY_MANAGERS)
    )
    people = User.objects.filter(in_group, is_active=True).order_by("pk").distinct()
    return _within_circle(people, page)


def _within_circle(people: QuerySet[User], page: Page) -> QuerySet[User]:
    """Leave out who may not see an item, where it is still confidential."""
    if not getattr(page.specific_deferred, "is_confidential", False):
        return people
    circle = EditorialPage.circle.through.objects.filter(editorialpage=page.pk)
    return people.filter(pk__in=circle.values("user"))


def may_approve(user: Someone, page: Page) -> bool:
    """Say whether this person approves in this rubric."""
    return user.is_authenticated and approvers_of(page).filter(pk=user.pk).exists()


def may_edit_in_review(user: Someone, page: Page) -> bool:
    """Say whether this person may still change an item that waits for a decision."""
    return _is_managers(user, page) or may_approve(user, page)


def may_place(user: Someone, page: Page) -> bool:
    """Say whether this person chooses when an approved item goes live.

    A rubric may approve for itself; on which day it stands on the hub is still arranged together.
    """
    return _is_managers(user, page) or may_approve(user, page)


def _is_managers(user: Someone, page: Page) -> bool:
    item = page.specific_deferred
    return roles.is_community_manager(user) and (
        not isinstance(item, EditorialPage) or may_see(user, item)
    )


def may_take_offline(user: Someone, page: Page) -> bool:
    """Taking offline never waits for the right person: approvers, managers and administrators."""
    item = page.specific_deferred
    is_seen = not isinstance(item, EditorialPage) or may_see(user, item)
    return is_seen and (roles.sees_everything(user) or may_approve(user, page))


def authors_of(page: EditorialPage) -> QuerySet[User]:
    """Return the active accounts behind an item: who made it, and who is named as its author."""
    named = [author.person_id for author in page.authors.all()]
    behind = User.objects.filter(Q(pk=page.owner_id) | Q(person__in=named), is_active=True)
    return _within_circle(behind.order_by("pk").distinct(), page)


def is_author(user: Someone, page: EditorialPage) -> bool:
    return user.is_authenticated and authors_of(page).filter(pk=user.pk).exists()


def may_submit(user: Someone, page: EditorialPage) -> bool:
    """Say whether this person may ask for a decision: an author, or whoever edits everything."""
    return may_see(user, page) or may_approve(user, page)


def approvable_ids(user: Any) -> QuerySet[EditorialPage, Any]:
    """Return the ids, as text, of the items that this person may approve: to ask within."""
    texts = EditorialPage.objects.annotate(text_id=Cast("pk", CharField())).values("text_id")
    if not user.is_authenticated:
        return texts.none()
    parent = Rubric.objects.filter(path=OuterRef("parent_path"))
    own_groups = user.groups.values("pk")
    within = Q(Exists(parent.filter(approvers__in=own_groups)))
    if roles.is_community_manager(user):
        within |= ~Q(Exists(parent.filter(approvers__isnull=False)))
    items = EditorialPage.objects.annotate(
        parent_path=Substr("path", Value(1), Length("path") - Page.steplen)
    ).filter(within & ~Q(pk__in=hidden_from(user).values("pk")))
    return texts.filter(pk__in=items.values("pk"))
