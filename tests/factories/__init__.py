"""What tests are made of: the hub, its people and its items, each in one call."""

from tests.factories.audiences import audience
from tests.factories.media import image
from tests.factories.pages import (
    announcement,
    community_action,
    core_value,
    event,
    goal,
    hub_page,
    interview,
    rubric,
    section,
    story,
    tag,
)
from tests.factories.people import (
    administrator,
    ambassador,
    approver,
    community_manager,
    department,
    employee,
    location,
    person,
    user,
)

__all__ = [
    "administrator",
    "ambassador",
    "announcement",
    "approver",
    "audience",
    "community_action",
    "community_manager",
    "core_value",
    "department",
    "employee",
    "event",
    "goal",
    "hub_page",
    "image",
    "interview",
    "location",
    "person",
    "rubric",
    "section",
    "story",
    "tag",
    "user",
]
