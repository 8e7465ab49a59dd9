"""Puts stories that wait for a yes in the demo's newsroom; says as JSON where they are."""

import json
import sys

from cms.accounts.models import User
from cms.stories.models import Rubric, Story
from tests.factories import stages


def main(count: str) -> None:
    """Submit that many stories, of the length of those that are there."""
    author = User.objects.get(username="ambassador")
    rubric = Rubric.objects.get(slug="goed-geregeld")
    example = Story.objects.filter(slug__startswith="verhaal-").order_by("pk")[0]
    first = Story.objects.count()
    made = []
    for number in range(first, first + int(count)):
        page, _ = stages.submitted(
            by=author,
            parent=rubric,
            title=f"Wat nummer {number} vandaag leerde",
            slug=f"wacht-{number}",
            body=example.body.get_prep_value(),
        )
        made.append({"number": page.pk, "path": f"/{rubric.slug}/{page.slug}/"})
    sys.stdout.write(json.dumps(made) + "\n")
