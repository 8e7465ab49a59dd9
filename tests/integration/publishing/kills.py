"""What a kill before any statement of an act leaves, and whether a restart makes it whole."""

import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.documents.feed import read_feed
from cms.documents.models import FeedHead
from cms.documents.sweep import Sweep
from cms.publishing import actions as publishing
from cms.publishing import clock, news, outbox
from cms.publishing.models import Publication, Withdrawal
from cms.stories.models import EditorialPage, Story
from cms.workflow.errors import WorkflowError
from tests import factories
from tests.factories import stages

type Act = Callable[[], object]
type Ledger = dict[str, Counter[str]]
WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=0;"


def approve_by_click() -> Act:
    """Press *approve and publish* on the page where it is shown, signed in."""
    story, task_state = stages.submitted(title="Goedgekeurd")
    client = Client()
    client.force_login(factories.community_manager())
    said = {"digest": stages.shown(story), "task_state": str(task_state.pk), "read": "on"}
    said |= {"when": "now", "confirmed": "on"}
    return lambda: client.post(f"/newsroom/approve/{story.pk}/", said)


def publish_by_clock() -> Act:
    stages.due(stages.scheduled())
    return clock.do_what_is_due


def expire_by_clock() -> Act:
    story = stages.live()
    Page.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    return clock.do_what_is_due


def withdraw() -> Act:
    story, manager = _live_and_told(), factories.community_manager()
    return lambda: _unless_refused(lambda: publishing.withdraw(story, by=manager))


def delete() -> Act:
    story, manager = _live_and_told(), factories.community_manager()
    return lambda: _unless_refused(lambda: publishing.delete(story, by=manager))


SCENARIOS: tuple[Callable[[], Act], ...] = (
    approve_by_click,
    publish_by_clock,
    expire_by_clock,
    withdraw,
    delete,
)


def _live_and_told() -> Story:
    """Make a live story of which its author knows: who takes it off at once leaves no such news."""
    story = stages.live()
    news.tell()
    return story


def _unless_refused(act: Act) -> None:
    """Do what somebody does again who got no answer; that it is done already is an answer."""
    with suppress(WorkflowError, ObjectDoesNotExist):
        act()


def restart(act: Act) -> Ledger:
    """Do what happens after a kill: the clock, the sweep and the outbox; the person tries again."""
    mail.outbox.clear()
    for _round in range(2):
        clock.do_what_is_due()
        Sweep().run()
        outbox.flush()
        act()
    return ledger()


def ledger() -> Ledger:
    """Return what is there, each thing with how often: what is lost or doubled shows here."""
    live = EditorialPage.objects.filter(live=True)
    feed = read_feed(after=None, first=1000)
    return {
        "live items": Counter(str(key) for key in live.values_list("public_id", flat=True)),
        "in the feed": Counter(f"{each.op} {each.public_id}" for each in feed.entries),
        "numbers handed out": Counter(_=FeedHead.objects.get().seq),
        "publications": Counter(
            f"{state} {item}" for state, item in Publication.objects.values_list("state", "item_id")
        ),
        "withdrawals": Counter(map(str, Withdrawal.objects.values_list("item_id", flat=True))),
        "log": Counter(PageLogEntry.objects.values_list("action", flat=True)),
        "mails": Counter(f"{each.to} {each.subject}" for each in mail.outbox),
    }


def lost_and_doubled(found: Ledger, expected: Ledger) -> tuple[Counter[str], Counter[str]]:
    """Return what should be there and is not, and what is there too often."""
    is_there, should_be = _flat(found), _flat(expected)
    return should_be - is_there, is_there - should_be


def _flat(kept: Ledger) -> Counter[str]:
    return Counter({f"{name}: {key}": n for name in kept for key, n in kept[name].items()})


@contextmanager
def database_at(path: Path) -> Iterator[None]:
    """Let everybody work in another database file, as a process does that starts on it."""
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def copy_of(database: Path, to: Path) -> Path:
    """Copy a database as it lies on disk at this instant: what a kill would leave."""
    for end in ("", "-wal"):
        source = database.with_name(database.name + end)
        if source.exists():
            shutil.copyfile(source, to.with_name(to.name + end))
    return to


def _written(database: Path) -> list[tuple[int, int]]:
    """Return what changes when SQLite writes to its files."""
    files = sorted(database.parent.glob(f"{database.name}*"))
    found = [file.stat() for file in files if not file.name.endswith("-shm")]
    return [(each.st_size, each.st_mtime_ns) for each in found]


def state_of(database: Path) -> str:
    """Return a hash of every row that a process finds there that starts on it."""
    hashed = hashlib.sha256()
    with closing(sqlite3.connect(database)) as opened:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for (name,) in opened.execute(names).fetchall():
            for row in opened.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - its own names
                hashed.update(repr((name, row)).encode())
    return hashed.hexdigest()


@dataclass
class Kills:
    """Every place where an act could be killed, and what each would leave behind."""

    folder: Path
    places: list[tuple[str, str]] = field(default_factory=list)
    """Of each: the statement that would have come, and the state that is found."""
    images: dict[str, Path] = field(default_factory=dict)
    _last: tuple[object, str] = (None, "")

    def before(self, statement: str) -> None:
        """Note what a kill at this instant leaves."""
        database = Path(connection.settings_dict["NAME"])
        written = _written(database)
        if written != self._last[0]:
            self._last = (written, self._keep(database))
        self.places.append((statement, self._last[1]))

    def _keep(self, database: Path) -> str:
        number = len(list(self.folder.glob("*.image")))
        image = copy_of(database, self.folder / f"{number}.image")
        state = state_of(copy_of(image, self.folder / f"{number}.looked-at"))
        self.images.setdefault(state, image)
        return state

    def watch(self, act: Act) -> None:
        """Carry out an act, and note before each statement what a kill would leave there."""

        def execute(go_on: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            self.before(sql)
            return go_on(sql, params, many, context)

        with connection.execute_wrapper(execute):
            act()
        self.before("the end")


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    """Keep the database as production does: what is not committed is not found again."""
    settings.MAILER_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    connection.close()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "init_command", WAL)
    return Path(connection.settings_dict["NAME"])
