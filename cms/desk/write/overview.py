"""The first page of the desk: what waits for me, my drafts, what became of what I sent, begin."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import User
from cms.contributions.models import Contribution
from cms.contributions.progress import HerProgress, answered_in, progress_of_hers
from cms.desk.today.own import Own, own_items
from cms.desk.write.doors import at_the_desk, writer_of
from cms.desk.write.shown import Progress, progress_of
from cms.planning.letters import size_of
from cms.planning.models import Assignment
from cms.planning.standing import Standing, standings_of
from cms.publishing.status import StatusKey
from cms.stories.models import Rubric
from cms.stories.ownership import rubrics_open_to
from cms.stories.question_versions import newest_sets
from cms.stories.questions.shapes import AnswerKind

NEWEST = 5
"""As many stories as the page tells of at once; the rest is behind a link."""


@dataclass(frozen=True)
class Card:
    """One story of hers: what is said of it, and the one thing to do."""

    own: Own
    action: tuple[str, str]
    progress: Progress | None = None
    hers: Sequence[HerProgress] = ()
    asked: Assignment | None = None


@dataclass(frozen=True)
class Request:
    """What is asked of her and not begun."""

    assignment: Assignment
    size: str
    standing: Standing
    form: str


@dataclass(frozen=True)
class Beginning:
    """A rubric to begin in."""

    rubric: Rubric
    number: int
    photos: int
    is_about_somebody: bool
    url: str


@at_the_desk
class Overview(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        writer = writer_of(request)
        cards = cards_of(writer)
        hers = [card for card in cards if card.own.is_her_move]
        drafts = [card for card in cards if card.own.is_draft and not card.own.is_her_move]
        rest = [card for card in cards if card not in hers and card not in drafts]
        context = {
            "hers": hers,
            "drafts": drafts,
            "rest": rest[:NEWEST],
            "older": rest[NEWEST:],
            "asked": requests_of(writer),
            "beginnings": beginnings_for(writer),
            "language": get_language(),
            "role_card": getattr(getattr(writer, "person", None), "role_card", ""),
        }
        return render(request, "desk/write/overview.html", context)


def cards_of(user: User) -> list[Card]:
    """Return this person's stories, newest and most urgent first."""
    rows = own_items(user)
    made = Contribution.objects.of(user).filter(item__in=[row.facts.item.pk for row in rows])
    by_item = {each.item_id: each for each in made.select_related("question_set", "assignment")}
    progress = progress_by_key(list(by_item.values()))
    hers = progress_of_hers(list(by_item.values()))
    cards = [_card(row, by_item.get(row.facts.item.pk), progress) for row in rows]
    return [_with_others(card, by_item.get(card.own.facts.item.pk), hers) for card in cards]


def _with_others(
    card: Card, contribution: Contribution | None, hers: dict[int, list[HerProgress]]
) -> Card:
    """Add who answers as well, and the request that stands in front of it."""
    if contribution is None:
        return card
    asked: Assignment | None = getattr(contribution, "assignment", None)
    is_asked = asked is not None and asked.declined_at is None and asked.cancelled_at is None
    return replace(card, hers=hers[contribution.pk], asked=asked if is_asked else None)


def requests_of(user: User) -> list[Request]:
    """Return what is asked of this person and has no draft yet, most urgent first."""
    listed = list(Assignment.objects.of(user).whole().filter(contribution__item=None))
    standings = standings_of(listed)
    return [
        Request(
            assignment=each,
            size=size_of(each),
            standing=standings[each.pk],
            form=reverse("write:form", args=[each.contribution.public_id]),
        )
        for each in listed
        if each.contribution is not None
    ]


def _card(row: Own, contribution: Contribution | None, progress: dict[int, Progress]) -> Card:
    if contribution is None:
        return Card(row, row.action)
    far = progress[contribution.pk]
    form = reverse("write:form", args=[contribution.public_id])
    story = reverse("write:story", args=[contribution.public_id])
    if row.status.key == StatusKey.SUBMITTED and not row.is_her_move:
        return Card(row, (_("View"), story), far)
    if not row.is_draft:
        return Card(row, row.action, far)
    if row.is_her_move:
        return Card(row, (_("Edit it"), form), far)
    if far.is_done:
        return Card(row, (_("See the story"), story), far)
    words = _("Continue with question %(number)s") % {"number": far.next_number}
    return Card(row, (words, f"{form}?question={far.next_number}"), far)


def progress_by_key(contributions: Sequence[Contribution]) -> dict[int, Progress]:
    """Return how far each is, by its key, in two queries for any number of them."""
    answered = answered_in([each.pk for each in contributions])
    return {
        each.pk: progress_of(
            [(each.pk, one.key) in answered for one in each.question_set.questions.asked]
        )
        for each in contributions
    }


def beginnings_for(user: User) -> list[Beginning]:
    """Return the rubrics with questions that she may write in."""
    rubrics = list(rubrics_open_to(user))
    sets = newest_sets(rubrics)
    found = [(rubric, sets[rubric.pk].questions) for rubric in rubrics if rubric.pk in sets]
    return [
        Beginning(
            rubric=rubric,
            number=sum(one.kind != AnswerKind.PHOTO for one in questions.asked),
            photos=sum(one.photos for one in questions.asked if one.kind == AnswerKind.PHOTO),
            is_about_somebody=questions.is_about_somebody,
            url=reverse("write:start", args=[rubric.public_id]),
        )
        for rubric, questions in found
    ]
