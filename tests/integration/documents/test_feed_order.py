"""Whatever happens between two questions: a reader ends with exactly what is public."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from cms.documents.actions import look_again, refresh_all
from cms.documents.feed import REMOVE, read_feed
from cms.documents.head import start_new_epoch
from cms.documents.models import PublicDocument
from cms.stories.models import Story
from tests import factories

pytestmark = pytest.mark.django_db

STEPS = st.one_of(
    st.tuples(st.just("edit"), st.integers(0, 4)),
    st.tuples(st.just("toggle"), st.integers(0, 4)),
    st.tuples(st.just("tag"), st.integers(0, 4)),
    st.tuples(st.just("read"), st.integers(1, 3)),
    st.tuples(st.just("restore"), st.just(0)),
)


@dataclass
class Reader:
    """A press that keeps what the feed tells it."""

    cursor: str | None = None
    held: dict[UUID, dict[str, Any] | None] = field(default_factory=dict)
    last: int = 0

    def read(self, first: int) -> bool:
        page = read_feed(after=self.cursor, first=first)
        if page.reset:
            self.held, self.last = {}, 0
        for entry in page.entries:
            assert entry.seq > self.last, "out of order, or twice"
            self.last = entry.seq
            if entry.op == REMOVE:
                self.held.pop(entry.public_id, None)
            else:
                self.held[entry.public_id] = entry.document
        self.cursor = page.cursor
        return page.has_more


@pytest.fixture
def stories(db: None) -> list[Story]:
    return [factories.story(live=number % 2 == 0) for number in range(5)]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, max_size=15))
def test_a_reader_ends_with_exactly_what_is_public(
    stories: list[Story], steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        reader = Reader()
        refresh_all()
        for number, (what, which) in enumerate(steps):
            match what:
                case "read":
                    reader.read(which)
                case "restore":
                    start_new_epoch()
                case _:
                    change(what, stories[which], number=number)
        while reader.read(2):
            pass

        assert reader.held == dict(PublicDocument.objects.values_list("public_id", "content"))
        transaction.set_rollback(True)


def change(what: str, story: Story, *, number: int) -> None:
    match what:
        case "edit":
            Page.objects.filter(pk=story.pk).update(title=f"Titel {number}")
        case "toggle":
            live = Page.objects.get(pk=story.pk).live
            Page.objects.filter(pk=story.pk).update(live=not live)
        case "tag":
            fresh = Story.objects.get(pk=story.pk)
            fresh.tags.set([factories.tag(name=f"t{number % 3}")])
            fresh.save()
    look_again(story)
