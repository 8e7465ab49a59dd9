"""The rubrics an organisation starts with, read from `content/rubrics/`."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.text import slugify

from cms.accounts.models import Person
from cms.stories.models import HubPage, Rubric


@cache
def starter_rubrics() -> dict[str, dict[str, Any]]:
    """Return every starter rubric by its id, as its file says it."""
    folder = settings.PLEIN_CHECKOUT / "content" / "rubrics"
    read = (
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))
    )
    return {rubric["id"]: rubric for rubric in read}


def add_rubric(
    hub: HubPage,
    wanted: dict[str, Any],
    *,
    slug: str = "",
    keeper: Person | None = None,
    approvers: Group | None = None,
) -> Rubric:
    """Put one rubric on the hub, in the hub's language, live at once.

    A rubric approved by a group of its own is written by that group: it is closed to others.
    """
    introduction = (wanted.get("introduction") or "").strip()
    language = hub.language
    name = wanted["name"][language]
    return hub.add_child(  # type: ignore[no-any-return]
        instance=Rubric(
            title=name,
            slug=slug or slugify(name),
            language=language,
            purpose=wanted["purpose"][language],
            tone=wanted["tone"][language],
            cadence=wanted["cadence"][language],
            colour=wanted["colour"],
            tile=wanted["tile"],
            introduction=f"<p>{introduction}</p>" if introduction else "",
            keeper=keeper,
            approvers=approvers,
            open_to_ambassadors=approvers is None,
        )
    )
