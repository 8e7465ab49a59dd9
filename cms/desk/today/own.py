"""What became of my stories: a sentence and the next step for each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import WorkflowState

from cms.accounts import roles
from cms.accounts.models import User
from cms.contributions.models import Contribution
from cms.desk import times
from cms.desk.today.agreeing import open_questions
from cms.desk.today.facts import Facts, facts_of
from cms.publishing.status import Signal, Status, StatusKey, statuses_of
from cms.stories.models import EditorialPage, Rubric
from cms.stories.ownership import items_of
from cms.workflow import reasons
from cms.workflow.links import hub_url
from cms.workflow.models import ApprovalState

NEWEST = 40
"""Of older items the list of all items knows."""


@dataclass(frozen=True)
class Own:
    """One item of this person's: how it stands, what is said of it, what she can do."""

    facts: Facts
    status: Status
    sentence: str
    action: tuple[str, str]
    quote: str = ""
    is_her_move: bool = False

    @property
    def is_draft(self) -> bool:
        return self.status.key == StatusKey.DRAFT


def own_items(user: User) -> list[Own]:
    """Return this person's newest items: first what waits for her, then the rest."""
    newest = items_of(user).defer_streamfields().order_by("-latest_revision_created_at")
    shown = list(newest[:NEWEST])
    teller = _Teller(shown, reader=user)
    rows = [teller.row(item) for item in shown]
    return sorted(rows, key=_urgency)


def _urgency(row: Own) -> int:
    order = [StatusKey.DRAFT, StatusKey.SUBMITTED, StatusKey.APPROVED, StatusKey.SCHEDULED]
    if row.is_her_move:
        return -1
    return order.index(row.status.key) if row.status.key in order else len(order)


class _Teller:
    """Tells what became of items, from facts that were read for all of them at once."""

    def __init__(self, items: Iterable[EditorialPage], *, reader: User) -> None:
        listed = list(items)
        self.statuses = statuses_of(listed)
        self.facts = facts_of(listed, reader=reader)
        rounds = [
            status.review.current_task_state_id
            for status in self.statuses.values()
            if status.review
        ]
        states = ApprovalState.objects.filter(pk__in=rounds).select_related("finished_by")
        self.rounds = {state.pk: state for state in states}
        hers = Contribution.objects.of(reader).filter(item__in=listed)
        self.forms = dict(hers.values_list("item_id", "public_id"))
        self.questions = open_questions(item.pk for item in listed)
        self.reasons = reasons.all_words()
        self.managers = [
            user.display_name
            for user in User.objects.filter(groups__name=roles.COMMUNITY_MANAGERS, is_active=True)
        ]
        self.groups = dict(
            Rubric.objects.filter(approvers__isnull=False).values_list("path", "approvers__name")
        )

    def row(self, item: EditorialPage) -> Own:
        facts, status = self.facts[item.pk], self.statuses[item.pk]
        edit = self._edit(item)
        if Signal.SENT_BACK in status.signals:
            return self._sent_back(facts, status)
        if Signal.WAITS_FOR_YES in status.signals:
            look = self._at_desk("changes", item) or reverse("desk:accept_edit", args=[item.pk])
            sentence = _("Your text was edited. It goes on when you say yes.")
            action = (_("Look at it"), look)
            return Own(facts, status, sentence, action, is_her_move=True)
        action = (_("View or edit"), edit)
        if status.key == StatusKey.DRAFT:
            action = (_("Go on with it"), edit)
        elif status.key == StatusKey.SUBMITTED:
            action = (_("View"), edit)
        elif status.key == StatusKey.LIVE:
            action = (_("See it on the hub"), hub_url(item))
        return Own(facts, status, self._sentence(item, status), action)

    def _edit(self, item: EditorialPage) -> str:
        """Return where she goes on: with her answers, where it was made of them."""
        at_desk = self._at_desk("form", item)
        return at_desk or reverse("wagtailadmin_pages:edit", args=[item.pk])

    def _at_desk(self, screen: str, item: EditorialPage) -> str | None:
        name = self.forms.get(item.pk)
        return reverse(f"write:{screen}", args=[name]) if name else None

    def _sent_back(self, facts: Facts, status: Status) -> Own:
        state = self._round(status)
        who = state.finished_by.display_name if state and state.finished_by else ""
        reason = self.reasons.get(state.reason, "") if state else ""
        sentence = _("%(name)s: %(reason)s.") % {"name": who, "reason": reason} if who else ""
        quote = state.comment if state else ""
        item = facts.item
        why = self._at_desk("back", item) or reverse("desk:answer", args=[item.pk])
        action = (_("Edit or answer"), why)
        return Own(facts, status, sentence, action, quote=quote, is_her_move=True)

    def _round(self, status: Status) -> ApprovalState | None:
        return self.rounds.get(status.review.current_task_state_id) if status.review else None

    def _sentence(self, item: EditorialPage, status: Status) -> str:
        """Say what became of it: whom it waits for and since when, while it waits."""
        if status.review and status.key != StatusKey.DRAFT:
            return self._waits(item, status.review)
        said = {
            StatusKey.DRAFT: _("Saved %(moment)s. Only you and the newsroom see it."),
            StatusKey.APPROVED: _("%(names)s chooses a time."),
            StatusKey.SCHEDULED: _("Goes live: %(moment)s."),
            StatusKey.LIVE: _("Live since %(day)s."),
            StatusKey.EXPIRED: _("Was live until %(day)s."),
            StatusKey.WITHDRAWN: _("Taken offline on %(day)s."),
        }
        at = status.at or item.latest_revision_created_at or item.last_published_at
        words = {
            "moment": times.short_moment(at) if at else "",
            "day": times.short_day(at) if at else "",
            "names": self._readers(item),
        }
        return said.get(status.key, "") % words

    def _waits(self, item: EditorialPage, review: WorkflowState) -> str:
        question = self.questions.get(item.pk)
        if question is not None and question.is_refused:
            return question.sentence
        if question is not None:
            words = {"names": question.who, "day": times.since_day(question.since)}
            return _("Waits for %(names)s to agree, since %(day)s.") % words
        begun = review.current_task_state.started_at
        words = {"names": self._readers(item), "day": times.since_day(begun)}
        return _("Waits for %(names)s, since %(day)s.") % words

    def _readers(self, item: EditorialPage) -> str:
        group = self.groups.get(item.path[: -item.steplen])
        if group:
            return str(group)
        return pgettext("one of several people", " or ").join(self.managers)
