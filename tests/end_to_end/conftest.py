"""A real Plein on a free port, and a real Chromium in front of it."""

import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    StorageState,
    ViewportSize,
    sync_playwright,
)

from tests.databases import migrated_sqlite

PASSWORD = "plein-demo"
OPEN_WITHIN = 480.0
STOPS_WITHIN = 20.0
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PHONE: ViewportSize = {"width": 390, "height": 844}
WORTH_READING = 1500
"""Characters of a window that tell why a test failed in it."""
POLICY = "Content Security Policy"
"""A browser says this in its console when it refuses what a page wants to load or run."""
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class RunningPlein:
    """One `plein run` with the demo in a home of its own."""

    address: str
    port: int
    home: Path
    process: subprocess.Popen[str]
    log: Path

    def health(self) -> tuple[int, list[str]]:
        """Ask how it is."""
        return ask_health(self.port)


@dataclass(frozen=True)
class FirstStart:
    """What a first `plein run` left: a home with the demo, and what was said meanwhile."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def log(self) -> Path:
        return self.folder / "plein.log"


def free_port() -> int:
    """Return a port nothing listens on now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def ask_health(port: int) -> tuple[int, list[str]]:
    """Return the status of the health page and what is wrong; 0 where nobody answers."""
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        door.request("GET", "/healthz")
        answer = door.getresponse()
        return answer.status, json.loads(answer.read())["wrong"]
    except (OSError, http.client.HTTPException):
        return 0, ["nobody answers"]
    finally:
        door.close()


def start_plein(home: Path, port: int, log: Path, *words: str) -> subprocess.Popen[str]:
    """Start a `plein` command the way an administrator would."""
    set_aside = ("PLEIN_", "COVERAGE_")  # measuring coverage would take half of its speed
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(set_aside)
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment |= {"PLEIN_HOME": str(home), "PLEIN_PORT": str(port)}
    with log.open("a") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "cms.config.command", *(words or ("run",))],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )


def wait_until_open(process: subprocess.Popen[str], port: int, log: Path) -> float:
    """Wait for health; fail with what Plein said when it does not come."""
    began = time.monotonic()
    wrong = ["not asked yet"]
    while time.monotonic() - began < OPEN_WITHIN:
        status, wrong = ask_health(port)
        if status == http.client.OK:
            return time.monotonic() - began
        if process.poll() is not None:
            break
        time.sleep(0.25)
    process.terminate()
    process.wait(STOPS_WITHIN)
    pytest.fail(f"Plein did not open: {wrong}\n{log.read_text()[-4000:]}")


def stop_plein(process: subprocess.Popen[str]) -> int:
    """Ask it to stop, as Ctrl-C does, and return its exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    return process.wait(STOPS_WITHIN)


@pytest.fixture(scope="package")
def first_start(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> FirstStart:
    """Start Plein for the first time, once for all workers, and stop it when it is open.

    In its home are only tables, so it loads the demo: the half of a minute that a second Plein can
    do without. Making the tables takes a fifth more, and every worker has them made already.
    """
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    made = FirstStart(folder / "first-start")
    with (folder / "first-start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.folder.exists():
            draft = FirstStart(tmp_path_factory.mktemp("first-start"))
            start_for_the_first_time(draft)
            draft.folder.rename(made.folder)
    return made


def start_for_the_first_time(start: FirstStart) -> None:
    start.home.mkdir(mode=0o700)
    shutil.copyfile(migrated_sqlite(), start.home / "db.sqlite3")
    port = free_port()
    process = start_plein(start.home, port, start.log)
    wait_until_open(process, port, start.log)
    assert stop_plein(process) == 0


@pytest.fixture(scope="package")
def running_plein(
    first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningPlein]:
    """Start Plein once for all end-to-end tests of this worker, in a copy of the first home."""
    folder = tmp_path_factory.mktemp("plein") / "copy"
    shutil.copytree(first_start.folder, folder)
    copy, port = FirstStart(folder), free_port()
    process = start_plein(copy.home, port, copy.log)
    wait_until_open(process, port, copy.log)
    yield RunningPlein(
        address=f"http://127.0.0.1:{port}",
        port=port,
        home=copy.home,
        process=process,
        log=copy.log,
    )
    stop_plein(process)


def chromium() -> str | None:
    """Return the machine's own Chromium; None lets Playwright use the one it brought."""
    named = os.environ.get("PLEIN_CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return a Chromium that can reach nothing but this machine; a missing one is a failure."""
    running = playwright.chromium.launch(
        executable_path=chromium(),
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
    )
    yield running
    running.close()


type OpenPage = Callable[..., Page]

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the windows of a test know whether it failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def signed_in(browser: Browser, running_plein: RunningPlein) -> Callable[[str], StorageState]:
    """Return a function that signs an account in once, and keeps what the browser got for it."""

    @cache
    def state_of(account: str) -> StorageState:
        context = browser.new_context(base_url=running_plein.address)
        sign_in(context.new_page(), account)
        state = context.storage_state()
        context.close()
        return state

    return state_of


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest,
    browser: Browser,
    running_plein: RunningPlein,
    signed_in: Callable[[str], StorageState],
) -> Iterator[OpenPage]:
    """Return a function that opens a browser window of its own, signed in or not.

    `open_page(account="manager", path="/newsroom/", viewport=PHONE, color_scheme="dark")`;
    without a path it is still empty.
    """
    contexts: list[BrowserContext] = []
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if POLICY in message.text:
            refused.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open_(account: str = "", path: str = "/", **options: object) -> Page:
        settings: dict[str, object] = {"viewport": DESKTOP, "locale": "nl-NL", **options}
        if account:
            settings.setdefault("storage_state", signed_in(account))
        context = browser.new_context(base_url=running_plein.address, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        context.on("console", note)
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    yield open_
    for context in contexts:
        for window in context.pages if request.node.stash.get(FAILED, False) else ():
            showed = window.locator("body").inner_text()[:WORTH_READING]
            sys.stderr.write(f"{window.url} showed:\n{showed}\n")
        context.close()
    assert refused == [], "the browser refused something that a page of ours wanted"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Return a window of a stranger."""
    return open_page(path="/login/")


def sign_in(page: Page, account: str, password: str = PASSWORD) -> None:
    """Sign in through the page at the door."""
    page.goto("/login/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", password)
    page.click("button[type=submit].button")
    page.wait_for_url(lambda address: "/login/" not in address)
