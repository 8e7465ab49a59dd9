"""Roles in the database are brought to what the code says, whatever somebody made of them."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from cms.accounts import roles
from cms.accounts.checks import roles_hold_what_they_should
from cms.accounts.grants import grant_roles, remove_stock_groups
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_role_that_was_changed_by_hand_is_put_right() -> None:
    group = Group.objects.get(name=roles.AMBASSADORS)
    group.permissions.add(Permission.objects.get(codename="publish_page"))
    GroupPagePermission.objects.filter(group=group).delete()

    grant_roles(apps)

    assert not group.permissions.filter(codename="publish_page").exists()
    assert {
        one.permission.codename for one in GroupPagePermission.objects.filter(group=group)
    } == set(roles.PAGE_PERMISSIONS[roles.AMBASSADORS])
    assert roles_hold_what_they_should(databases=["default"]) == []


def test_a_stock_group_is_removed_unless_somebody_is_in_it() -> None:
    Group.objects.get_or_create(name="Editors")
    moderators, _ = Group.objects.get_or_create(name="Moderators")
    moderators.user_set.add(factories.user())

    remove_stock_groups(apps)

    assert not Group.objects.filter(name="Editors").exists()
    assert Group.objects.filter(name="Moderators").exists()
