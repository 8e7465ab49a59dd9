"""What passes through the fast lane, and what never does."""

import pytest
from wagtail.models import PageLogEntry

from cms.accounts.models import User
from cms.publishing.models import Publication
from cms.stories.models import Story
from cms.workflow import actions, lanes, texts
from cms.workflow.errors import ChangedSinceShown, NotSmall, SecondPersonNeeded
from cms.workflow.small_changes import small_change
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db

SAID = "Om zeven uur gaat het rolluik omhoog en dan zet Kees de de koffie."
MENDED = [
    SAID.replace("rolluik", "rolliuk"),
    SAID.replace("de de", "de"),
    SAID.replace("omhoog en", "omhoog, en"),
    SAID.replace("Kees", "kees").replace("koffie", "kofie"),
]
MEANT = [
    SAID.replace("gaat", "gaat niet"),
    SAID.replace("zeven", "7"),
    SAID.replace("Kees", "Ria"),
    SAID.replace("koffie.", "koffie. Wie niet komt, krijgt niets."),
    SAID.replace("dan zet Kees de de koffie", "dan is het feest"),
    "Iets heel anders.",
]


def _live(writer: User) -> Story:
    return stages.live(by=writer, summary=SAID)


def _small(story: Story) -> bool:
    item = stages.fresh(story)
    return small_change(item, texts.latest_text(item)) is not None


def test_a_slip_of_the_pen_is_small_and_what_could_mean_something_else_is_not() -> None:
    writer = factories.ambassador()
    story = _live(writer)

    small = [
        text for text in (*MENDED, *MEANT) if _small(stages.edit(story, by=writer, summary=text))
    ]

    assert small == MENDED


def test_nothing_but_words_is_small_and_nothing_that_is_not_live() -> None:
    writer = factories.ambassador()
    story = _live(writer)

    assert not _small(story)  # nothing was changed
    assert not _small(stages.edit(story, by=writer, audience="raad"))
    assert not _small(stages.ready_story(by=writer, summary=SAID))


def test_second_eyes_take_it_live_in_one_step_and_it_is_logged() -> None:
    writer, manager = factories.ambassador(), factories.community_manager()
    story = stages.edit(_live(writer), by=writer, summary=MENDED[1])
    state = actions.submit(story, by=writer)

    lanes.approve_small(state, by=manager, digest=stages.shown(story))

    assert stages.fresh(story).summary == MENDED[1]
    logged = PageLogEntry.objects.get(action="plein.small_change")
    assert (logged.user, logged.data["words"]) == (manager, 1)


def test_the_fast_lane_asks_for_a_second_person_and_for_what_she_saw() -> None:
    writer, manager = factories.ambassador(), factories.community_manager()
    story = stages.edit(_live(writer), by=manager, summary=MENDED[0])
    state = actions.submit(story, by=manager)
    digest = stages.shown(story)

    with pytest.raises(SecondPersonNeeded):
        lanes.approve_small(state, by=manager, digest=digest)
    stages.edit(story, by=writer, summary=MENDED[2])
    with pytest.raises(ChangedSinceShown):
        lanes.approve_small(state, by=factories.community_manager(), digest=digest)
    stages.edit(story, by=writer, summary=MEANT[0])
    with pytest.raises(NotSmall):
        lanes.approve_small(state, by=factories.community_manager(), digest=stages.shown(story))

    assert stages.fresh(story).summary == SAID
    assert Publication.objects.count() == 1
