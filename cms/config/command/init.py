"""`plein init`: a hub for colleagues, with keys and an administrator of its own."""

import argparse
import getpass
import json
import os
import subprocess
import sys
from pathlib import Path

from cms.config import keys
from cms.config.errors import PleinError, WrongUseError
from cms.config.home import Home, current_home
from cms.config.home_lock import ensure_writable, only_one
from cms.config.supervisor import plein_command


def run(arguments: argparse.Namespace) -> int:
    """Set this home up; nothing is kept of an attempt that fails halfway but its keys."""
    home = current_home()
    _refuse_used(home)
    ensure_writable(home)
    with only_one(home):
        wanted = {
            "organisation": _asked(arguments.organisation, "Name of the organisation"),
            "hub": arguments.hub,
            "language": arguments.language,
            "admin": _asked(arguments.admin, "User name of the first administrator"),
            "email": _asked(arguments.email, "E-mail address of the first administrator"),
            "password": _password(arguments.password_file),
            **_approvers(arguments),
        }
        keys.read_or_make_key(home.secret_key)
        _run("prepare")
        _run("found", given=json.dumps(wanted))
        home.installed_flag.touch()
    print(
        f"\nThe hub of {wanted['organisation']} is set up in {home.root}.\n"
        "Set PLEIN_PUBLIC_URL to the address colleagues will type, and start it with `plein run`."
    )
    return 0


def _refuse_used(home: Home) -> None:
    if home.is_installed or home.is_demo:
        kind = "a hub" if home.is_installed else "the demo"
        message = f"{home.root} already holds {kind}. Name an empty folder in PLEIN_HOME."
        raise WrongUseError(message)


def _asked(given: str | None, question: str) -> str:
    if given and given.strip():
        return given.strip()
    if sys.stdin.isatty() and (answer := input(f"{question}: ").strip()):
        return answer
    message = f"{question}: not given. See `plein init --help`."
    raise WrongUseError(message)


def _approvers(arguments: argparse.Namespace) -> dict[str, str]:
    """Ask who approves, and for a deputy: nothing goes live on the word of one person."""
    named: dict[str, str] = {}
    for who, question in (("manager", "community manager"), ("deputy", "deputy")):
        given = getattr(arguments, who) or _asked_if_known(f"User name of the {question}")
        named[who] = given
        if given:
            mail = getattr(arguments, f"{who}_email")
            named[f"{who}_email"] = mail or _asked_if_known(f"E-mail address of the {question}")
    if not named["deputy"]:
        print("No deputy named: Today goes on reminding until there is one.")
    return named


def _asked_if_known(question: str) -> str:
    return input(f"{question} (empty: later): ").strip() if sys.stdin.isatty() else ""


def _password(file: str | None) -> str:
    if file == "-":
        return sys.stdin.readline().rstrip("\n")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\n")
        except OSError as error:
            message = f"The password can't be read from {file}: {error.strerror}."
            raise WrongUseError(message) from error
    if not sys.stdin.isatty():
        message = "No password: name a file that holds it with --password-file."
        raise WrongUseError(message)
    password = getpass.getpass("Password of the first administrator: ")
    if getpass.getpass("Once more: ") != password:
        message = "The two passwords are not the same."
        raise WrongUseError(message)
    return password


def _run(command: str, given: str = "") -> None:
    done = subprocess.run(  # noqa: S603 - our own command; what was asked goes in by standard input
        plein_command(command),
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.config.settings.production"},
        input=given,
        text=True,
        check=False,
    )
    if done.returncode:
        message = "Nothing was set up; what went wrong stands above. Mend it and try again."
        raise PleinError(message)
