"""What every test stands on: a migrated database of its own, a home of its own, no network."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker, Settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling

from cms.config.fingerprint import migrations_fingerprint
from cms.config.home import CHECKOUT
from cms.config.translations import compile_catalogues

TEMPLATES = CHECKOUT / "build" / "test-databases"


# A busy machine is slow; that says nothing about the code.
hypothesis.settings.register_profile(
    "plein", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("plein")


def pytest_configure() -> None:
    """Compile the catalogues that changed, before the first test reads a sentence."""
    compile_catalogues()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests that look at another process out of the measuring of coverage: it only slows."""
    for item in items:
        if "end_to_end" in item.path.parts:
            item.add_marker(pytest.mark.no_cover)


class BrowserTogether(LoadScopeScheduling):
    """One worker runs all end-to-end tests, so that Plein is started once; the rest is free.

    xdist's own groups change a name that pytest 9.2 no longer reads.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "end_to_end" if nodeid.startswith("tests/end_to_end/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return BrowserTogether(config, log)


@pytest.fixture(scope="session")
def database_template() -> Path:
    """Return a database with every migration in it, made once per state of the migrations."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(migrations_fingerprint().encode()).hexdigest()[:20]
    template = TEMPLATES / f"{name}.sqlite3"
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for stale in TEMPLATES.glob("*.sqlite3"):
                stale.unlink()
            _migrate(template)
    return template


def _migrate(template: Path) -> None:
    """Migrate in a process of its own: this one must not keep a connection to it."""
    draft = template.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.core.management import call_command\n"
        f"settings.DATABASES['default']['NAME'] = {str(draft)!r}\n"
        "call_command('migrate', verbosity=0)\n"
    )
    unmeasured = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    subprocess.run([sys.executable, "-c", code], check=True, env=unmeasured)
    draft.replace(template)


@pytest.fixture(scope="session")
def django_db_setup(
    database_template: Path,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Give this worker its copy of the template; after a flush, a fresh one."""
    database = tmp_path_factory.mktemp("database") / "db.sqlite3"

    def fresh_copy(_case: TransactionTestCase | None = None) -> None:
        connection.close()
        draft = database.with_suffix(".draft")
        shutil.copyfile(database_template, draft)
        draft.replace(database)

    # Flushing would take away what data migrations put in: the root page, the roles.
    TransactionTestCase._fixture_teardown = fresh_copy  # type: ignore[attr-defined]  # private
    with django_db_blocker.unblock():
        settings.DATABASES["default"]["NAME"] = database
        connection.settings_dict["NAME"] = database
        fresh_copy()
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def media_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """Keep one test's uploads out of the next one's way."""
    settings.MEDIA_ROOT = tmp_path / "media"
