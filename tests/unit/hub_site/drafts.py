"""A release to be, of which only its files matter."""

from collections.abc import Mapping
from datetime import UTC, datetime

from hub_site.releases import Draft

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def draft(files: Mapping[str, str | None], *, is_whole: bool = True) -> Draft:
    return Draft(
        changes=files,
        is_whole=is_whole,
        epoch="e",
        cursor="c",
        as_of=NOW,
        started_at=NOW,
        pages=1,
        set_aside="[]",
    )
