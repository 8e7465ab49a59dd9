"""The programs of others that `make audit` asks: the HTML checker, pa11y and Lighthouse."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cms.config.home import CHECKOUT
from tests.end_to_end.conftest import chromium

TOOLS = CHECKOUT / "build" / "audit-tools"
PATIENCE = 600.0
CHROME = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LISTS = "role is unnecessary for element"
"""Not heeded: without that role Safari does not say that a list without bullets is one."""
GUESS = "This document appears to be written in"
"""Not heeded: a page whose text is in the other language says so of that text, and its frame isn't.
The guess is of both together, and not the same each time."""
LEFT_OUT = "is-crawlable"
"""A hub asks search engines to stay away (`noindex`), which Lighthouse counts as a fault."""


def program(name: str) -> str:
    found = TOOLS / "node_modules" / ".bin" / name
    if not found.exists():
        raise FileNotFoundError(f"{found} is not there: run `.ci/audit-tools {TOOLS}` first.")
    return str(found)


def faults_of_markup(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Ask the Nu HTML checker about all these pages at once."""
    for path, body in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return [
        f"{each['url'].partition(folder.name)[2]}:{each.get('lastLine', 0)} {each['message']}"
        for each in messages
        if each["type"] != "info" or each.get("subType") == "warning"
        if LISTS not in each["message"] and GUESS not in each["message"]
    ]


def faults_by_pa11y(address: str, *, cookie: str, folder: Path) -> list[str]:
    """Ask pa11y, whose rules are not those of axe."""
    settings = {
        "headers": {"Cookie": cookie},
        "chromeLaunchConfig": {"executablePath": chromium(), "args": CHROME[1:]},
        "standard": "WCAG2AA",
        "timeout": 60_000,
    }
    file = folder / "pa11y.json"
    file.write_text(json.dumps(settings))
    command = [program("pa11y"), "--config", str(file), "--reporter", "json", address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if not done.stdout.startswith("["):
        raise RuntimeError(f"pa11y did not look at {address}: {done.stderr[-500:]}")
    issues: list[dict[str, str]] = json.loads(done.stdout)
    return [f"{each['code']} {each['selector']}: {each['message'][:160]}" for each in issues]


def scores_by_lighthouse(address: str, *, port: int, file: Path) -> dict[str, float]:
    """Ask Lighthouse, in the browser that listens there and in which somebody signed in."""
    command = [program("lighthouse"), address, "--quiet", "--output=json", f"--port={port}"]
    command += [f"--output-path={file}", f"--skip-audits={LEFT_OUT}"]
    subprocess.run(
        command, capture_output=True, timeout=PATIENCE, check=True, env={**os.environ, "CI": "1"}
    )
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return {name: each["score"] for name, each in found["categories"].items()}
