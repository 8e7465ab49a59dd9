"""What the screens that lead through the work cost: SQL and CPU of each, as JSON.

Adds what a newsroom of that size has under way: of every fifty stories one waits for a decision,
of every ten one request is past its day.
"""

import json
import sys
import time
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.models import User
from cms.agreement.models import Party
from cms.planning.models import Assignment
from cms.planning.standing import today
from cms.stories.models import Rubric, Story
from tests.factories import stages

PAGES = {
    "today": ("manager", "/newsroom/"),
    "requests": ("manager", "/newsroom/requests/"),
    "late": ("manager", "/newsroom/requests/?which=late"),
    "register": ("manager", "/newsroom/agreements/"),
    "log": ("manager", "/newsroom/log/"),
    "desk": ("ambassador", "/write/"),
    "planned": ("ambassador", "/write/planned/"),
    "today_of_writer": ("ambassador", "/newsroom/"),
}
OPENED = 3


def main(under_way: str = "1") -> None:
    """Print for each page how many questions it asks, and the least CPU of a few openings."""
    if int(under_way):
        _put_under_way()
    found = {name: _cost(user, path) for name, (user, path) in PAGES.items()}
    sys.stdout.write(json.dumps({"stories": Story.objects.count(), "pages": found}) + "\n")


def _put_under_way() -> None:
    author = User.objects.get(username="ambassador")
    rubric = Rubric.objects.get(slug="goed-geregeld")
    count = Story.objects.count()
    person = author.person
    for number in range(count // 50):
        page, _state = stages.submitted(
            by=author, parent=rubric, title=f"Wacht {number}", slug=f"wacht-op-ja-{count}-{number}"
        )
        if number % 2:
            Party.objects.create(item=page, person=person, asked_at=timezone.now())
    due = today() - timedelta(days=3)
    Assignment.objects.bulk_create(
        Assignment(
            public_id=uuid4(),
            rubric=rubric,
            subject=f"Verzoek {number}",
            due_on=due,
            assignee=author,
            made_by=author,
        )
        for number in range(count // 10)
    )


def _cost(username: str, path: str) -> dict[str, float]:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=username))
    client.get(path)
    spent = []
    for _turn in range(OPENED):
        with CaptureQueriesContext(connection) as asked:
            begun, wall = time.process_time(), time.perf_counter()
            answer = client.get(path)
            spent.append((time.process_time() - begun, time.perf_counter() - wall))
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
    slowest = sorted(asked.captured_queries, key=lambda each: -float(each["time"]))[:2]
    return {
        "queries": len(asked),
        "cpu_ms": min(cpu for cpu, _wall in spent) * 1000,
        "wall_ms": min(wall for _cpu, wall in spent) * 1000,
        "slowest": [f"{each['time']} {each['sql'][:300]}" for each in slowest],  # type: ignore[dict-item]
        "kb": len(answer.content) / 1024,
    }
