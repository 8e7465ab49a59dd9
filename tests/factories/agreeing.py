"""People in items, and what they said."""

import json
from typing import Any

from cms.accounts.models import Person, User
from cms.agreement.models import Answer, Channel, Matter, Party
from cms.agreement.register import Way
from cms.agreement.rules import Row, standing_of
from cms.media.models import Image
from cms.media.renditions import ensure_renditions
from cms.publishing import on_request
from cms.stories.models import EditorialPage, Interview
from cms.workflow import actions, agreements, texts
from tests.factories.media import image
from tests.factories.pages import goal, interview
from tests.factories.people import ambassador, person

ANSWERS = [
    ("Wat hoor jij?", "<p>Aan de las hoor ik of iemand haast had.</p>"),
    ("En dan?", "<p>Dan zeg ik: doe het over.</p>"),
]
BY_ACCOUNT = Way(channel=Channel.ACCOUNT)


def interviewed(
    *, who: Person | None = None, by: User | None = None, **fields: object
) -> tuple[Interview, Person]:
    """Make an interview in which nothing is missing but the interviewee's yes."""
    kees = who or person(name="Kees Brouwer")
    body = [
        {"type": "question_answer", "value": {"question": ask, "answer": answer}}
        for ask, answer in ANSWERS
    ]
    made = interview(
        by=by or ambassador(), **{"goal": goal(), "interviewee": kees, "body": body, **fields}
    )
    return made, kees


def portrait(*people: Person, **fields: object) -> Image:
    made = image(**fields)
    made.people_shown.set(people)
    ensure_renditions(made)
    return made


def party(page: EditorialPage, who: Person) -> Party:
    return agreements.party_of(page, who.pk)


def latest(page: EditorialPage) -> EditorialPage:
    return texts.latest_text(page).page


def rows(page: EditorialPage, who: Person) -> list[Row]:
    """Return how somebody stands towards the newest text."""
    return standing_of(latest(page)).of(who.pk)


def digest(page: EditorialPage, who: Person) -> str:
    """Show somebody her part; return the digest of what was shown."""
    return standing_of(latest(page)).parts[who.pk].whole


def says(page: EditorialPage, who: Person, answer: Answer = Answer.YES, **words: Any) -> Any:
    """Let somebody answer about everything of hers in the newest text."""
    matters = standing_of(latest(page)).parts[who.pk].matters()
    shown = words.pop("digest", digest(page, who))
    words.setdefault("way", BY_ACCOUNT)
    answers = dict.fromkeys(matters, answer)
    return on_request.answer(party(page, who), answers, digest=shown, **words)


def takes_back(page: EditorialPage, who: Person, *matters: Matter) -> on_request.Ended:
    return on_request.take_back(party(page, who), matters=matters or tuple(Matter), way=BY_ACCOUNT)


def rewrite(page: EditorialPage, body: object = None, **fields: object) -> None:
    """Save a newer text, as an editor does; `body` is a list of stored blocks."""
    draft = latest(page)
    if body is not None:
        stream: Any = draft._meta.get_field("body")
        draft.body = stream.to_python(json.dumps(body))
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(clean=False)


def blocks(page: EditorialPage) -> list[dict[str, Any]]:
    """Return the stored blocks of the newest text."""
    return [dict(block) for block in latest(page).body.get_prep_value()]


def in_review(page: EditorialPage, *, by: User) -> Any:
    return actions.submit(page, by=by)
