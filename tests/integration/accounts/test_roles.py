import pytest
from django.contrib.auth.models import Group, Permission
from django.core.checks import CheckMessage, run_checks
from django.core.checks.registry import Tags
from wagtail.models import GroupPagePermission, Page

from cms.accounts import roles
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_role_has_its_group_after_migration() -> None:
    names = set(Group.objects.values_list("name", flat=True))

    assert set(roles.ROLES) <= names
    assert not names & {"Editors", "Moderators"}


def test_nobody_holds_publish_on_pages() -> None:
    held = set(GroupPagePermission.objects.values_list("permission__codename", flat=True))

    assert not held & {"publish_page", "bulk_delete_page"}


def test_the_check_is_silent_on_what_the_migration_made() -> None:
    assert not _warnings()


def test_the_check_tells_of_a_lost_and_a_dangerous_permission() -> None:
    ambassadors = Group.objects.get(name=roles.AMBASSADORS)
    ambassadors.permissions.clear()
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(
        group=ambassadors, page=Page.get_first_root_node(), permission=publish
    )

    assert {one.id for one in _warnings()} == {"accounts.W002", "accounts.W003"}


def test_roles_are_told_apart() -> None:
    ambassador, manager = factories.ambassador(), factories.community_manager()
    member = factories.approver()
    factories.rubric(approvers=member.groups.get(), title="Van de OR")

    assert roles.is_ambassador(ambassador)
    assert not roles.sees_everything(ambassador)
    assert roles.sees_everything(manager)
    assert roles.sees_everything(factories.administrator())
    assert roles.approving_groups(member)
    assert not roles.approving_groups(manager)


def test_an_employee_has_no_newsroom() -> None:
    assert not factories.employee().has_perm(roles.NEWSROOM)


def test_factories_make_every_kind_of_item() -> None:
    writer = factories.ambassador()

    made = [
        factories.story(by=writer),
        factories.interview(by=writer, interviewee=factories.person()),
        factories.announcement(by=factories.community_manager()),
    ]

    assert [item.get_latest_revision() is not None for item in made] == [True] * 3
    assert made[0].authors.get().person.user == writer


def _warnings() -> list[CheckMessage]:
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [one for one in found if str(one.id).startswith("accounts.")]
