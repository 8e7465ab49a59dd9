"""What every test stands on: a migrated database of its own, a home of its own, no network."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from pytest_django import DjangoDbBlocker, Settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling
from xdist.workermanage import WorkerController

from cms.config.translations import compile_catalogues
from cms.core import hub_name
from tests.databases import (
    Copies,
    PostgresqlCopies,
    SqliteCopies,
    is_postgresql,
    server_of_this_run,
)

# A busy machine is slow; that says nothing about the code. What was green is green the next time:
# `make torture` looks for new examples.
hypothesis.settings.register_profile(
    "plein",
    deadline=None,
    derandomize=not os.environ.get("PLEIN_EVERY_STEP"),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("plein")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues that changed, and start a server, before the first test."""
    compile_catalogues()
    translation_file_changed(None, Path("django.mo"))  # what Django read before is forgotten
    if is_postgresql() and not hasattr(config, "workerinput"):
        running = ExitStack()
        running.enter_context(server_of_this_run())
        config.add_cleanup(running.close)


@cache
def step_aside() -> None:
    """Let what reads in a browser go first: it waits for a Plein that answers within seconds."""
    os.nice(5)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if "end_to_end" not in item.path.parts:
        step_aside()


class BrowsersTogether(LoadScopeScheduling):
    """Two workers run the end-to-end tests, file by file, each with a Plein and a browser.

    A test of this kind mostly waits, so one after the other they would last longer than all else;
    and whoever of the two is done with a file takes the next, so both end together and then help
    the others. xdist's own groups change a name that pytest 9.2 no longer reads.
    """

    WITH_BROWSER = 2

    def _assign_work_unit(self, node: WorkerController) -> None:
        has_browser = node in self.nodes[: self.WITH_BROWSER]
        fitting = (file for file in self.workqueue if is_end_to_end(file) == has_browser)
        if file := next(fitting, None):
            self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)


def is_end_to_end(file: str) -> bool:
    return file.startswith("tests/end_to_end/")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return BrowsersTogether(config, log)


@pytest.fixture(scope="session")
def database_copies(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Copies:
    """Return what gives this worker its databases, of the kind that this run is about."""
    if is_postgresql():
        return PostgresqlCopies(worker_id)
    return SqliteCopies(tmp_path_factory.mktemp("database"))


@pytest.fixture(scope="session")
def django_db_setup(database_copies: Copies, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker its copy of the template; after a flush, a fresh one."""

    def fresh_copy(_case: TransactionTestCase | None = None) -> None:
        database_copies.fresh()

    # Flushing would take away what data migrations put in: the root page, the roles.
    TransactionTestCase._fixture_teardown = fresh_copy  # type: ignore[attr-defined]  # private
    with django_db_blocker.unblock():
        fresh_copy()
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def media_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """Keep one test's uploads out of the next one's way."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def name_of_its_own() -> None:
    """Let no test know the hub of the one before it by name."""
    hub_name.forget()


@pytest.fixture(autouse=True)
def language_of_its_own() -> None:
    """Let no test speak the language that a request of the one before it asked for."""
    translation.deactivate()


@pytest.fixture
def indexes(settings: Settings) -> None:
    """Keep Wagtail's search and what uses what up to date with each act of this test."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
