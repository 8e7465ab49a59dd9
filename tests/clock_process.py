"""A process of its own that does the clock's work in children, which can be killed at any step.

It is asked by lines of JSON on standard input and answers each with one line. A child is a fork:
a real process with a connection of its own, without the seconds that a start takes.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.db import connection, connections, transaction

NEVER = -1


def main() -> None:
    """Carry out what is asked until standard input ends."""
    database = json.loads(sys.argv[1])
    # As an installation has it: what nobody waits for is left to the worker.
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    django.setup()
    settings.DATABASES["default"].update(database)
    rehearse()
    for line in sys.stdin:
        wish = json.loads(line)
        child = os.fork()
        if child == 0:
            carry_out(wish)
        answer = {"pid": child} if wish["act"] == "run" else {"killed": is_killed(child)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def rehearse() -> None:
    """Do once, and undo, what is due: children then find loaded what is loaded at first use."""
    from cms.publishing import clock  # noqa: PLC0415 - models exist only once Django is ready

    with transaction.atomic():
        clock.do_what_is_due()
        transaction.set_rollback(True)
    connections.close_all()


def carry_out(wish: dict[str, Any]) -> None:
    """Do one thing and end, without anything that this process would do at its end."""
    code = 1
    try:
        ACTS[wish["act"]](wish.get("kill_at", NEVER))
        code = 0
    finally:
        os._exit(code)


def is_killed(child: int) -> bool:
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    if os.WEXITSTATUS(status):
        raise SystemExit(os.WEXITSTATUS(status))
    return False


def run(_kill_at: int) -> None:
    from cms.publishing import clock  # noqa: PLC0415 - models exist only once Django is ready

    clock.run(threading.Event())


def publish(kill_at: int) -> None:
    from cms.publishing import clock  # noqa: PLC0415 - as above

    die_at(kill_at)
    clock.publish_due()


def expire(kill_at: int) -> None:
    from cms.publishing import clock  # noqa: PLC0415 - as above

    die_at(kill_at)
    clock.expire_due()


ACTS: dict[str, Callable[[int], None]] = {"run": run, "publish": publish, "expire": expire}


def die_at(number: int) -> None:
    """Let this process be killed at its nth step: before a statement, before or after a commit."""
    steps = 0
    commit = connection._commit  # type: ignore[attr-defined]  # the only way to stand there

    def step() -> None:
        nonlocal steps
        if steps == number:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1

    def before(execute: Callable[..., Any], *statement: Any) -> Any:
        step()
        return execute(*statement)

    def around_commit() -> None:
        step()
        commit()
        step()

    connection.execute_wrappers.append(before)
    connection._commit = around_commit  # type: ignore[attr-defined]  # as above


if __name__ == "__main__":
    main()
