"""Which models have documents, and what the contract calls them."""

from typing import Any

from django.db.models import Model

from cms.accounts.models import Department, Location, Person
from cms.core.models import Style
from cms.events.models import CommunityAction, Event
from cms.media.models import Document as File
from cms.media.models import Image
from cms.stories.models import (
    Alert,
    Announcement,
    CoreValue,
    FrontPage,
    Goal,
    HubPage,
    Interview,
    Rubric,
    Section,
    Story,
    Tag,
    Theme,
)

MODELS: dict[str, type[Any]] = {
    "department": Department,
    "location": Location,
    "image": Image,
    "file": File,
    "tag": Tag,
    "person": Person,
    "goal": Goal,
    "core_value": CoreValue,
    "theme": Theme,
    "front": FrontPage,
    "style": Style,
    "alert": Alert,
    "hub": HubPage,
    "rubric": Rubric,
    "section": Section,
    "story": Story,
    "interview": Interview,
    "announcement": Announcement,
    "event": Event,
    "community_action": CommunityAction,
}
"""What is mentioned before what mentions it; passes go the other way, from item to picture."""

ITEMS = frozenset({"story", "interview", "announcement", "event", "community_action"})
PAGES = ITEMS | {"hub", "rubric", "section"}
MENTIONED_ONLY = frozenset({"image", "tag", "file"})
"""Public only while something public mentions them."""
COLLECTED = frozenset({"image", "file"})
"""In a collection, which may be shut."""
REDIRECT = "redirect"

_KINDS = {model: kind for kind, model in MODELS.items()}


def kind_of(source: Model) -> str:
    """Return the contract's word for what a source is."""
    return _KINDS[type(source)]
