"""Settings that differ per machine, read from the environment and nowhere else."""

import os
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cms.config.errors import WrongUseError

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
HIGHEST_PORT = 65535
_OIDC = (
    *("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "SCOPES", "HOURS", "GROUPS", "LINK"),
    *("TRUST_EMAIL", "NEW_ACCOUNTS"),
    *(f"CLAIM_{what}" for what in ("NUMBER", "DEPARTMENT", "LOCATION", "GROUPS")),
)
NAMES = frozenset(
    {
        *("PLEIN_HOME", "PLEIN_PORT", "PLEIN_HOST", "PLEIN_HOSTS", "PLEIN_PUBLIC_URL"),
        *("PLEIN_DATABASE_URL", "PLEIN_TIME_ZONE", "PLEIN_DEMO_PASSWORD", "PLEIN_DEBUG"),
        *("PLEIN_TRUSTED_PROXIES", "PLEIN_SHARED_NETWORKS", "PLEIN_SECOND_FACTOR"),
        *("PLEIN_WEB_ROOT", "PLEIN_WEB_WORKERS", "PLEIN_HSTS_SECONDS", "PLEIN_API_URL"),
        *("PLEIN_LOG", "PLEIN_LOG_LEVEL", "PLEIN_ACCESS_LOG"),
        *("PLEIN_ASK", "PLEIN_EMERGENCY_MINUTES"),
        *(f"PLEIN_EMAIL_{what}" for what in ("HOST", "PORT", "USER", "PASSWORD", "TLS", "FROM")),
        *(f"PLEIN_OIDC_{what}" for what in _OIDC),
    }
)
"""Every setting there is; a test holds them to what is read and to what the README names."""


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable as a claim that is true or false."""
    value = text(name, "1" if default else "").lower()
    if value in TRUE or value in FALSE:
        return value in TRUE
    message = f"{name} is {value!r}; use 1 or 0."
    raise WrongUseError(message)


def number(name: str, default: int, *, at_least: int = 0) -> int:
    """Return the variable as a whole number."""
    value = text(name, str(default))
    try:
        whole = int(value)
    except ValueError as error:
        message = f"{name} is {value!r}; it must be a whole number."
        raise WrongUseError(message) from error
    if whole < at_least:
        message = f"{name} is {whole}; it must be {at_least} or more."
        raise WrongUseError(message)
    return whole


def port(name: str = "PLEIN_PORT", default: int = 8000) -> int:
    """Return the port the hub answers on, or another that is set."""
    value = number(name, default)
    if 1 <= value <= HIGHEST_PORT:
        return value
    message = f"{name} is {value}; a port lies between 1 and {HIGHEST_PORT}."
    raise WrongUseError(message)


def time_zone() -> str:
    """Return the one time zone of the hub."""
    value = text("PLEIN_TIME_ZONE", "Europe/Amsterdam")
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"PLEIN_TIME_ZONE is {value!r}; give the name of one, as in Europe/Amsterdam."
        raise WrongUseError(message) from error
    return value


def unknown() -> Iterator[str]:
    """Say of each variable that looks like a setting of Plein, and is none, what may be meant."""
    for name in sorted(os.environ):
        if name.startswith("PLEIN_") and name not in NAMES:
            near = get_close_matches(name, NAMES, n=1)
            hint = f" Is {near[0]} meant?" if near else ""
            yield f"{name} is no setting of Plein, so it sets nothing.{hint}"


def host() -> str:
    """Return the address the hub listens on; this machine only, unless told otherwise."""
    return text("PLEIN_HOST", "127.0.0.1").strip("[]")


def one_of(name: str, choices: Sequence[str]) -> str:
    """Return the variable, which is one of these words; the first where it is missing."""
    value = text(name, choices[0]).lower()
    if value in choices:
        return value
    message = f"{name} is {value!r}; use {' or '.join(choices)}."
    raise WrongUseError(message)


def listed(name: str, default: list[str]) -> list[str]:
    """Return the variable as words separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or default


def second_factor(*, default: str) -> bool:
    """Say whether a password alone is too little for the newsroom."""
    other = {"required": "optional", "optional": "required"}[default]
    return one_of("PLEIN_SECOND_FACTOR", (default, other)) == "required"


def networks(name: str, default: list[str]) -> list[IPv4Network | IPv6Network]:
    """Return the variable as addresses and networks, separated by commas."""
    words = listed(name, default)
    try:
        return [ip_network(word) for word in words]
    except ValueError as error:
        message = f"{name}: {error}. Give addresses or networks, as in 10.0.0.5,192.168.4.0/24."
        raise WrongUseError(message) from error


def public_url(default: str) -> str:
    """Return the address people type, without a slash at the end."""
    value = text("PLEIN_PUBLIC_URL", default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme in {"http", "https"} and parts.hostname and not parts.path:
        return value
    message = f"PLEIN_PUBLIC_URL is {value!r}; give scheme and host, as in https://plein.example."
    raise WrongUseError(message)
