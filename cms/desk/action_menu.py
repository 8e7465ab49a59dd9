"""The buttons under the editor: save, submit, and for the newsroom the way to approval."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem, PageLockedMenuItem

from cms.desk.standing import is_item
from cms.publishing.emergencies import is_sender, may_send_first
from cms.stories.models.sections import FramePage
from cms.workflow import permissions


class SubmitItem(ActionMenuItem):
    name = "action-submit"
    label = _("Submit")
    icon_name = "resubmit"
    order = 0

    def is_shown(self, context: Any) -> bool:
        if context["view"] == "create":
            return True
        page = context["page"]
        return not context["locked_for_user"] and not page.workflow_in_progress


class ToApproval(ActionMenuItem):
    name = "action-to-approval"
    label = _("Approve or send back")
    icon_name = "circle-check"
    order = 0

    def is_shown(self, context: Any) -> bool:
        page = context.get("page")
        if page is None or not page.pk or page.current_workflow_task_state is None:
            return False
        return permissions.may_approve(context["request"].user, page)

    def get_url(self, parent_context: Any) -> str:
        return reverse("desk:approve", args=[parent_context["page"].pk])


class Emergency(ActionMenuItem):
    """A button that saves first; a way there only where nothing can be saved."""

    name = "action-emergency"
    label = _("Emergency: live now")
    icon_name = "warning"
    order = 30

    def is_shown(self, context: Any) -> bool:
        user = context["request"].user
        if context["view"] == "create":
            return is_sender(user)
        page = context["page"]
        return not page.live and may_send_first(user, page)

    def get_url(self, parent_context: Any) -> str | None:
        if parent_context["view"] == "create" or not parent_context["locked_for_user"]:
            return None
        return reverse("desk:emergency", args=[parent_context["page"].pk])


class TakeBack(CancelWorkflowMenuItem):
    label = _("Take it back")
    icon_name = "rotate"


class FrameOnline(ActionMenuItem):
    name = "action-frame-online"
    label = _("Put on the hub")
    icon_name = "upload"
    order = 0


def reduce_menu(items: list[ActionMenuItem], context: Any) -> None:
    """Keep saving; everything else is ours."""
    page = context.get("page") or context["parent_page"]
    kept = [item for item in items if item.name == "action-save-draft"]
    locked = [item for item in items if isinstance(item, PageLockedMenuItem)]
    is_new_item = context["view"] == "create" and not _makes_frame(context)
    if is_new_item or (context["view"] != "create" and is_item(page)):
        ours: list[ActionMenuItem] = [
            ToApproval(),
            SubmitItem(),
            Emergency(),
            TakeBack(order=40),
        ]
    else:
        ours = [FrameOnline()]
    shown = [item for item in ours if item.is_shown(context)]
    items[:] = [*shown, *kept, *locked]


def _makes_frame(context: Any) -> bool:
    """Below the root and the hub stand frames; below a rubric or a section, items."""
    parent = context["parent_page"].specific
    kinds = type(parent).creatable_subpage_models()
    return all(issubclass(kind, FramePage) for kind in kinds)
