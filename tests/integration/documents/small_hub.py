"""A small hub in which everything mentions something, and what a reader should know of it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

from cms.accounts.models import Department, Location, Person
from cms.documents.builders import documents_for
from cms.documents.feed import read_feed
from cms.media.models import Image
from cms.stories.models import (
    Announcement,
    CoreValue,
    Goal,
    HubPage,
    Interview,
    Rubric,
    Section,
    Story,
    Tag,
)
from tests import factories

PAGES = (HubPage, Rubric, Section, Story, Interview, Announcement)
ALWAYS = (Department, Location, Goal, CoreValue)


def small_hub() -> None:
    """Make a hub of five items whose people, pictures and links are woven together."""
    author = factories.ambassador()
    Person.objects.filter(user=author).update(shown_on_hub=True)
    quiet = factories.person(name="Zwijger", shown_on_hub=False)
    picture = factories.image(file__width=40, file__height=30)
    department = factories.department()
    factories.person(portrait=picture, department=department, location=factories.location())
    work, life = factories.rubric(slug="werk", keeper=quiet), factories.rubric(slug="leven")
    section = factories.section(slug="mededelingen")
    given: dict[str, Any] = {"by": author, "live": True, "parent": work, "people": [quiet]}
    given |= {"lead_image": picture, "goal": factories.goal()}
    first = factories.story(slug="eerste", **given)
    second = factories.story(slug="tweede", body=_body(first, picture, quiet), **given)
    second.core_value = factories.core_value()
    second.tags.add("fietsen")
    second.departments.set([department])
    second.save()
    factories.interview(live=True, parent=life, interviewee=quiet)
    old = factories.announcement(live=True, slug="oud", parent=section)
    factories.announcement(live=True, slug="nieuw", parent=section, replaces=old)


def _body(linked: Story, picture: Image, speaker: Person) -> list[dict[str, object]]:
    html = f'<p>Zie <a linktype="page" id="{linked.pk}">eerder</a>.</p>'
    shown = {"image": picture.pk, "alt_text": "", "decorative": False}
    return [
        {"type": "paragraph", "value": html},
        {"type": "pull_quote", "value": {"text": "Ja.", "speaker": speaker.pk}},
        {"type": "image", "value": {"image": shown, "caption": ""}},
    ]


@dataclass
class Reader:
    """Somebody who follows the feed, and has what following it gives."""

    documents: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    cursor: str | None = None
    heard: int = 0

    def follow(self) -> "Reader":
        """Take in all that is new."""
        while True:
            page = read_feed(after=self.cursor, first=7)
            for entry in page.entries:
                self.heard += 1
                if entry.document is None:
                    self.documents.pop(entry.public_id, None)
                else:
                    self.documents[entry.public_id] = entry.document
            self.cursor = page.cursor
            if not page.has_more:
                return self

    @property
    def sources(self) -> dict[UUID, dict[str, Any]]:
        """What came from sources; old addresses have none."""
        found = self.documents.items()
        return {key: document for key, document in found if document["kind"] != "redirect"}


def truth() -> dict[UUID, dict[str, Any]]:
    """Return the documents there should be, from the sources alone."""
    found = documents_for(_public_sources())
    said = str(found)
    mentioned = [
        source
        for model in (Image, Tag)
        for source in model.objects.all()
        if str(source.public_id) in said
    ]
    documents = (*found, *documents_for(mentioned))
    return {UUID(str(document["id"])): dict(document) for document in documents}


def _public_sources() -> list[Model]:
    pages = [page for model in PAGES for page in model.objects.all() if _is_public(page)]
    people = Person.objects.filter(shown_on_hub=True)
    return [*pages, *people, *(source for model in ALWAYS for source in model.objects.all())]


def _is_public(page: Page) -> bool:
    ended = page.expire_at is not None and page.expire_at <= timezone.now()
    return page.live and not ended and not page.get_view_restrictions().exists()
