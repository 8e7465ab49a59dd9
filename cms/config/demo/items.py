"""Writes the demo's items and takes each through the newsroom's own acts to the state it is in."""

from datetime import datetime
from pathlib import Path

import yaml
from django.db import transaction
from wagtail.models import Revision

from cms.accounts.models import Department, User
from cms.config.demo import agreed
from cms.config.demo.backdating import backdate, backdate_text, backdate_update
from cms.config.demo.blocks import Blocks
from cms.config.demo.organisation import Facts, Organisation
from cms.config.demo.spelled_dates import spelled_for
from cms.documents.digest import digest_of_page
from cms.events.models import CommunityAction, Event
from cms.publishing import actions as publishing
from cms.publishing.models import Publication
from cms.stories.models import (
    Announcement,
    Author,
    CoreValue,
    EditorialPage,
    Goal,
    Interview,
    PersonInItem,
    Story,
    Theme,
)
from cms.workflow import actions as workflow
from cms.workflow.models import Yes

MODELS: dict[str, type[EditorialPage]] = {
    "story": Story,
    "interview": Interview,
    "announcement": Announcement,
    "event": Event,
    "community_action": CommunityAction,
}
WAITING = ("draft", "submitted", "sent-back", "scheduled")
AGREED = "2026-11-18T10:20"
"""When what is scheduled was last changed, in the demo's own calendar."""
MOMENTS = ("valid_from", "valid_until", "prominent_until")


class Items:
    """Loads the items of an organisation that has been loaded."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.shift = organisation.shift
        self.pages: dict[int, EditorialPage] = {}
        self._blocks = Blocks(organisation, self.pages.__getitem__)

    def load(self, folder: Path) -> int:
        """Load every item file in the order of its number; return how many."""
        for path in sorted(folder.glob("*.yaml")):
            facts = yaml.safe_load(path.read_text(encoding="utf-8"))
            with transaction.atomic():
                self._load(spelled_for(facts, self.shift))
        return len(self.pages)

    def _load(self, facts: Facts) -> None:
        page = self._page(facts)
        owner = self._account(facts)
        page.owner = owner
        parent = self.organisation.parents[facts.get("rubric") or facts["section"]]
        parent.add_child(instance=page)
        revision = page.save_revision(user=owner, changed=True)
        self.pages[facts["number"]] = page
        self._bring_to_its_state(page, revision, facts=facts, by=owner)
        if facts["state"] in WAITING:
            backdate(page, self._moment(facts, "changed") or self.shift.moment(AGREED))

    def _bring_to_its_state(
        self, page: EditorialPage, revision: Revision, *, facts: Facts, by: User
    ) -> None:
        approver = self._approver(facts, by)
        match facts["state"]:
            case "draft":
                return
            case "submitted":
                workflow.submit(page, by=by)
                self._ask_or_agree(page, facts)
            case "sent-back":
                self._send_back(page, facts, by=by)
            case "scheduled":
                self._schedule(page, facts, by=by, approver=approver)
            case _:
                self._publish_then(page, revision, facts=facts, by=by, approver=approver)

    def _page(self, facts: Facts) -> EditorialPage:
        lead = facts.get("lead_image")
        page = MODELS[facts["kind"]](
            title=facts["title"] or "(nog geen titel)",
            slug=facts["slug"],
            live=False,
            language=facts["language"],
            summary=facts.get("summary") or "",
            lead_image=self.organisation.image(lead["file"]) if lead else None,
            lead_image_alt=(lead or {}).get("alt") or "",
            lead_image_caption=(lead or {}).get("caption") or "",
            connection=facts.get("connection") or "",
            goal=Goal.objects.filter(code=facts.get("goal")).first(),
            core_value=CoreValue.objects.filter(code=facts.get("core_value")).first(),
            theme=Theme.objects.filter(slug=facts.get("theme")).first(),
            placement=facts.get("placement") or "",
            placed_until=self._moment(facts, "placed_until"),
            translation_of=self.pages.get(facts.get("translation_of") or 0),
            expire_at=self._moment(facts, "expires"),
            body=[self._blocks.block(block) for block in facts.get("body") or []],
        )
        people = self.organisation.people
        page.authors.set([Author(person=people[slug]) for slug in facts.get("authors") or []])
        page.people.set([PersonInItem(person=people[slug]) for slug in facts.get("people") or []])
        page.tags.set(facts.get("tags") or [])
        page.departments.set(self._departments(facts))
        if isinstance(page, Interview) and facts.get("interviewee"):
            page.interviewee = people[facts["interviewee"]]
        if isinstance(page, Announcement):
            self._complete_announcement(page, facts)
        if isinstance(page, Event):
            self._complete_event(page, facts)
        if isinstance(page, CommunityAction):
            self._complete_action(page, facts)
        return page

    def _departments(self, facts: Facts) -> list[Department]:
        names = {entry["slug"]: entry["name"] for entry in self.organisation.facts["departments"]}
        wanted = [names[slug] for slug in facts.get("departments") or []]
        return list(Department.objects.filter(name__in=wanted))

    def _complete_announcement(self, page: Announcement, facts: Facts) -> None:
        page.importance = facts.get("importance") or Announcement.Importance.INFORMATION
        for key in MOMENTS:
            setattr(page, key, self._moment(facts, key))
        for number in facts.get("replaces") or []:
            page.replaces = self.pages[number]

    def _complete_event(self, page: Event, facts: Facts) -> None:
        page.starts_at = self._moment(facts, "starts_at")
        page.ends_at = self._moment(facts, "ends_at")
        page.place, page.meant_for = facts["place"], facts["meant_for"]
        page.organiser = self.organisation.people[facts["organiser"]]
        page.is_cancelled, page.cancellation = "cancelled" in facts, facts.get("cancelled", "")

    def _complete_action(self, page: CommunityAction, facts: Facts) -> None:
        page.asked, page.effort = facts["asked"], facts["effort"]
        page.until = self._moment(facts, "until")
        page.result = self.pages.get(facts.get("result") or 0)

    def _moment(self, facts: Facts, key: str) -> datetime | None:
        written = facts.get(key)
        return self._required_moment(facts, written) if written else None

    def _required_moment(self, facts: Facts, written: str) -> datetime:
        return self.shift.moment(written, anchored=bool(facts.get("anchored")))

    def _account(self, facts: Facts) -> User:
        return self.organisation.account_of(facts.get("submitted_by") or facts["authors"][0])

    def _approver(self, facts: Facts, owner: User) -> User:
        """Return who says the second yes: somebody else than the one who submitted."""
        named = facts.get("approved_by")
        user = self.organisation.people[named].user if named else None
        fallback = self.organisation.users["manager"]
        if user is None:
            user = fallback
        return self.organisation.users["deputy"] if user == owner else user

    def _send_back(self, page: EditorialPage, facts: Facts, *, by: User) -> None:
        task_state = workflow.submit(page, by=by)
        sent_back = facts["sent_back_reason"]
        manager = self.organisation.users["manager" if by.username != "manager" else "deputy"]
        workflow.send_back(
            task_state, by=manager, reason=sent_back["reason"], sentence=sent_back["sentence"]
        )

    def _ask_or_agree(self, page: EditorialPage, facts: Facts) -> None:
        """Write down who said yes to what was submitted, and ask the others."""
        moment = self._moment(facts, "changed") or self.shift.moment(AGREED)
        people = [self.organisation.people[slug].pk for slug in facts.get("agreed_by") or []]
        manager = self.organisation.users["manager"]
        agreed.agree(page, at=moment, newsroom=manager, people=people)
        agreed.ask(page, at=moment, newsroom=manager)

    def _schedule(self, page: EditorialPage, facts: Facts, *, by: User, approver: User) -> None:
        task_state = workflow.submit(page, by=by)
        self._ask_or_agree(page, facts)
        workflow.approve(
            task_state,
            by=approver,
            digest=digest_of_page(page),
            due_at=self._moment(facts, "due") or self._moment(facts, "published"),
        )

    def _publish_then(
        self, page: EditorialPage, revision: Revision, *, facts: Facts, by: User, approver: User
    ) -> None:
        """Publish at a moment that has passed, as the newsroom would have done then."""
        published = self._required_moment(facts, facts["published"])
        backdate_text(revision, published)
        digest = digest_of_page(page)
        Yes.objects.create(item=page, digest=digest, person=by, role=Yes.Role.AUTHOR)
        Yes.objects.create(item=page, digest=digest, person=approver, role=Yes.Role.APPROVER)
        publication = Publication.objects.create(
            page=page,
            revision=revision,
            digest=digest,
            due_at=published,
            approved_by=approver,
        )
        agreed.agree(page, at=published, newsroom=self.organisation.users["manager"])
        publishing.publish(publication)
        page.refresh_from_db()
        if updates := facts.get("updates"):
            backdate_update(page, self._required_moment(facts, updates[-1]))
        if facts["state"] == "expired":
            publishing.expire(page)
        elif facts["state"] == "withdrawn":
            agreed.take_back(page, self.organisation.people[facts["interviewee"]].pk)
