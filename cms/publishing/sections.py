"""The sections that a hub has for what stands outside the rubrics."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.documents.actions import refresh
from cms.publishing.placing import may_compose
from cms.stories.models import HubPage, Section
from cms.workflow.errors import NotAllowed

Holds = Section.Holds


def new_section(holds: Holds, *, language: str) -> Section:
    """Return the section of this kind that every new hub begins with, not kept yet."""
    with translation.override(language):
        titles = {
            Holds.ANNOUNCEMENT: _("Announcements"),
            Holds.EVENT: _("Agenda"),
            Holds.COMMUNITY_ACTION: _("Take part"),
        }
    return Section(title=titles[holds], language=language, holds=holds)


def lacking_sections() -> Iterator[Holds]:
    """Yield the kinds for which this hub, unlike a new one, has no section online."""
    there = set(Section.objects.live().values_list("holds", flat=True))
    yield from (holds for holds in Holds if holds not in there)


@transaction.atomic
def add_section(holds: Holds, *, by: User) -> None:
    """Give the hub the section that it lacks; nothing where somebody else just did.

    Raises:
        NotAllowed: This person does not compose the front page.
    """
    if not may_compose(by):
        raise NotAllowed
    hub = HubPage.objects.select_for_update().get()
    if holds not in lacking_sections():
        return
    section = hub.add_child(instance=new_section(holds, language=hub.language))
    log(instance=section, action="wagtail.create", user=by)
    refresh(section)
