from cms.stories.models.course import CoreValue, Goal
from cms.stories.models.items import (
    Announcement,
    Author,
    Connection,
    EditorialPage,
    Interview,
    PersonInItem,
    Story,
)
from cms.stories.models.question_sets import QuestionSet
from cms.stories.models.sections import Colour, HubPage, Rubric, Section, Tile
from cms.stories.models.tags import Tag, TaggedItem

__all__ = [
    "Announcement",
    "Author",
    "Colour",
    "Connection",
    "CoreValue",
    "EditorialPage",
    "Goal",
    "HubPage",
    "Interview",
    "PersonInItem",
    "QuestionSet",
    "Rubric",
    "Section",
    "Story",
    "Tag",
    "TaggedItem",
    "Tile",
]
