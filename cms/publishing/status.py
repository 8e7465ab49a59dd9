"""Where an item stands: one of eight statuses, and the signals that lie on top of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from cms.accounts.models import User
from cms.publishing.models import Publication, Withdrawal
from cms.stories.models import Author


class StatusKey(TextChoices):
    """The eight; every screen, mail and export uses these and no others."""

    PLANNED = "planned", _("In the plan")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Signal(TextChoices):
    """What somebody has to know besides the status."""

    SENT_BACK = "sent-back", _("Sent back")
    CHANGED = "changed", _("changed after approval")
    WAITS_FOR_YES = "waits-for-yes", _("waits for the author's yes")
    FAILED = "failed", _("Failed")
    ONE_YES = "one-yes", _("waits for a second yes")
    UPDATE_SUBMITTED = "update-submitted", _("a newer text was submitted")
    UPDATE_SCHEDULED = "update-scheduled", _("a newer text is ready")


@dataclass(frozen=True)
class Status:
    """The status of one item.

    Attributes:
        key: One of the eight.
        at: The moment that goes with it: due, since, until; None where there is none.
        signals: What lies on top of it.
        publication: The newest publication, if it was ever approved.
        review: The workflow that is under way or was sent back, if any.
        waits_for: Whose yes to an edited text it waits for; each of them can say it.
    """

    key: StatusKey
    at: datetime | None = None
    signals: frozenset[Signal] = field(default_factory=frozenset)
    publication: Publication | None = None
    review: WorkflowState | None = None
    waits_for: Sequence[User] = ()

    @property
    def label(self) -> str:
        return str(self.key.label)


def status_of(page: Page) -> Status:
    """Return where one item stands."""
    return statuses_of([page])[page.pk]


def statuses_of(pages: Iterable[Page]) -> dict[int, Status]:
    """Return where items stand, by primary key, in three queries for any number of them.

    Where some wait for the yes of who wrote them, two more say who that is.
    """
    items = list(pages)
    keys = [page.pk for page in items]
    publications = _newest(Publication.objects.filter(page__in=keys).order_by("pk"))
    withdrawals = _newest(Withdrawal.objects.filter(page__in=keys).order_by("pk"))
    reviews = _reviews(keys)
    found = {
        page.pk: _Facts(
            page, publications.get(page.pk), withdrawals.get(page.pk), reviews.get(page.pk)
        ).status()
        for page in items
    }
    waiting = [key for key, status in found.items() if Signal.WAITS_FOR_YES in status.signals]
    for key, writers in _writers(waiting).items():
        found[key] = replace(found[key], waits_for=writers)
    return found


def _writers(keys: list[int]) -> dict[int, list[User]]:
    """Return the active accounts behind items: who made each, and who is named as its author."""
    if not keys:
        return {}
    pairs = {
        *Author.objects.filter(page__in=keys).values_list("page", "person__user"),
        *Page.objects.filter(pk__in=keys).values_list("pk", "owner"),
    }
    accounts = User.objects.filter(is_active=True).in_bulk({user for _page, user in pairs if user})
    found: dict[int, list[User]] = {key: [] for key in keys}
    for key, user in sorted(pair for pair in pairs if pair[1] in accounts):
        found[key].append(accounts[user])
    return found


def _newest[Row: (Publication, Withdrawal)](rows: models.QuerySet[Row]) -> dict[int, Row]:
    return {row.page_id: row for row in rows if row.page_id is not None}


def _reviews(keys: list[int]) -> dict[int, WorkflowState]:
    """Return the workflows that are under way or were sent back, by the item's primary key."""
    active = (
        WorkflowState.objects.active()
        .filter(object_id__in=[str(key) for key in keys])
        .filter(base_content_type__app_label="wagtailcore", base_content_type__model="page")
        .select_related("current_task_state")
    )
    return {int(state.object_id): state for state in active}


@dataclass(frozen=True)
class _Facts:
    page: Page
    publication: Publication | None
    withdrawal: Withdrawal | None
    review: WorkflowState | None

    def status(self) -> Status:
        key, at = self._key_and_moment()
        return Status(
            key=key,
            at=at,
            signals=frozenset(self._signals(key)),
            publication=self.publication,
            review=self.review,
        )

    @property
    def in_review(self) -> bool:
        return self.review is not None and self.review.status == WorkflowState.STATUS_IN_PROGRESS

    @property
    def is_edited(self) -> bool:
        """A newer text exists than the one that was approved."""
        publication = self.publication
        return publication is not None and self.page.latest_revision_id != publication.revision_id

    def _state_is(self, state: Publication.State) -> bool:
        return self.publication is not None and self.publication.state == state

    def _key_and_moment(self) -> tuple[StatusKey, datetime | None]:
        if self.page.live:
            return StatusKey.LIVE, self.page.first_published_at
        if self.publication and self._state_is(Publication.State.SCHEDULED):
            return StatusKey.SCHEDULED, self.publication.due_at
        if self.in_review and self.review:
            return StatusKey.SUBMITTED, self.review.current_task_state.started_at
        return self._at_rest()

    def _at_rest(self) -> tuple[StatusKey, datetime | None]:
        """Return the status of what is neither public nor on its way."""
        if self.review is not None:
            return StatusKey.DRAFT, None
        withdrawal, publication = self.withdrawal, self.publication
        if withdrawal and (publication is None or withdrawal.at >= publication.approved_at):
            return StatusKey.WITHDRAWN, withdrawal.at
        if self.page.expired:
            return StatusKey.EXPIRED, self.page.expire_at
        if self._state_is(Publication.State.CANCELLED) and not self.is_edited:
            return StatusKey.APPROVED, None
        return StatusKey.DRAFT, None

    def _signals(self, key: StatusKey) -> Iterable[Signal]:
        if self.review is not None and not self.in_review:
            yield Signal.SENT_BACK
        if self.publication and (
            self._state_is(Publication.State.FAILED) or self.publication.failure
        ):
            yield Signal.FAILED
        if self.in_review and self._awaits_author():
            yield Signal.WAITS_FOR_YES
        if key in {StatusKey.LIVE, StatusKey.SCHEDULED} and self.is_edited:
            yield Signal.CHANGED
        if key == StatusKey.LIVE and self.in_review and self._has_one_yes():
            yield Signal.ONE_YES
        elif key in {StatusKey.LIVE, StatusKey.SCHEDULED} and self.in_review:
            yield Signal.UPDATE_SUBMITTED
        if key == StatusKey.LIVE and self._state_is(Publication.State.SCHEDULED):
            yield Signal.UPDATE_SCHEDULED

    def _has_one_yes(self) -> bool:
        """It went out in an emergency, and what is live is what waits."""
        publication, review = self.publication, self.review
        return bool(
            publication
            and review
            and publication.approved_by_id is None
            and publication.revision_id == review.current_task_state.revision_id
        )

    def _awaits_author(self) -> bool:
        """The text is newer than the one that was submitted or accepted."""
        return bool(
            self.review
            and self.review.current_task_state.revision_id != self.page.latest_revision_id
        )
