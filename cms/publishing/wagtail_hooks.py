from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action("plein.schedule", _("Schedule"), _("Made ready for its time"))
    actions.register_action("plein.cancel", _("Cancel"), _("Taken out of the schedule"))
    actions.register_action("plein.withdraw", _("Take offline"), _("Taken offline"))
    actions.register_action("plein.expire", _("End"), _("Came to its end"))
    actions.register_action("plein.place", _("Place"), _("Given a place on the front page"))
    actions.register_action("plein.compose", _("Compose"), _("Changed the front page"))
    actions.register_action("plein.fail", _("Fail"), _("Could not go live"))
    actions.register_action(
        "plein.send_first", _("Send first"), _("Put on the hub in an emergency, with one yes")
    )
    actions.register_action(
        "plein.confirm", _("Confirm"), _("Confirmed what was put on the hub in an emergency")
    )
    actions.register_action(
        "plein.take_down", _("Take down"), _("Taken offline: no second person looked in time")
    )
