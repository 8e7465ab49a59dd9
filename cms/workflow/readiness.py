"""What an item still needs before it can go live."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.accounts.models import Person
from cms.agreement.rules import names_of, standing_of
from cms.audiences.membership import people_in, rule_of
from cms.audiences.models import Audience
from cms.core import addresses
from cms.core.languages import Language
from cms.core.models import HubPageBase
from cms.events.models import CommunityAction, Event
from cms.stories.models import Announcement, Connection, EditorialPage, Interview
from cms.workflow.readiness_of_blocks import (
    SHOWN,
    Problem,
    of_picture,
    of_renditions,
    of_shown_block,
    says_something,
)
from cms.workflow.readiness_of_events import of_action, of_event

__all__ = ["LATER", "Problem", "problems", "problems_at_submission"]

AGREEMENT = "agreement"
LATER = frozenset({"connection", "renditions", AGREEMENT})
"""What the writer can't or needn't settle: it blocks approval, not submission."""


def problems(page: HubPageBase) -> list[Problem]:
    """Return what has to be mended before approval, in the order of the form."""
    found = [*_of_address(page)]
    if isinstance(page, EditorialPage):
        found += [
            *_of_texts(page),
            *_of_lead_image(page),
            *_of_body(page),
            *_of_people(page),
            *_of_purpose(page),
            *_of_audience(page),
            *_of_dates(page),
            *of_agreement(page),
        ]
        if isinstance(page, Interview):
            found += _of_interview(page)
        elif isinstance(page, Event):
            found += of_event(page)
        elif isinstance(page, CommunityAction):
            found += of_action(page)
    return found


def problems_at_submission(page: EditorialPage) -> list[Problem]:
    """Return what the writer has to mend first; goal and connection may be the approver's."""
    return [problem for problem in problems(page) if problem.blocking and problem.key not in LATER]


def _of_address(page: HubPageBase) -> Iterator[Problem]:
    if not page.title.strip():
        yield Problem("title", _("Give it a title."), field="title")
    if not addresses.is_plain(page.slug):
        message = _("Use small letters, digits and hyphens in the address.")
        yield Problem("slug", message, field="slug")
    elif addresses.is_year(page.slug):
        message = _("An address of four digits belongs to the archives. Add a word.")
        yield Problem("slug-year", message, field="slug")
    elif not isinstance(page, EditorialPage) and addresses.is_reserved(page.slug):
        message = _("Plein uses this address itself. Choose another one.")
        yield Problem("slug-reserved", message, field="slug")
    elif _is_taken(page):
        message = _("Another page has this address already. Choose another one.")
        yield Problem("slug-taken", message, field="slug")
    if page.language not in Language.values:
        yield Problem("language", _("Choose the language."), field="language")


def _is_taken(page: HubPageBase) -> bool:
    # Not `get_siblings()`: it looks the page up by a path that a copy of it may not have.
    parent_path = page.path[: -Page.steplen]
    siblings = Page.objects.filter(path__startswith=parent_path, depth=page.depth)
    return bool(siblings.filter(slug=page.slug).exclude(pk=page.pk).exists())


def _of_texts(page: EditorialPage) -> Iterator[Problem]:
    if not page.summary.strip():
        message = _("Say in one or two sentences what it is about.")
        yield Problem("summary", message, field="summary")
    # An invitation may be whole without: its summary, time and place say it.
    if isinstance(page, Event | CommunityAction):
        return
    if not any(says_something(block.block_type, block.value) for block in page.body):
        yield Problem("text", _("There is no text yet."), field="body")


def _of_lead_image(page: EditorialPage) -> Iterator[Problem]:
    image = page.lead_image
    if image is None:
        return
    if not (page.lead_image_alt.strip() or image.description.strip()):
        message = _("Say what is in the picture, for who cannot see it.")
        yield Problem("lead-image-alt", message, field="lead_image_alt")
    yield from of_renditions(image, field="lead_image")


def _of_body(page: EditorialPage) -> Iterator[Problem]:
    for block in page.body:
        if block.block_type == "image":
            yield from of_picture(block.value, block=block.id)
        elif block.block_type in SHOWN:
            yield from of_shown_block(block)
        elif not says_something(block.block_type, block.value):
            message = _("This part is empty. Fill it in or remove it.")
            yield Problem("empty-block", message, field="body", block=block.id)


def _of_people(page: EditorialPage) -> Iterator[Problem]:
    for relation in ("authors", "people"):
        named = {entry.person_id for entry in getattr(page, relation).all()}
        if len(named) > Person.objects.filter(pk__in=named).count():
            message = _("Somebody named here is no longer known. Choose again.")
            yield Problem("person-gone", message, field=relation)
    if not page.authors.all():
        message = _("Name who wrote it.")
        yield Problem("author", message, field="authors", blocking=False)


def _of_purpose(page: EditorialPage) -> Iterator[Problem]:
    if page.connection == Connection.PRACTICAL or isinstance(page, Announcement):
        return
    if not page.connection:
        message = _("Choose what it connects a colleague with, or mark it as practical.")
        yield Problem("connection", message, field="connection")
    if page.goal_id is None:
        # Asked, not demanded: a good story may serve no goal of this year.
        message = _("Choose the goal that it serves.")
        yield Problem("goal", message, field="goal", blocking=False)


def _of_audience(page: EditorialPage) -> Iterator[Problem]:
    if page.is_for_everyone:
        return
    if not page.audience_reason.strip():
        message = _("Say why it is not for everyone.")
        yield Problem("audience-reason", message, field="audience_reason")
    audience = Audience.objects.filter(key=page.audience).first()
    if audience is None:
        message = _("This audience is gone. Choose again for whom it is.")
        yield Problem("audience-gone", message, field="audience")
    elif not people_in(rule_of(audience)).exists():
        message = _("Nobody is in this audience now, so nobody would read it.")
        yield Problem("audience-empty", message, field="audience", blocking=False)


def _of_dates(page: EditorialPage) -> Iterator[Problem]:
    if page.go_live_at and page.expire_at and page.expire_at <= page.go_live_at:
        yield Problem("ends-before-start", _("It ends before it starts."), field="expire_at")
    if not isinstance(page, Announcement):
        return
    if page.valid_from and page.valid_until and page.valid_until <= page.valid_from:
        message = _("It stops holding before it starts to hold.")
        yield Problem("validity", message, field="valid_until")
    if page.expire_at and page.prominent_until and page.prominent_until > page.expire_at:
        message = _("It stays prominent for longer than it is on the hub.")
        yield Problem("prominence", message, field="prominent_until", blocking=False)


def of_agreement(page: EditorialPage) -> Iterator[Problem]:
    """Say whose yes is missing; once somebody refused, nobody is named any more."""
    standing = standing_of(page)
    if standing.is_agreed:
        return
    names = _(" and ").join(names_of(standing.waiting_for()))
    if names:
        message = _("Waits for %(names)s to agree.") % {"names": names}
    else:
        message = _("There is no agreement. Like this it can't go online.")
    yield Problem(AGREEMENT, message)


def _of_interview(page: Interview) -> Iterator[Problem]:
    if page.interviewee_id is None:
        message = _("Choose who was interviewed.")
        yield Problem("interviewee", message, field="interviewee")
    questions = (block for block in page.body if block.block_type == "question_answer")
    if not any(says_something("question_answer", block.value) for block in questions):
        message = _("At least one question needs an answer.")
        yield Problem("question", message, field="body")
