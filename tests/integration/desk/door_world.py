"""One newsroom with somebody of every role, and drafts for some and not for others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, resolve

from cms.accounts.models import User
from cms.desk.doors.middleware import NewsroomDoors
from cms.stories.confiding import confide
from cms.stories.models import EditorialPage
from cms.workflow.actions import submit
from tests import factories
from tests.factories import stages
from tests.integration.desk.admin_addresses import Address

CANARY = "kwikstaart"
OPEN, GATED, CONFIDED = "open", "gated", "confided"


@dataclass
class World:
    """People by role; drafts of one writer by for whom they are."""

    people: dict[str, User | AnonymousUser]
    drafts: dict[str, EditorialPage]
    doors: NewsroomDoors = field(default_factory=lambda: NewsroomDoors(lambda _request: None))  # type: ignore[arg-type, return-value]

    @property
    def newsroom(self) -> list[str]:
        return [role for role in self.people if role not in {"stranger", "employee"}]

    @cached_property
    def values(self) -> dict[str, dict[str, object]]:
        """Arguments for addresses that all point at one draft, by draft."""
        return {name: self._values(item) for name, item in self.drafts.items()}

    def _values(self, item: EditorialPage) -> dict[str, object]:
        state = item.current_workflow_task_state
        assert state is not None
        page = {"page_id", "parent_page_id", "page_to_move_id", "page_pk", "object_id", "pk"}
        return {
            **dict.fromkeys(page, item.pk),
            "destination_id": item.get_parent().pk,
            "revision_id": item.latest_revision_id,
            "task_state_id": state.pk,
            "task_id": state.task_id,
            "workflow_state_id": state.workflow_state_id,
            "workflow_pk": state.workflow_state.workflow_id,
            "app_label": "wagtailcore",
            "model_name": "page",
            "app_name": "stories",
            "content_type_app_name": "stories",
            "content_type_model_name": "story",
            "action": "delete",
            "action_name": "approve",
            "filter_spec": "width-100",
            "uidb64": "x",
            "token": "x",
        }

    def who_passes(self, address: Address, draft: str) -> frozenset[str]:
        """Return which roles the newsroom's doors let through; no screen is rendered."""
        path = address.filled(self.values[draft])
        match = resolve(path)
        return frozenset(role for role in self.newsroom if self._passes(role, path, match))

    def enters(self, role: str, address: Address) -> bool:
        """Say whether a view answers somebody, were there no doors in front of it."""
        path = address.filled(self.values[OPEN])
        match = resolve(path)
        request = self._request(role, path, match)
        try:
            return match.func(request, *match.args, **match.kwargs).status_code == HTTPStatus.OK  # type: ignore[no-any-return]
        except (Http404, PermissionDenied, SuspiciousOperation):
            return False

    def _passes(self, role: str, path: str, match: ResolverMatch) -> bool:
        request = self._request(role, path, match)
        try:
            return self.doors.process_view(request, match.func, match.args, match.kwargs) is None
        except Http404:
            return False

    def _request(self, role: str, path: str, match: ResolverMatch) -> Any:
        request: Any = RequestFactory().get(path, headers={"accept": "text/html"})
        request.user, request.resolver_match, request.session = self.people[role], match, {}
        request._messages = CookieStorage(request)
        return request


def leaking(client: Client, doors: Iterable[Address], world: World) -> list[str]:
    """Return the doors that show whoever is signed in a word of the confidential draft."""
    values = world.values[CONFIDED]
    return [
        one.name
        for one in doors
        if one.name not in {"wagtailadmin_logout", "wagtailadmin_error_test"}
        and CANARY in _answer(client, f"{one.filled(values)}?q=verhuist")
    ]


def _answer(client: Client, path: str) -> str:
    try:
        answer = client.get(path, headers={"accept": "text/html"})
    except PermissionDenied:
        return ""
    return "" if answer.streaming else answer.content.decode(errors="replace")


def make_world(*named: str) -> World:
    """Make everybody, and the drafts of these names."""
    writer = factories.ambassador(username="writer")
    manager = factories.community_manager(username="manager")
    inside = factories.community_manager(username="inside")
    council = factories.audience(members=[factories.employee(username="member")])
    frame = factories.rubric()
    drafts: dict[str, EditorialPage] = {}
    for name in named:
        audience = {"audience": council.key, "audience_reason": "Namen"} if name == GATED else {}
        made = stages.ready_story(
            by=writer,
            parent=frame,
            title=f"De {CANARY} {name} verhuist",
            summary=f"Een {CANARY} in het werk.",
            **audience,
        )
        submit(made, by=writer)
        if name == CONFIDED:
            confide(made, circle=[inside], by=writer)
        drafts[name] = stages.fresh(made)
    return World(
        people={
            "stranger": AnonymousUser(),
            "employee": User.objects.get(username="member"),
            "other": factories.ambassador(username="other"),
            "writer": writer,
            "manager": manager,
            "administrator": factories.administrator(username="administrator"),
            "superuser": factories.user(username="root", is_superuser=True),
            "inside": inside,
        },
        drafts=drafts,
    )
