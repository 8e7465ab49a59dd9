"""Answers that an editor said otherwise in the draft: her writer is told, and can undo it."""

from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.agreement.sentences import plain_of
from cms.contributions.actions import held
from cms.contributions.composing import (
    body_of,
    framed_now,
    is_open,
    left_behind_in,
    put_body,
    written_in,
)
from cms.contributions.framing import Block, block_id
from cms.contributions.merging import RICH, with_block
from cms.contributions.models import Contribution
from cms.workflow.actions import locked_item
from cms.workflow.errors import NotAllowed


@dataclass(frozen=True)
class TakenOver:
    """An answer, by the key of its question, and what the draft says there; nothing if left out."""

    key: str
    said: str


def taken_over(contribution: Contribution) -> list[TakenOver]:
    """Return the answers that the draft does not say as they were typed, in order."""
    item = contribution.item
    if item is None or not is_open(item):
        return []
    page = item.get_latest_revision_as_object()
    behind = left_behind_in(page, contribution, written_in(contribution))
    there = {str(block.get("id")): block for block in body_of(page)}
    return [
        TakenOver(one.key, _said(there.get(block_id(contribution.public_id, one.key))))
        for one in contribution.question_set.questions.asked
        if one.key in behind
    ]


@transaction.atomic
def say_as_typed(contribution: Contribution, key: str, *, by: User) -> None:
    """Let the draft say one answer as it was typed.

    Raises:
        NotHers: It is not hers.
        NotAllowed: It waits for a decision, or the answer makes no part of the text.
    """
    found = held(contribution, by=by)
    if found.item is None:
        raise NotAllowed
    item = locked_item(found.item.pk)
    if not is_open(item):
        raise NotAllowed
    wanted = framed_now(found, written_in(found)).body
    name = block_id(found.public_id, key)
    if name not in {block["id"] for block in wanted}:
        raise NotAllowed
    page = item.get_latest_revision_as_object()
    put_body(page, with_block(body_of(page), wanted, name))
    revision = page.save_revision(user=by, clean=False)
    log(instance=item, action="plein.restore_sentence", user=by, revision=revision)


def _said(block: Block | None) -> str:
    if block is None:
        return ""
    part = RICH.get(block["type"])
    return plain_of(str(block["value"][part] if part else block["value"]))
