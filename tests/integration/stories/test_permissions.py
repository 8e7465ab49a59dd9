import pytest
from wagtail.models import Page

from cms.accounts.models import User
from cms.stories.models import Author
from cms.stories.ownership import items_of, rubrics_open_to
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser() -> User:
    return factories.user(username="root", is_superuser=True, is_staff=True)


def test_nobody_publishes_by_a_door_of_the_admin(superuser: User) -> None:
    item = factories.story(live=True, by=factories.ambassador())

    for someone in (superuser, factories.administrator(), factories.community_manager()):
        for page in (item, item.get_parent(), factories.hub_page(), Page.objects.get(pk=item.pk)):
            tester = page.permissions_for_user(someone)
            assert not tester.can_publish()
            assert not tester.can_publish_subpage()
            assert not tester.can_unpublish()
            assert not tester.can_unschedule()
            assert not tester.can_set_view_restrictions()
            assert not tester.can_delete()
            assert not tester.can_delete(ignore_bulk=True)
            assert not tester.can_move()


def test_an_ambassador_edits_what_is_hers_and_nothing_else() -> None:
    writer, other = factories.ambassador(), factories.ambassador()
    own, others = factories.story(by=writer), factories.story(by=other)

    assert own.permissions_for_user(writer).can_edit()
    assert own.permissions_for_user(writer).can_delete()
    assert Page.objects.get(pk=own.pk).permissions_for_user(writer).can_edit()
    assert not own.permissions_for_user(writer).can_copy()
    assert not own.permissions_for_user(writer).can_move()
    assert not others.permissions_for_user(writer).can_edit()
    assert not others.permissions_for_user(writer).can_delete()
    assert not others.permissions_for_user(writer).can_view_revisions()
    assert set(items_of(writer)) == {own.editorialpage_ptr}


def test_an_author_may_edit_what_another_made_for_her() -> None:
    writer = factories.ambassador()
    item = factories.story(by=factories.community_manager())
    Author.objects.create(page_id=item.pk, person=writer.person)

    assert item.permissions_for_user(writer).can_edit()
    assert items_of(writer).count() == 1


def test_an_ambassador_adds_only_below_online_rubrics_open_to_her() -> None:
    writer = factories.ambassador()
    ours = factories.rubric(title="Open")
    closed = factories.rubric(title="Dicht", open_to_ambassadors=False)
    unborn = factories.rubric(title="Nog niet", live=False)

    assert list(rubrics_open_to(writer)) == [ours]
    assert ours.permissions_for_user(writer).can_add_subpage()
    for page in (closed, unborn, factories.section(), factories.hub_page()):
        assert not page.permissions_for_user(writer).can_add_subpage()
        assert not page.permissions_for_user(writer).can_edit()


def test_a_group_writes_in_the_rubric_it_approves() -> None:
    member = factories.approver()
    theirs = factories.rubric(
        title="Van de OR", approvers=member.groups.get(), open_to_ambassadors=False
    )

    assert theirs.permissions_for_user(member).can_add_subpage()
    assert list(rubrics_open_to(member)) == [theirs]
    assert User.objects.get(pk=member.pk).has_perm("wagtailadmin.access_admin")


def test_managers_keep_the_frame_and_drafts_can_be_thrown_away() -> None:
    manager, rubric = factories.community_manager(), factories.rubric()
    draft = factories.story(by=factories.ambassador())

    assert rubric.permissions_for_user(manager).can_edit()
    assert rubric.permissions_for_user(manager).can_reorder_children()
    assert factories.section().permissions_for_user(manager).can_add_subpage()
    assert draft.permissions_for_user(manager).can_delete()
