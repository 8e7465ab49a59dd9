"""`plein restore`: the hub as a backup holds it, with what was taken offline since kept offline."""

import argparse
import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from cms.config import keys
from cms.config.backup import Backup, assert_whole, read_backup
from cms.config.dumps import Dumps, dumps
from cms.config.errors import PleinError, WrongUseError
from cms.config.home import Home, current_home
from cms.config.home_lock import ensure_writable, only_one
from cms.config.supervisor import plein_command

KINDS = {"installed": "production", "demo": "development"}


def run(arguments: argparse.Namespace) -> int:
    """Put a backup back while nothing runs; what was there stays, set aside."""
    home, backup, database = current_home(), read_backup(Path(arguments.backup)), dumps()
    _refuse_other_database(backup, database)
    ensure_writable(home)
    with only_one(home):
        assert_whole(backup)
        is_taken = not database.is_empty()
        if is_taken and not arguments.replace:
            message = (
                f"{home.root} holds a hub. Say --replace to put the backup in its place; what is"
                " there now is set aside, not lost."
            )
            raise WrongUseError(message)
        has_keys = bool(keys.read_keys(home.secret_key))
        # Broken off from here on, it would show again what was taken offline: `run` refuses it.
        home.restoring_flag.touch()
        aside = _set_aside(home, database) if is_taken else None
        _put_back(home, backup, database)
        keys.read_or_make_key(home.secret_key)
        # The press of this home has a key, if one that opens nothing yet: this is its own hub.
        keys.read_or_make_key(home.press_token)
        _run("prepare", backup)
        _run("restored", backup, given=json.dumps({"made_at": backup.made_at.isoformat()}))
        home.restoring_flag.unlink()
    if aside:
        print(f"What was there before is in {aside}. Remove it once all is well.")
    if not has_keys:
        print(
            f"There were no keys in {home.keys}, so new ones were made: second factors and letters"
            " with a code from before don't work. Put the old keys there if you have them."
        )
    print("Start the hub with `plein run`: it prints everything anew.")
    return 0


def _refuse_other_database(backup: Backup, database: Dumps) -> None:
    if backup.database != database.kind:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        message = (
            f"This backup is of {names[backup.database]}, and PLEIN_DATABASE_URL makes this home"
            f" use {names[database.kind]}. A backup goes back into what it came from."
        )
        raise WrongUseError(message)


def _set_aside(home: Home, database: Dumps) -> Path:
    aside = home.root / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    database.set_aside(aside)
    if home.media.exists():
        home.media.rename(aside / home.media.name)
    return aside


def _put_back(home: Home, backup: Backup, database: Dumps) -> None:
    database.put_back(backup.database_file)
    if home.media.exists():
        shutil.rmtree(home.media)
    shutil.copytree(backup.media, home.media)
    for flag, kind in ((home.installed_flag, "installed"), (home.demo_flag, "demo")):
        flag.touch() if backup.kind == kind else flag.unlink(missing_ok=True)
    home.prepared.unlink(missing_ok=True)


def _run(command: str, backup: Backup, given: str = "") -> None:
    settings = f"cms.config.settings.{KINDS[backup.kind]}"
    done = subprocess.run(  # noqa: S603 - our own command; what it needs goes in by standard input
        plein_command(command),
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
        input=given,
        text=True,
        check=False,
    )
    if done.returncode:
        message = (
            "The backup is in place, but could not be made ready; what went wrong stands above."
            " Mend it, and put the backup back once more with --replace."
        )
        raise PleinError(message)
