"""How far somebody is with the questions that were given to her."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.contributions.models import Answer, AnswerPhoto, Contribution, Forwarding
from cms.contributions.writers import hers_of
from cms.links.models import PersonalLink


@dataclass(frozen=True)
class HerProgress:
    """How many of the questions that are hers somebody answered."""

    forwarding: Forwarding
    done: int
    total: int

    @property
    def name(self) -> str:
        return self.forwarding.link.first_name

    @property
    def is_done(self) -> bool:
        return self.forwarding.done_at is not None or self.done == self.total


def progress_of_hers(
    contributions: Iterable[Contribution], *, of: PersonalLink | None = None
) -> dict[int, list[HerProgress]]:
    """Return how far everybody is who was given questions, by contribution, in three queries.

    Args:
        contributions: With their question sets.
        of: Only who has this link; else all whose links were not revoked.
    """
    by_key = {each.pk: each for each in contributions}
    given = Forwarding.objects.filter(contribution__in=by_key, link__revoked_at=None)
    if of is not None:
        given = given.filter(link=of)
    given = given.select_related("link")
    answered = answered_in(by_key) if given else set()
    told: dict[int, list[HerProgress]] = {pk: [] for pk in by_key}
    for one in given:
        hers = hers_of(by_key[one.contribution_id].question_set.questions.asked)
        done = sum((one.contribution_id, each.key) in answered for each in hers)
        told[one.contribution_id].append(HerProgress(one, done, len(hers)))
    return told


def answered_in(contributions: Iterable[int]) -> set[tuple[int, str]]:
    """Return, by key, contribution and question of everything that was answered, in two queries."""
    keys = list(contributions)
    said = Answer.objects.filter(contribution__in=keys).exclude(text="")
    answered = set(said.values_list("contribution_id", "key"))
    photos = AnswerPhoto.objects.filter(contribution__in=keys)
    return answered | set(photos.values_list("contribution_id", "key"))
