"""Whatever ends the press between two steps, the live release is whole and the work goes on."""

import asyncio
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hub_site.releases import BlobStore
from hub_site.shown import LiveRelease
from tests.integration.press.crashing import PAGES, STRIDE, SWITCHES

SCRIPT = [sys.executable, "-m", "tests.integration.press.crashing"]
ROOT = Path(__file__).resolve().parents[3]
UNMEASURED = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
LEAST_KILLS = 150 // STRIDE
_NUMBER = re.compile(rb"\A\d+")


def ledger_of(*words: str) -> dict[str, Any]:
    done = subprocess.run(
        words, check=True, capture_output=True, text=True, cwd=ROOT, env=UNMEASURED
    )
    ledger = json.loads(done.stdout)
    assert isinstance(ledger, dict)
    return ledger


def test_a_kill_at_any_step_leaves_a_whole_release_and_loses_no_work(tmp_path: Path) -> None:
    ledger = ledger_of(*SCRIPT, "kill", str(tmp_path))

    assert ledger["wrong"] == {}
    assert ledger["kills"] > LEAST_KILLS


def test_no_space_at_any_write_is_told_and_heals(tmp_path: Path) -> None:
    ledger = ledger_of(*SCRIPT, "full", str(tmp_path))

    assert ledger["wrong"] == {}
    assert ledger["full"] > PAGES // STRIDE
    assert all("No space left" in told and "make room" in told for told in ledger["told"])


def test_a_file_system_that_is_really_full_heals_when_there_is_room(tmp_path: Path) -> None:
    own_mounts = [shutil.which("unshare") or "unshare", "-Urm"]
    if subprocess.run([*own_mounts, "true"], check=False, capture_output=True).returncode:
        pytest.skip("This machine lets nobody mount a small file system of his own.")
    mount = 'mount -t tmpfs -o size=1500k none "$1" && shift && exec "$@"'
    ledger = ledger_of(
        *(*own_mounts, "sh", "-c", mount, "sh", str(tmp_path)),
        *(*SCRIPT, "real", str(tmp_path)),
    )

    assert ledger["wrong"] == []
    assert ledger["published"] > 0
    assert ledger["live"] == ledger["published"]
    assert ledger["after"] == ledger["live"] + 1
    assert "make room" in ledger["told"]


def test_readers_see_one_whole_release_through_many_switches(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [*SCRIPT, "switch", str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, env=UNMEASURED
    )
    try:
        seen = asyncio.run(_read_along(tmp_path, writer))
    finally:
        writer.communicate(timeout=120)

    assert writer.returncode == 0
    assert len(seen) > SWITCHES // 20
    assert seen[-1] == SWITCHES
    assert seen == sorted(seen)


async def _read_along(folder: Path, writer: "subprocess.Popen[bytes]") -> list[int]:
    """Read every page of whatever is shown, again and again; return the numbers it showed."""
    live, blobs = LiveRelease(folder), BlobStore(folder / "blobs")
    seen: list[int] = []
    is_last = False
    while not is_last:
        is_last = writer.poll() is not None
        shown = await live.shown(is_fresh=True)
        if shown is None:
            # Whoever asks without a pause keeps the press from making what it asks for.
            await asyncio.sleep(0.01)
            continue
        numbers = set()
        for digest in shown.files.values():
            body = await live.body(digest, is_gzipped=False)
            assert hashlib.sha256(body).hexdigest() == digest
            assert blobs.read(digest) == body
            found = _NUMBER.match(body)
            numbers.add(int(found[0]) if found else None)
        assert len(numbers) == 1, "pages of two releases at once"
        [number] = numbers
        assert number is not None
        seen.append(number)
    return sorted(set(seen)) if seen == sorted(seen) else seen
