"""`plein accounts`: a list of colleagues, and help for who can't get in."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from django.db import IntegrityError
from django.utils import translation
from wagtail.log_actions import log

from cms.accounts.backends import account_named
from cms.accounts.importing.applying import apply
from cms.accounts.importing.difference import Change, Difference, difference_of
from cms.accounts.importing.reading import read_list
from cms.accounts.models import User
from cms.accounts.signing_in import second_factor
from cms.accounts.signing_in.sessions import end_sessions_of
from cms.config.errors import PleinError, WrongUseError

SHOWN = 20


def run(arguments: argparse.Namespace) -> int:
    """Do one of the three."""
    acts = {"import": _import, "sign-out": _sign_out, "without-code": _without_code}
    return acts[arguments.act](arguments)


def _import(arguments: argparse.Namespace) -> int:
    try:
        content = Path(arguments.file).read_bytes()
    except OSError as error:
        message = f"{arguments.file} can't be read: {error.strerror}."
        raise WrongUseError(message) from error
    with translation.override("en"):
        found = difference_of(read_list(content), complete=arguments.complete)
        for line in _told(found):
            print(line)
    if found.faults:
        message = "Nothing was changed. Put the list right and try again."
        raise PleinError(message)
    if arguments.dry_run:
        print("This was only a look: nothing was changed.")
        return 0
    try:
        apply(found)
    except IntegrityError as error:
        message = "Somebody changed accounts at this moment; nothing was done. Try again."
        raise PleinError(message) from error
    print("Done.")
    return 0


def _told(found: Difference) -> Iterator[str]:
    for fault in found.faults:
        yield f"line {fault.line}: {fault.sentence}"
    if found.untold:
        yield f"and {found.untold} more"
    if found.faults:
        return
    for kind, names in (("department", found.departments), ("location", found.locations)):
        yield from (f"new {kind}: {name}" for name in names)
    yield from _first(f"new: {row.name}" for row in found.new)
    yield from _first(_changed(change) for change in found.changed)
    closed = len(found.closing)
    yield (
        f"{len(found.new)} new, {len(found.changed) - closed} changed, {closed} closed,"
        f" {found.same} as they were."
    )


def _changed(change: Change) -> str:
    if change.closes:
        return f"closed: {change.user.username}"
    words = [f"{name}: {was or '-'} > {then or '-'}" for name, (was, then) in change.fields.items()]
    return f"changed: {change.user.username}: {'; '.join([*words, *['open'] * change.opens])}"


def _first(lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number < SHOWN:
            yield line
        elif number == SHOWN:
            yield "..."


def _sign_out(arguments: argparse.Namespace) -> int:
    user = _account(arguments.name)
    end_sessions_of(user)
    _note(user, "end_sessions")
    print(f"Every session of {user.username} has ended.")
    return 0


def _without_code(arguments: argparse.Namespace) -> int:
    user = _account(arguments.name)
    second_factor.remove(user)
    end_sessions_of(user)
    _note(user, "remove_factor")
    print(f"{user.username} signs in with the password alone, until a code is set up anew.")
    return 0


def _account(name: str) -> User:
    user = account_named(name)
    if user is None:
        message = f"There is no account {name!r}."
        raise WrongUseError(message)
    return user


def _note(user: User, act: str) -> None:
    log(instance=user, action="accounts.way_in", data={"act": act})
