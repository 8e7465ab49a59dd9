"""Puts what the frame made into a draft that somebody may have edited: her words stay.

Three texts meet: what the frame made last, what stands in the draft now, and what the frame makes
of the newest answers. A part that still is as the frame made it follows the answers; a part that
somebody changed, moved or took away is hers from then on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cms.contributions.framing import Block
from cms.contributions.wording import same_markup

RICH = {"paragraph": None, "question_answer": "answer", "call_out": "body"}
"""Blocks with rich text, and under which name."""


def merged_text(before: str | None, now: str, wanted: str) -> str:
    """Return the text of a field; `before` is None where the frame made nothing yet."""
    return wanted if before is None or before.strip() == now.strip() else now


def merged_body(
    before: Sequence[Block], now: Sequence[Block], wanted: Sequence[Block]
) -> list[Block]:
    """Return the body of the draft with everything new in it."""
    made, wishes = _by_id(before), _by_id(wanted)
    kept: list[Block] = []
    for block in now:
        name = str(block.get("id"))
        if name not in made or not same_block(made[name], block):
            kept.append(block)
        elif name in wishes:
            kept.append(wishes[name])
    there = {str(block.get("id")) for block in kept}
    for place, block in enumerate(wanted):
        if block["id"] not in there and block["id"] not in made:
            kept.insert(_place(kept, wanted[:place]), block)
            there.add(block["id"])
    return kept


def with_block(now: Sequence[Block], wanted: Sequence[Block], name: str) -> list[Block]:
    """Return the body of the draft with one part of the wanted one, in its own place."""
    wish = _by_id(wanted)[name]
    kept = [wish if str(block.get("id")) == name else block for block in now]
    if wish not in kept:
        kept.insert(_place(kept, wanted[: wanted.index(wish)]), wish)
    return kept


def _place(kept: Sequence[Block], earlier: Sequence[Block]) -> int:
    """Return where a new part goes: behind the nearest one before it that is there."""
    places = {str(block.get("id")): place for place, block in enumerate(kept)}
    for block in reversed(earlier):
        if block["id"] in places:
            return places[block["id"]] + 1
    return 0


def _by_id(blocks: Sequence[Block]) -> dict[str, Block]:
    return {str(block.get("id")): block for block in blocks}


def same_block(one: Block, other: Block) -> bool:
    """Say whether a reader would find no difference between two blocks."""
    if one["type"] != other["type"]:
        return False
    kind = one["type"]
    if kind not in RICH:
        return bool(_without_empty(one["value"]) == _without_empty(other["value"]))
    name = RICH[kind]
    if name is None:
        return same_markup(one["value"], other["value"])
    rest = [
        {key: words for key, words in each["value"].items() if key != name} for each in (one, other)
    ]
    return rest[0] == rest[1] and same_markup(one["value"][name], other["value"][name])


def _without_empty(value: Any) -> Any:
    """An editor that only opened a block fills in what was left out."""
    if not isinstance(value, Mapping):
        return value
    return {
        key: _without_empty(each) for key, each in value.items() if each not in (None, "", False)
    }
