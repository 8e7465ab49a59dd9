"""An item is for everyone, unless somebody chooses otherwise and says why."""

import pytest
from django.test import Client
from django.utils import timezone

from cms.audiences.models import Audience
from cms.core.audiences import EVERYONE
from cms.desk.today.reach import reach
from cms.documents.feed import read_cursor, read_feed
from cms.documents.models import PublicDocument
from cms.publishing.models import Publication
from cms.publishing.receipts import record_release
from cms.stories.models import EditorialPage, Story
from cms.workflow import actions
from cms.workflow.differences import between
from cms.workflow.errors import ChangedSinceShown
from cms.workflow.links import hub_url
from cms.workflow.readiness import problems
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Audience:
    return factories.audience(members=[factories.employee()])


def keys(item: EditorialPage) -> set[str]:
    return {one.key for one in problems(item) if one.key.startswith("audience")}


def test_an_item_is_for_everyone_when_nobody_chose() -> None:
    assert factories.story().is_for_everyone
    assert keys(factories.story()) == set()


def test_a_choice_asks_for_its_reason(council: Audience) -> None:
    item = factories.story(audience=council.key)
    assert keys(item) == {"audience-reason"}

    item.audience_reason = "Er zijn namen in genoemd."

    assert keys(item) == set()


def test_an_audience_that_is_gone_or_empty_is_said(council: Audience) -> None:
    item = factories.story(audience=council.key, audience_reason="Daarom")
    council.members.clear()
    assert keys(item) == {"audience-empty"}

    council.delete()

    assert keys(item) == {"audience-gone"}


def test_another_audience_needs_another_approval(council: Audience) -> None:
    writer = factories.ambassador()
    item, state = stages.submitted(by=writer)
    digest = stages.shown(item)
    stages.edit(item, by=writer, audience=council.key, audience_reason="Namen")

    with pytest.raises(ChangedSinceShown) as refused:
        actions.approve(state, by=factories.community_manager(), digest=digest)

    said = [(one.label, one.old, one.new) for one in refused.value.differences]
    assert ("Voor wie", "Iedereen", "Ondernemingsraad") in said


def test_publishing_moves_an_item_to_its_new_audience(council: Audience) -> None:
    writer, manager = factories.ambassador(), factories.community_manager()
    item = stages.live(by=writer, manager=manager)
    assert PublicDocument.objects.get(pk=item.public_id).audience == EVERYONE
    assert hub_url(item).endswith(f"/{item.slug}/")

    stages.edit(item, by=writer, audience=council.key, audience_reason="Namen")
    assert PublicDocument.objects.get(pk=item.public_id).audience == EVERYONE
    state = actions.submit(item, by=writer)
    actions.approve(state, by=manager, digest=stages.shown(item))

    assert PublicDocument.objects.get(pk=item.public_id).audience == council.key
    assert f"/a/{council.key}/" in hub_url(stages.fresh(item))


def test_only_a_press_that_keeps_audiences_apart_has_printed_it(council: Audience) -> None:
    stages.live(audience=council.key, audience_reason="Namen")

    for number, by_audience in ((1, False), (2, True)):
        cursor = read_feed(after=None, first=500, by_audience=by_audience).cursor
        record_release(
            number=number,
            epoch=read_cursor(cursor).epoch,
            cursor=cursor,
            started_at=timezone.now(),
            activated_at=timezone.now(),
            pages=3,
            changed=1,
        )

        assert (Publication.objects.get().live_at is not None) == by_audience


def test_differences_name_the_audience_and_the_reason(council: Audience) -> None:
    old = factories.story()
    new = Story.objects.get(pk=old.pk)
    new.audience, new.audience_reason = council.key, "Namen"

    assert {one.label for one in between(old, new)} == {"Voor wie", "Waarom niet voor iedereen"}


def test_a_writer_chooses_among_her_own_audiences_and_what_an_editor_chose(
    client: Client, council: Audience
) -> None:
    writer = factories.ambassador()
    own = factories.audience(name="Werkplaats noord", members=[writer])
    factories.audience(name="Reorganisatie")
    item = factories.story(by=writer, audience=council.key)
    client.force_login(writer)

    shown = client.get(f"/newsroom/pages/{item.pk}/edit/").content.decode()

    assert f'value="{own.key}"' in shown
    assert f'<option value="{council.key}" selected>{council.name}</option>' in shown
    assert "Reorganisatie" not in shown


def test_lists_the_approver_and_the_panel_say_for_whom_it_is(
    client: Client, council: Audience
) -> None:
    item, _state = stages.submitted(audience=council.key, audience_reason="Er staan namen in.")
    client.force_login(factories.community_manager())

    for path in ("items/", f"approve/{item.pk}/", f"pages/{item.pk}/edit/"):
        assert council.name in client.get(f"/newsroom/{path}").content.decode()
    assert "Er staan namen in." in client.get(f"/newsroom/approve/{item.pk}/").content.decode()


def test_today_tells_which_part_is_not_for_everyone(client: Client, council: Audience) -> None:
    factories.story(live=True)
    assert reach().gated == 0

    factories.story(live=True, audience=council.key)
    factories.story(live=False, audience=council.key)

    client.force_login(factories.community_manager())
    assert "1 van de 2 verhalen" in client.get("/newsroom/").content.decode()
