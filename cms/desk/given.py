"""The answers that a draft was made of, for whoever edits it: quotes stay traceable to them."""

from dataclasses import dataclass

from cms.contributions.composing import left_behind, written_in
from cms.contributions.models import Contribution
from cms.stories.models import EditorialPage


@dataclass(frozen=True)
class GivenAnswer:
    """One answer beside the draft; `is_left_behind` when the draft no longer says it so."""

    ask: str
    text: str
    is_left_behind: bool


def given_answers(item: EditorialPage) -> list[GivenAnswer]:
    """Return what was answered, in the order of asking; nothing for what began as a page."""
    found = (
        Contribution.objects.select_related("question_set__rubric", "about", "item")
        .filter(item=item.pk)
        .first()
    )
    if found is None:
        return []
    written = written_in(found)
    behind = left_behind(found, written)
    return [
        GivenAnswer(one.worded(found.language).ask, written.text(one.key), one.key in behind)
        for one in found.question_set.questions.asked
        if written.text(one.key).strip()
    ]
