"""Finding a colleague, a tag or an audience in the newsroom's lists."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]

LISTS: dict[str, Callable[[], object]] = {
    "accounts/person": lambda: factories.person(name="Wies Hoek"),
    "accounts/department": lambda: factories.department(name="Wieswerk"),
    "accounts/location": lambda: factories.location(name="Wieshuis"),
    "audiences/audience": lambda: factories.audience(name="Wieskring"),
    "stories/goal": lambda: factories.goal(name="Wiesdoel"),
    "stories/corevalue": lambda: factories.core_value(name="Wieswaarde"),
    "stories/tag": lambda: factories.tag(name="wiesje"),
}


def test_every_list_is_searched_by_the_beginning_of_a_name(client: Client) -> None:
    client.force_login(factories.community_manager())

    for path, make in LISTS.items():
        wanted = str(make())
        for sought, is_found in (("wies", True), ("anders", False)):
            answer = client.get(f"/newsroom/snippets/{path}/results/", {"q": sought})

            assert (wanted in answer.content.decode()) == is_found, (path, sought)
