"""Puts a sentence back as its speaker said it."""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.agreement.models import Party
from cms.agreement.parts import Passage
from cms.agreement.rules import standing_of
from cms.agreement.sentences import (
    Change,
    compared,
    plain_of,
    put_back,
    put_back_in_plain,
)
from cms.stories.models import EditorialPage
from cms.workflow import texts
from cms.workflow.actions import locked_item
from cms.workflow.errors import NotAllowed, OwnTextChanged

RICH = {"paragraph": None, "question_answer": "answer", "call_out": "body"}
"""Blocks with markup, and under which name; of a quote it is plain text."""


@transaction.atomic
def restore(  # noqa: PLR0913 - what was shown, and where
    party: Party, *, where: str, number: int, before: str, digest: str, by: User | None
) -> None:
    """Put one change in somebody's words back to what she said; she still has to say yes to it.

    Args:
        party: Who she is, in which item.
        where: The id of the block.
        number: Of the change, in the comparison of `before` with what stands there.
        before: What she said.
        digest: Of her part as it was shown to her.
        by: Her account, if she has one.

    Raises:
        NotAllowed: She is not being asked now.
        OwnTextChanged: Her part is not the one that she was shown.
    """
    item = locked_item(party.item_id)
    party.refresh_from_db()
    if not party.is_open:
        raise NotAllowed
    page = texts.latest_text(item).page
    part = standing_of(page).parts.get(party.person_id)
    if part is None or part.whole != digest:
        raise OwnTextChanged
    passage = next((each for each in part.words if each.where == where), None)
    change = _change(passage, before, number) if passage else None
    if change is None or not _changed_block(page, where, change):
        raise OwnTextChanged
    revision = page.save_revision(user=by, clean=False)
    log(instance=item, action="plein.restore_sentence", user=by, revision=revision)


def _change(passage: Passage, before: str, number: int) -> Change | None:
    found = compared(before, plain_of(passage.said))
    return next((one for one in found if isinstance(one, Change) and one.number == number), None)


def _changed_block(page: EditorialPage, where: str, change: Change) -> bool:
    blocks = [dict(block) for block in page.body.get_prep_value()]
    block = next((each for each in blocks if str(each.get("id")) == where), None)
    if block is None:
        return False
    kind = block["type"]
    if kind == "pull_quote":
        block["value"] = _with(block["value"], "text", change, put_back_in_plain)
    elif kind in RICH and RICH[kind] is None:
        block["value"] = put_back(block["value"], change)
    elif kind in RICH:
        block["value"] = _with(block["value"], str(RICH[kind]), change, put_back)
    else:
        return False
    body: Any = page._meta.get_field("body")  # noqa: SLF001 - Django's own name
    page.body = body.to_python(json.dumps(blocks))
    return True


def _with(
    value: dict[str, Any], name: str, change: Change, replace: Callable[[str, Change], str]
) -> dict[str, Any]:
    return {**value, name: replace(value[name], change)}
