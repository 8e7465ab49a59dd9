from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(
        "plein.accept_edit", _("Accept an edit"), _("Said yes to the edited text")
    )
    actions.register_action(
        "plein.object_to_edit", _("Object to an edit"), _("Said no to the edited text")
    )
    actions.register_action(
        "plein.ask_agreement", _("Ask for agreement"), _("Asked who is in it to agree")
    )
    actions.register_action(
        "plein.without_part",
        _("Take a part out on request"),
        _("Went on without a part, on request"),
    )
    actions.register_action(
        "plein.restore_sentence",
        _("Put a sentence back"),
        _("Put back a sentence as its speaker said it"),
    )
    actions.register_action(
        "plein.mark_sensitive", _("Mark as sensitive or not"), _("Marked as sensitive or not")
    )
    actions.register_action(
        "plein.small_change",
        _("Approve a small correction"),
        _("Said yes to a small correction of what is live"),
    )
    actions.register_action("plein.answer", _("Answer"), _("Answered why it came back"))
