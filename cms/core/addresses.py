"""What an address on the hub may look like, and the ones where Plein answers itself."""

import re

RESERVED_SEGMENTS = frozenset(
    (
        *("a", "newsroom", "graphql", "write", "w", "ask", "f", "follow", "login", "logout"),
        *("media", "static", "assets", "healthz", "metrics", "preview"),
        *("collegas", "onderwerp", "rubrieken", "zoeken"),
    )
)
_ADDRESS = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*\Z")
_YEAR = re.compile(r"\d{4}\Z")


def is_plain(slug: str) -> bool:
    """Say whether a slug is made of small ASCII letters, digits and hyphens between them."""
    return bool(_ADDRESS.match(slug))


def is_year(slug: str) -> bool:
    """Say whether a slug reads as a year: those addresses are the archives'."""
    return bool(_YEAR.match(slug))


def is_reserved(slug: str) -> bool:
    """Say whether a first segment is one that Plein answers itself."""
    return slug in RESERVED_SEGMENTS
