"""Texts of Wagtail that Plein says in its own words.

Wagtail's Dutch calls what is ready for its time by the everyday word for *planned*, and what was
sent back *rejected*. The words stand here so that they are collected for our own catalogue, which
wins over Wagtail's.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("scheduled"),
    gettext_noop("live + scheduled"),
    gettext_noop("expired"),
    gettext_noop("in moderation"),
    gettext_noop("live + in moderation"),
    gettext_noop("Rejected"),
    gettext_noop("Unpublish"),
    gettext_noop("Scheduling…"),
    gettext_noop("Schedule to publish"),
    gettext_noop("Unschedule"),
    gettext_noop("Yes, unschedule"),
    gettext_noop("Once scheduled:"),
    gettext_noop("Cancel scheduled publish"),
    gettext_noop("Locked by schedule"),
    gettext_noop("Currently locked and will go live on the scheduled date"),
    gettext_noop(
        "{model_name} '{title}' is locked and has been scheduled to go live at {datetime}"
    ),
    gettext_noop("This %(model_name)s is currently awaiting moderation."),
    gettext_noop("Publish scheduled draft"),
    gettext_noop("Published scheduled draft"),
    gettext_noop("Unpublish scheduled draft"),
    gettext_noop("Unpublished scheduled draft"),
    gettext_noop("Unschedule publication"),
    gettext_noop("%(model_name)s scheduled for publishing"),
    gettext_noop("%(model_name)s scheduled for publishing at %(go_live_at)s"),
    gettext_noop("%(model_name)s unscheduled from publishing"),
    gettext_noop("%(model_name)s unscheduled for publishing at %(go_live_at)s"),
    gettext_noop("Page '%(page_title)s' has been scheduled for publishing."),
    gettext_noop("Page '%(page_title)s' created and scheduled for publishing."),
    gettext_noop(
        "Page '%(page_title)s' is live and this version has been scheduled for publishing."
    ),
    gettext_noop("%(model_name)s '%(object)s' has been scheduled for publishing."),
    gettext_noop("%(model_name)s '%(object)s' created and scheduled for publishing."),
    gettext_noop("Page '%(page_title)s' has been submitted for moderation."),
    gettext_noop("Page '%(page_title)s' unpublished."),
    gettext_noop("Workflow on page '%(page_title)s' has been cancelled."),
    gettext_noop("Rejected at '%(task)s'. Changes requested"),
    gettext_noop("Workflow task rejected. Workflow complete"),
    gettext_noop("rejected notifications"),
    gettext_noop("Receive notification when your page edit is rejected"),
    gettext_noop("Receive notification when a page is submitted for moderation"),
    gettext_noop("Are you sure you want to unpublish this page?"),
    gettext_noop("Unpublish selected pages"),
    gettext_noop("Choose when this page should go live and/or expire"),
    gettext_noop("Save draft"),
    gettext_noop("Save Draft"),
    ngettext_lazy("Unpublish 1 page", "Unpublish %(counter)s pages"),
)
