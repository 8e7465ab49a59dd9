"""Loads who and what the demo organisation is: places, people, course, rubrics, accounts."""

from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.users.models import UserProfile

from cms.accounts import roles
from cms.accounts.models import Department, Location, Person, User
from cms.config.demo.dates import Shift
from cms.config.front_page import add_front_page
from cms.config.starter_rubrics import add_rubric, starter_rubrics
from cms.media.models import Document, Image, Rights
from cms.media.renditions import ensure_renditions
from cms.stories.models import CoreValue, FrontPage, Goal, HubPage, Rubric, Section, Theme

Facts = dict[str, Any]
APPROVER_GROUP = "Ondernemingsraad"


class Organisation:
    """The demo organisation while it is being loaded: its facts, and what was made of them."""

    def __init__(self, folder: Path, shift: Shift) -> None:
        self.folder = folder
        self.shift = shift
        self.facts: Facts = _read(folder / "organisation.yaml")
        self.people: dict[str, Person] = {}
        self.images: dict[str, Image] = {}
        self.files: dict[str, Document] = {}
        self.parents: dict[str, Rubric | Section] = {}
        self.users: dict[str, User] = {}
        self._pictures: dict[str, Facts] = {
            picture["file"]: picture for picture in _read(folder / "images.yaml")
        }

    def load(self, *, password: str) -> HubPage:
        """Make everything but the items; one transaction is the caller's."""
        self._named(Department, "departments")
        self._named(Location, "locations")
        for facts in _read(self.folder / "people.yaml"):
            person = self.people[facts["slug"]] = self._person(facts)
            if person.portrait:
                person.portrait.people_shown.add(person)
        self._course()
        self._themes()
        hub = self._hub()
        self._accounts(password)
        for facts in self.facts["rubrics"]:
            self.parents[facts["id"]] = self._rubric(hub, facts)
        for facts in self.facts["sections"]:
            self.parents[facts["slug"]] = self._section(hub, facts)
        self._front()
        return hub

    def image(self, file: str) -> Image:
        """Return the picture of that file, uploaded and in all its sizes, once."""
        if file not in self.images:
            self.images[file] = self._upload(self._pictures[file])
        return self.images[file]

    def file(self, name: str, title: str) -> Document:
        """Return that file, uploaded once."""
        if name not in self.files:
            with (self.folder / "files" / name).open("rb") as opened:
                self.files[name] = Document.objects.create(
                    title=title, file=File(opened, name=name)
                )
        return self.files[name]

    def account_of(self, slug: str) -> User:
        """Return a colleague's account; an author without one gets one nobody signs in with."""
        person = self.people[slug]
        if person.user is None:
            first_name, _space, last_name = person.name.partition(" ")
            person.user = User.objects.create(
                username=slug,
                email=person.email,
                password=make_password(None),
                first_name=first_name,
                last_name=last_name,
            )
            person.user.groups.add(Group.objects.get(name=roles.AMBASSADORS))
            person.save()
        return person.user

    def _named(self, model: type[Department] | type[Location], key: str) -> None:
        for facts in self.facts[key]:
            model.objects.create(name=facts["name"], sort_order=facts["order"])

    def _person(self, facts: Facts) -> Person:
        portrait = facts.get("portrait")
        names = {entry["slug"]: entry["name"] for entry in self._places()}
        return Person.objects.create(
            name=facts["name"],
            slug=facts["slug"],
            shown_on_hub=facts["shown"],
            pronouns=facts.get("pronouns") or "",
            role=facts["role"],
            department=Department.objects.get(name=names[facts["department"]]),
            location=Location.objects.get(name=names[facts["location"]]),
            started=self.shift.month(facts["started"]),
            is_newcomer_shown=facts["newcomer"],
            portrait=self.image(portrait["file"]) if portrait else None,
            about=f"<p>{facts['about'].strip()}</p>" if facts.get("about") else "",
            ask_me_about="\n".join(facts.get("ask_me_about") or []),
            email=facts.get("email") or "",
            role_card=facts.get("role_card") or "",
        )

    def _places(self) -> list[Facts]:
        return [*self.facts["departments"], *self.facts["locations"]]

    def _course(self) -> None:
        for goal in self.facts["goals"]:
            Goal.objects.create(
                code=goal["code"],
                name=goal["name"],
                measure=goal["measure"],
                owner=self.people[goal["owner"]],
                is_archived=goal["archived"],
                sort_order=goal["order"],
            )
        for order, value in enumerate(self.facts["core_values"]):
            CoreValue.objects.create(
                code=value["code"], name=value["name"], motto=value["motto"], sort_order=order
            )

    def _themes(self) -> None:
        for facts in self.facts["themes"]:
            theme = Theme.objects.create(
                name=facts["name"],
                slug=facts["slug"],
                introduction=f"<p>{facts['introduction'].strip()}</p>",
                owner=self.people[facts["owner"]],
                sort_order=facts["order"],
            )
            theme.people.set(self.people[slug] for slug in facts["people"])

    def _front(self) -> None:
        facts = self.facts["front"]
        call = facts["call"]
        front = FrontPage.objects.create(
            call_title=call["title"],
            call_text=call["text"].strip(),
            call_button=call["button"],
            call_until=self.shift.moment(call["until"]),
        )
        front.rubrics.set(self.parents[key].pk for key in facts["rubrics"])

    def _hub(self) -> HubPage:
        facts = self.facts["hub"]
        return add_front_page(
            HubPage(
                title=facts["name"],
                slug="hub",
                language=self.facts["language"],
                organisation=facts["organisation"],
                introduction=facts["introduction"].strip(),
                headcount=facts["headcount"],
                editors=facts["editors"].strip(),
                editors_email=facts["editors_email"],
                synonyms=facts["synonyms"],
            )
        )

    def _accounts(self, password: str) -> None:
        groups = {
            "ambassador": roles.AMBASSADORS,
            "community_manager": roles.COMMUNITY_MANAGERS,
            # Approves in a rubric of its own; writes like anybody else.
            "rubric_approver": roles.AMBASSADORS,
            "employee": roles.EMPLOYEES,
            "administrator": roles.ADMINISTRATORS,
        }
        # One password, so one hash: each costs most of a second.
        hashed = make_password(password)
        for facts in self.facts["accounts"]:
            person = self.people[facts["person"]]
            user = User.objects.create(
                username=facts["username"],
                email=person.email or f"{facts['username']}@zwiepstra.example",
                password=hashed,
                first_name=facts["first_name"],
                last_name=facts["last_name"],
                is_superuser=facts["role"] == "administrator",
            )
            user.groups.add(Group.objects.get(name=groups[facts["role"]]))
            UserProfile.objects.update_or_create(
                user=user, defaults={"preferred_language": facts["language"]}
            )
            person.user = user
            person.save()
            self.users[facts["username"]] = user

    def _rubric(self, hub: HubPage, facts: Facts) -> Rubric:
        approvers = None
        if facts.get("approver"):
            approvers, _made = Group.objects.get_or_create(name=APPROVER_GROUP)
            self.users[facts["approver"]].groups.add(approvers)
        return add_rubric(
            hub,
            {**starter_rubrics().get(facts["id"], {}), **facts},
            slug=facts["slug"],
            keeper=self.people[facts["keeper"]],
            approvers=approvers,
        )

    def _section(self, hub: HubPage, facts: Facts) -> Section:
        return hub.add_child(  # type: ignore[no-any-return]
            instance=Section(
                title=facts["name"],
                slug=facts["slug"],
                introduction=facts["introduction"].strip(),
                language=hub.language,
                holds=facts["holds"],
            )
        )

    def _upload(self, picture: Facts) -> Image:
        path = self.folder / "images" / picture["file"]
        alt = picture["alt"][self.facts["language"]]
        with path.open("rb") as opened:
            image = Image(
                title=alt[:255],
                description=alt,
                credit=picture["credit"],
                rights=Rights.FREE,
                file=ImageFile(opened, name=path.name),
                focal_point_x=round(picture["focal"][0] * picture["width"]),
                focal_point_y=round(picture["focal"][1] * picture["height"]),
                focal_point_width=1,
                focal_point_height=1,
            )
            image.save()
        image.get_file_hash()
        image.get_file_size()
        ensure_renditions(image)
        return image


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
