"""What goes into the log: one line per event, and nothing about who reads what."""

from typing import Any

from cms.config import environment


def logging_settings() -> dict[str, Any]:
    """Return the log settings that every part of Plein shares."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname:<8}{name}: {message}", "style": "{"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {
            "handlers": ["console"],
            "level": environment.text("PLEIN_LOG_LEVEL", "WARNING").upper(),
        },
        # Django's own would be silent outside debugging, and would mail instead.
        "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
    }
