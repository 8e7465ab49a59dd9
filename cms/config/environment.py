"""Settings that differ per machine, read from the environment and nowhere else."""

import os
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from cms.config.errors import WrongUseError

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
HIGHEST_PORT = 65535


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


def number(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        message = f"{name} is {value!r}; it must be a whole number."
        raise WrongUseError(message) from error


def port() -> int:
    """Return the port the hub answers on."""
    value = number("PLEIN_PORT", 8000)
    if 1 <= value <= HIGHEST_PORT:
        return value
    message = f"PLEIN_PORT is {value}; a port lies between 1 and {HIGHEST_PORT}."
    raise WrongUseError(message)


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
