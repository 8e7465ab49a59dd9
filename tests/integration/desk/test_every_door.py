"""Every door against every role and audience: no door without a row, no row that isn't so."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from graphql import build_schema
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from cms.accounts.models import User
from cms.config.home import CHECKOUT
from cms.documents.actions import put
from cms.documents.models import PublicDocument
from cms.stories.models import EditorialPage
from tests import factories
from tests.factories.api import Asker, press_asker, session_asker, token_asker
from tests.integration.desk import door_table as table
from tests.integration.desk.admin_addresses import Address, addresses, routes_outside
from tests.integration.desk.door_world import (
    CANARY,
    CONFIDED,
    GATED,
    OPEN,
    leaking,
    make_world,
)

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a thumbnail to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

SCHEMA = Path(CHECKOUT, "graphql", "schema.graphql")
HTML = {"Accept": "text/html"}
ABOUT_ITEMS = (
    *("wagtailadmin_pages:", "wagtailadmin_api:pages", "wagtailadmin_explore", "wagtailadmin_home"),
    *("wagtailadmin_choose_page", "wagtailadmin_reports:", "wagtailadmin_editing", "desk"),
)


def test_every_door_of_the_newsroom_lets_through_whom_its_row_says() -> None:
    world = make_world(OPEN, GATED, CONFIDED)
    doors = addresses()
    assert [one.name for one in doors if table.row_of(one.name) is None] == []
    assert {name for _row, name in table.rows()} <= {one.name for one in doors}

    wrong = [
        (one.name, draft, sorted(passing ^ expected))
        for one in doors
        for draft in _drafts_for(one)
        for expected in [table.ROWS[table.row_of(one.name) or ""][draft]]
        for passing in [world.who_passes(one, draft)]
        if passing != expected
    ]

    assert wrong == []


def test_who_is_not_of_the_newsroom_passes_no_door_of_it() -> None:
    """Asks as a colleague: what opens to a stranger opens to her as well."""
    world = make_world(OPEN)

    entered = {one.name for one in addresses() if world.enters("employee", one)}

    assert entered <= table.WITHOUT_SIGNING_IN


def test_accounts_are_the_administrators_own() -> None:
    world = make_world(OPEN)
    doors = [
        one
        for one in addresses()
        if one.name.rpartition(":")[0] in table.AREAS_OF_ADMINISTRATORS and not one.arguments
    ]

    assert not [one.name for one in doors if world.enters("manager", one)]
    assert [one.name for one in doors if world.enters("administrator", one)]


def test_no_door_about_items_shows_an_outsider_a_word_of_what_is_confidential(
    client: Client,
) -> None:
    """Walks as who passes everything; the rest of the newsroom is walked by `torture_doors`."""
    world = make_world(CONFIDED)
    client.force_login(User.objects.get(username="root"))

    doors = [one for one in addresses() if one.name.startswith(ABOUT_ITEMS)]

    assert leaking(client, doors, world) == []
    _act_on_many(client, world.drafts[CONFIDED])


def test_every_other_address_answers_as_its_row_says(client: Client) -> None:
    assert routes_outside() == set(table.OUTSIDE)
    roles = {"employee": factories.employee(), "superuser": factories.user(is_superuser=True)}

    for route, expected in table.OUTSIDE.items():
        path = route
        for pattern, value in table.FILLED.items():
            path = path.replace(pattern, value)
        for role, status in expected.items():
            client.logout()
            if role in roles:
                client.force_login(roles[role])
            assert client.get(f"/{path}", headers=HTML).status_code == status, (route, role)


def test_every_field_of_the_contract_answers_whom_its_row_says() -> None:
    schema = build_schema(SCHEMA.read_text(encoding="utf-8"))
    roots = (schema.query_type, schema.mutation_type)
    assert {name for root in roots if root for name in root.fields} == set(table.FIELDS)
    member = factories.employee()
    council = factories.audience(members=[member])
    gated = factories.story(live=True, title=f"De {CANARY}", audience=council.key)
    gated.tags.add(factories.tag(name=CANARY))
    gated.save()
    with transaction.atomic():
        put(gated)
    path = PublicDocument.objects.get(pk=gated.public_id).path or ""
    askers = {
        "employee": session_asker(factories.employee()),
        "member": session_asker(member),
        "writer": session_asker(factories.ambassador()),
        "manager": session_asker(factories.community_manager()),
        "superuser": session_asker(factories.user(is_superuser=True)),
        "token": token_asker(factories.employee()),
        "press": press_asker(),
    }
    assert Asker().post("{}").status_code == 401

    for name, (query, answered) in table.FIELDS.items():
        answers = {role: one.ask(query.replace("PATH", path)) for role, one in askers.items()}

        found = {role for role, answer in answers.items() if "errors" not in answer}
        assert found == answered, name
        told = {role for role, answer in answers.items() if CANARY in str(answer)}
        assert told in (set(), table.SEES_GATED & answered), name


def test_actions_on_many_at_once_are_known() -> None:
    bulk_action_registry._scan_for_bulk_actions()
    known = {
        f"{app}.{model}": frozenset(actions)
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
    }
    snippets = [actions for name, actions in known.items() if name not in table.BULK]

    assert {name: known[name] for name in table.BULK} == table.BULK
    assert set(snippets) <= {frozenset({"delete"})}


def _act_on_many(client: Client, item: EditorialPage) -> None:
    """Try every action on many pages at once on this one."""
    before = EditorialPage.objects.get(pk=item.pk).path
    for action in table.BULK["wagtailcore.page"]:
        path = f"/newsroom/bulk/wagtailcore/page/{action}/?id={item.pk}"
        for answer in (client.get(path), client.post(path, {"chooser": item.get_parent().pk})):
            assert CANARY not in answer.content.decode()
    assert EditorialPage.objects.get(pk=item.pk).path == before


def _drafts_for(door: Address) -> tuple[str, ...]:
    """Return by whose draft the arguments make a difference, if anybody's."""
    if door.name.rpartition(":")[0] in table.AREAS_OF_MANAGERS or not door.arguments:
        return (OPEN,)
    is_about_drafts = table.row_of(door.name) in {"own", "page"}
    return (OPEN, GATED, CONFIDED) if is_about_drafts else (OPEN, CONFIDED)


def test_a_door_that_is_new_has_no_row() -> None:
    new = Address("wagtailadmin_pages:brand_new", "newsroom/pages/<int:page_id>/new/", ("page_id",))

    assert table.row_of(new.name) is None
