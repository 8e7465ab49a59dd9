"""Where a colleague is named, drafts included; asked before anybody is removed."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.accounts.models import Person
from cms.stories.models import EditorialPage, Goal, Rubric, Theme
from cms.stories.models.confidential import busy_title

NAMED_BY = ("authors", "people")


def mentions_of(person: Person) -> list[str]:
    """Return in words every place that names this person, each once."""
    return list(dict.fromkeys(_mentions(person)))


def _mentions(person: Person) -> Iterator[str]:
    yield from _items(person)
    for rubric in Rubric.objects.filter(keeper=person):
        yield _("keeps the rubric ‘%(title)s’") % {"title": rubric.title}
    for goal in Goal.objects.filter(owner=person):
        yield _("owns the goal ‘%(title)s’") % {"title": goal.name}
    for theme in Theme.objects.filter(Q(owner=person) | Q(people=person)).distinct():
        yield _("belongs to the theme ‘%(title)s’") % {"title": theme.name}
    for picture in person.pictures.all():
        yield _("is shown in the picture ‘%(title)s’") % {"title": picture.title}


def _items(person: Person) -> Iterator[str]:
    """Look at what is online and at the newest draft of every item: both would break."""
    related = EditorialPage.objects.filter(
        Q(authors__person=person)
        | Q(people__person=person)
        | Q(interview__interviewee=person)
        | Q(event__organiser=person)
    )
    for title in related.values_list("draft_title", flat=True).distinct():
        yield _in_item(title)
    for page in EditorialPage.objects.filter(live=True).only("draft_title", "body"):
        if _speaks(page.body.raw_data, person.pk):
            yield _in_item(page.draft_title)
    drafts = EditorialPage.objects.filter(latest_revision__isnull=False)
    newest = Revision.objects.filter(pk__in=drafts.values("latest_revision"))
    confidential = drafts.filter(is_confidential=True).values_list("latest_revision", flat=True)
    silent = set(confidential)
    for key, content in newest.values_list("pk", "content").iterator():
        if _is_named(content, person.pk):
            yield _in_item(busy_title() if key in silent else content.get("title", ""))


def _in_item(title: str) -> str:
    return _("is in ‘%(title)s’") % {"title": title}


def _is_named(content: dict[str, Any], person_id: int) -> bool:
    if person_id in (content.get("interviewee"), content.get("organiser")):
        return True
    named = (entry for relation in NAMED_BY for entry in content.get(relation) or [])
    if any(entry.get("person") == person_id for entry in named):
        return True
    body = content.get("body") or "[]"
    return '"speaker"' in body and _speaks(json.loads(body), person_id)


def _speaks(blocks: Any, person_id: int) -> bool:
    return any(
        isinstance(block["value"], dict) and block["value"].get("speaker") == person_id
        for block in blocks
    )
