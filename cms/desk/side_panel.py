from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.side_panels import BaseSidePanel

from cms.agreement.parts import is_about_nobody
from cms.desk.given import given_answers
from cms.desk.receipt import receipt_of
from cms.desk.standing import is_item, names_of_writers
from cms.publishing.models import Publication
from cms.publishing.status import Signal, Status, StatusKey, status_of
from cms.stories.models import EditorialPage, Rubric
from cms.stories.policy import may_see
from cms.workflow import permissions
from cms.workflow.links import hub_url


class PleinSidePanel(BaseSidePanel):
    """How an item stands, who is on, and what this person can do about it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Show how it stands")
        icon_name = "info-circle"
        has_counter = False

    # Wagtail keeps open or closed under this name, and renders it again after every save.
    name = "status"
    title = gettext_lazy("How it stands")
    template_name = "desk/includes/side_panel.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = self.object
        context |= {"page": page, "kind": self.model.get_verbose_name()}
        if not page.pk:
            return context
        context["history_url"] = reverse("wagtailadmin_pages:history", args=[page.pk])
        if is_item(page):
            stored = EditorialPage.objects.get(pk=page.pk)
            status = status_of(stored)
            context |= {
                "status": status,
                "sentence": _next(stored, status),
                "actions": _actions(stored, status, self.request.user),
                "receipt": receipt_of(stored, status),
                "audience": page.get_audience_display(),
                "for_everyone": page.is_for_everyone,
                "reason": page.audience_reason,
                "given": given_answers(stored),
            }
        elif isinstance(page, Rubric):
            context["actions"] = [(_("Questions"), reverse("desk:questions", args=[page.pk]))]
        return context


def _next(item: EditorialPage, status: Status) -> str:
    """Name the next person and what is awaited."""
    if Signal.SENT_BACK in status.signals and status.review:
        state = status.review.current_task_state
        return _("Sent back: ‘%(sentence)s’") % {"sentence": state.comment}
    if Signal.WAITS_FOR_YES in status.signals:
        words = {"names": names_of_writers(status)}
        return _("The text was edited. It waits for the yes of %(names)s.") % words
    names = _(" or ").join(user.display_name for user in permissions.approvers_of(item))
    words = {
        StatusKey.DRAFT: _("Nobody else sees it before it is submitted."),
        StatusKey.SUBMITTED: _("Next: %(names)s.") % {"names": names},
        StatusKey.APPROVED: _("%(names)s chooses a time.") % {"names": names},
        StatusKey.SCHEDULED: _("Goes live by itself. Nobody has to do anything."),
    }
    return words.get(status.key, "")


def _actions(item: EditorialPage, status: Status, user: Any) -> list[tuple[str, str]]:
    """Return what this person can do, each on a page of its own."""
    actions: list[tuple[str, str]] = []
    in_review = item.current_workflow_task_state is not None
    if in_review and permissions.may_approve(user, item):
        actions.append((_("Approve or send back"), reverse("desk:approve", args=[item.pk])))
    if Signal.WAITS_FOR_YES in status.signals and permissions.is_author(user, item):
        actions.append((_("See what was changed"), reverse("desk:accept_edit", args=[item.pk])))
    if not is_about_nobody(item.get_latest_revision_as_object()):
        actions.append((_("Who is in it"), reverse("desk:agreement", args=[item.pk])))
    if not item.live and may_see(user, item):
        words = _("Who sees it") if item.is_confidential else _("Make it confidential")
        actions.append((words, reverse("desk:circle", args=[item.pk])))
    if _has_time_to_choose(status) and permissions.may_place(user, item):
        actions.append((_("Other time or now"), reverse("desk:moment", args=[item.pk])))
    if status.key == StatusKey.LIVE:
        actions.append((_("See it on the hub"), hub_url(item)))
    is_on_its_way = status.key in {StatusKey.LIVE, StatusKey.SCHEDULED}
    if is_on_its_way and permissions.may_take_offline(user, item):
        actions.append((_("Take offline"), reverse("desk:offline", args=[item.pk])))
    return actions


def _has_time_to_choose(status: Status) -> bool:
    publication = status.publication
    if publication is None or publication.state == Publication.State.PUBLISHED:
        return False
    return status.key in {StatusKey.APPROVED, StatusKey.SCHEDULED} or (
        publication.state == Publication.State.FAILED
    )
