"""Says yes to the first story that waits, by our own act; says as JSON where it is now."""

import json
import sys

from cms.accounts.models import User
from cms.stories.models import Story
from cms.workflow.actions import approve
from tests.factories.stages import shown


def main() -> None:
    """Put one story live, as a click on the button does."""
    story = Story.objects.filter(slug__startswith="wacht-", live=False).order_by("pk")[0]
    state = story.current_workflow_task_state
    approve(state.specific, by=User.objects.get(username="manager"), digest=shown(story))
    sys.stdout.write(json.dumps({"path": f"/goed-geregeld/{story.slug}/"}) + "\n")
