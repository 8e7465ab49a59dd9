from cms.stories.models.alerts import Alert
from cms.stories.models.course import CoreValue, Goal
from cms.stories.models.front import FrontPage
from cms.stories.models.items import (
    Announcement,
    Author,
    Connection,
    EditorialPage,
    Interview,
    PersonInItem,
    Story,
)
from cms.stories.models.placed import Placement
from cms.stories.models.question_sets import QuestionSet
from cms.stories.models.sections import Colour, HubPage, Rubric, Section, Tile
from cms.stories.models.tags import Tag, TaggedItem
from cms.stories.models.themes import Theme

__all__ = [
    "Alert",
    "Announcement",
    "Author",
    "Colour",
    "Connection",
    "CoreValue",
    "EditorialPage",
    "FrontPage",
    "Goal",
    "HubPage",
    "Interview",
    "PersonInItem",
    "Placement",
    "QuestionSet",
    "Rubric",
    "Section",
    "Story",
    "Tag",
    "TaggedItem",
    "Theme",
    "Tile",
]
