"""Which database holds the newsroom: SQLite in the home, or the PostgreSQL that is named."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import OperationalError, connection

from cms.config import environment
from cms.config.errors import PleinError, WrongUseError
from cms.config.home import Home

VARIABLE = "PLEIN_DATABASE_URL"
EXAMPLE = "postgresql://plein:password@db.example/plein"
SCHEMES = {"postgresql", "postgres"}

# A server or a network that stopped answering is a failure within seconds, never a wait for ever;
# and what holds a row while its process is frozen or cut off lets go of it within a minute.
PATIENCE = {"connect_timeout": "5", "tcp_user_timeout": "20000", "keepalives_idle": "20"}
SERVER_PATIENCE = "-c lock_timeout=20s -c idle_in_transaction_session_timeout=60s"
POOL = {"min_size": 1, "max_size": 20, "timeout": 5}


class DatabaseUnreachableError(PleinError):
    """The database that is named does not answer, or not to us."""

    exit_code = 6


def database_settings(home: Home) -> dict[str, Any]:
    """Return Django's settings of the one database.

    Raises:
        WrongUseError: The address can't be read, or there is no driver for it.
    """
    url = environment.text(VARIABLE)
    return postgresql(url) if url else sqlite(home)


def sqlite(home: Home) -> dict[str, Any]:
    """Return the settings of the database in the home."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home.database,
        "OPTIONS": {
            # FULL, because a commit the press has printed must survive a power cut. IMMEDIATE,
            # because a transaction that starts by reading can't wait for the lock when it writes.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return the settings of the PostgreSQL at an address; libpq's own options may follow a `?`.

    Raises:
        WrongUseError: The address can't be read, or there is no driver for it.
    """
    parts, name, port = _parts(url)
    if find_spec("psycopg") is None:
        message = (
            f"{VARIABLE} names PostgreSQL; its driver is not installed. `make install` gets it."
        )
        raise WrongUseError(message)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": port,
        "CONN_HEALTH_CHECKS": True,  # what came back from the pool may be cut off since
        "OPTIONS": {
            **PATIENCE,
            "application_name": "plein",
            "options": SERVER_PATIENCE,
            "pool": POOL,
            **options,
        },
    }


def assert_reachable() -> None:
    """Open a connection of its own, past the pool, which keeps the reason of a failure to itself.

    Raises:
        DatabaseUnreachableError: With what the server said, if it said something.
    """
    asked = connection.copy()
    asked.settings_dict["OPTIONS"].pop("pool", None)
    try:
        asked.ensure_connection()
    except OperationalError as error:
        said = " ".join(str(error).split())
        message = f"The database can't be reached: {said}. Is {VARIABLE} right, and is it running?"
        raise DatabaseUnreachableError(message) from error
    finally:
        asked.close()


def _parts(url: str) -> Any:
    """Return the parts of an address, the name of the database and the port."""
    # The address holds a password, so it is not repeated.
    message = f"{VARIABLE} can't be read; write it as in {EXAMPLE}."
    try:
        parts = urlsplit(url)
        name, port = unquote(parts.path.removeprefix("/")), parts.port
    except ValueError as error:
        raise WrongUseError(message) from error
    if parts.scheme not in SCHEMES or not name or "/" in name:
        raise WrongUseError(message)
    return parts, name, port or ""
