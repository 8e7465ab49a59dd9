"""What goes into the log: one line per event, and nothing about who reads what."""

import logging
from typing import Any

from cms.config import environment

SERVER_ERROR = 500


class WithoutStackOfRefusals(logging.Filter):
    """A refused request is an event, not a fault: it gets its line, without a stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True


def logging_settings() -> dict[str, Any]:
    """Return the log settings that every part of Plein shares."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname:<8}{name}: {message}", "style": "{"},
        },
        "filters": {"refusals": {"()": WithoutStackOfRefusals}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["refusals"],
            }
        },
        "root": {
            "handlers": ["console"],
            "level": environment.text("PLEIN_LOG_LEVEL", "WARNING").upper(),
        },
        # Django's own would be silent outside debugging, and would mail instead.
        "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
    }
