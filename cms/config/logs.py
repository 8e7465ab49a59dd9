"""What goes into the log: one line per event, nothing about who reads what, and no person in it."""

import ipaddress
import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from cms.config import environment
from cms.config.home import Home
from cms.core import security_log

SERVER_ERROR = 500
REFUSED = {400, 403}
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
MAYBE_ADDRESS = re.compile(r"(?<![\w.:])(?:[0-9a-fA-F]*:[0-9a-fA-F:.]+|\d+(?:\.\d+){3})(?![\w.])")
OF_A_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
PLAIN = (str, int, float, bool)
AGAIN_SECONDS = 60.0
LEVELS = ("warning", "debug", "info", "error", "critical")


class WithoutStackOfRefusals(logging.Filter):
    """A refused request is an event, not a fault: it gets its line, without a stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True


class WithoutPaths(logging.Filter):
    """Who asked for what is nobody's business: a request is told by its kind, not its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None:
            return True
        match = getattr(request, "resolver_match", None)
        screen = match.view_name if match and match.view_name else "no screen of ours"
        method = str(getattr(request, "method", ""))
        status = getattr(record, "status_code", "")
        record.msg, record.args = "%s %s: %s", (method, status, screen)
        return True


class OncePerOutage(logging.Filter):
    """PostgreSQL's pool tells of every vain try, many a second: one line when it begins is enough.

    And one when it is over, which the pool itself finds no more worth telling than any connection.
    """

    def __init__(self) -> None:
        super().__init__()
        self._since: float | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg.startswith("error connecting"):
            return self._begins(record)
        if record.msg.startswith("adding new connection"):
            return self._ends(record)
        return record.levelno >= logging.WARNING and self._since is None

    def _begins(self, record: logging.LogRecord) -> bool:
        is_news = self._since is None
        if is_news:
            self._since = record.created
            reason = " ".join(record.getMessage().split())
            record.msg, record.args = "The database can't be reached: %s", (reason,)
        return is_news

    def _ends(self, record: logging.LogRecord) -> bool:
        is_news = self._since is not None
        if self._since is not None:
            lasted = round(record.created - self._since)
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.msg, record.args = "The database answers again, after %d s", (lasted,)
            self._since = None
        return is_news


class OncePerMinute(logging.Filter):
    """The clock comes round every second: what fails each time is told again after a minute.

    A full disk may be full because of a log.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[tuple[str, type[BaseException] | None], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        recent = {k: at for k, at in self._told.items() if record.created - at < AGAIN_SECONDS}
        what = (record.getMessage(), record.exc_info[0] if record.exc_info else None)
        self._told = {what: record.created} | recent
        return what not in recent


class OnlyRefusals(logging.Filter):
    """For the security log: who was turned away, from which screen, and nothing else of it."""

    def filter(self, record: logging.LogRecord) -> logging.LogRecord | bool:
        request = getattr(record, "request", None)
        if request is None or getattr(record, "status_code", 0) not in REFUSED:
            return False
        match = getattr(request, "resolver_match", None)
        told = logging.makeLogRecord(vars(record))
        told.msg, told.args = "refused", ()
        told.account = str(getattr(request, "user", ""))
        told.address = str(request.META.get("REMOTE_ADDR", ""))
        told.what = match.view_name if match and match.view_name else record.name
        return told


def without_persons(text: str) -> str:
    """Take out what names a person or their machine, wherever it came from."""
    return MAYBE_ADDRESS.sub(_address, MAIL_ADDRESS.sub("(mail address)", text))


def _address(found: re.Match[str]) -> str:
    """Hide what is an address of another machine; a clock time or a version is none."""
    try:
        address = ipaddress.ip_address(found[0])
    except ValueError:
        return found[0]
    return found[0] if address.is_loopback or address.is_unspecified else "(address)"


class LineFormatter(logging.Formatter):
    """A line for people, and below it the stack where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        return without_persons(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for who collects logs: what was passed as `extra` has its own key."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_persons(record.getMessage()),
        }
        if record.exc_info:
            event["stack"] = without_persons(self.formatException(record.exc_info))
        for name, value in vars(record).items():
            if name not in OF_A_RECORD and isinstance(value, PLAIN):
                event[name] = without_persons(value) if isinstance(value, str) else value
        return json.dumps(event, ensure_ascii=False)


def logging_settings(home: Home) -> dict[str, Any]:
    """Return the log settings that every part of Plein shares; what has a file has it in `home`."""
    security = {"()": security_log.DailyFiles, "folder": home.logs, "formatter": "security"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": LineFormatter,
                "format": "{asctime} {levelname:<8}{name}: {message}",
                "style": "{",
            },
            "json": {"()": JsonFormatter},
            "security": {"()": security_log.SecurityFormatter},
        },
        "filters": {
            "refusals": {"()": WithoutStackOfRefusals},
            "paths": {"()": WithoutPaths},
            "outages": {"()": OncePerOutage},
            "again": {"()": OncePerMinute},
            "only-refusals": {"()": OnlyRefusals},
        },
        "handlers": {
            "security": security,
            "refusals": {**security, "filters": ["only-refusals"]},
            "console": {
                "class": "logging.StreamHandler",
                "formatter": environment.one_of("PLEIN_LOG", ("line", "json")),
                "filters": ["refusals", "paths"],
            },
        },
        "root": {
            "handlers": ["console"],
            "level": environment.one_of("PLEIN_LOG_LEVEL", LEVELS).upper(),
        },
        # Django's own would be silent outside debugging, and would mail instead.
        "loggers": {
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},
            "django.request": {"handlers": ["refusals"]},
            "django.security": {"handlers": ["refusals"]},
            # Names accounts, so nothing of it goes where the other lines go.
            security_log.LOGGER: {"handlers": ["security"], "level": "INFO", "propagate": False},
            "cms.publishing.clock": {"filters": ["again"]},
            "httpx": {"level": "WARNING"},  # the press asks twice a second
            "psycopg.pool": {"level": "INFO", "filters": ["outages"]},
            "wagtail": {"level": "WARNING"},  # it names by its title what was edited
        },
    }
