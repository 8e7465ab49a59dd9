"""Which parts of a draft are somebody's answers, and what she typed: quotes stay traceable."""

from cms.contributions.composing import written_in
from cms.contributions.framing import block_id, in_language
from cms.contributions.models import Contribution
from cms.contributions.wording import lines_of
from cms.stories.models import EditorialPage
from cms.stories.questions.shapes import AnswerKind, AskedOf


def spoken_blocks(page: EditorialPage) -> dict[str, int]:
    """Return the ids of the blocks that are answers of whom the item is about, with her key."""
    found = _contribution(page)
    if found is None or found.about_id is None:
        return {}
    asked = found.question_set.questions.asked
    return {
        block_id(found.public_id, one.key): found.about_id
        for one in asked
        if one.asked_of == AskedOf.INTERVIEWEE
    }


def typed_answers(page: EditorialPage) -> dict[str, str]:
    """Return every answer as it was typed, a line for each paragraph, by the id of its block."""
    found = _contribution(page)
    if found is None:
        return {}
    written = written_in(found)
    return {
        block_id(found.public_id, one.key): "\n".join(
            lines_of(in_language(one, written.text(one.key), found.language))
        )
        for one in found.question_set.questions.asked
        if one.kind != AnswerKind.PHOTO and written.text(one.key).strip()
    }


def _contribution(page: EditorialPage) -> Contribution | None:
    return Contribution.objects.select_related("question_set__rubric").filter(item=page.pk).first()
