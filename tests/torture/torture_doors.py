"""Every address of the newsroom, asked by who passes the most, for a word of what is confidential.

In `make test` only the addresses about items are walked; this is all of them, by every role.
"""

import pytest
from django.test import Client

from cms.accounts.models import User
from tests.integration.desk.admin_addresses import addresses
from tests.integration.desk.door_world import CONFIDED, leaking, make_world

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]


@pytest.mark.parametrize("role", ["superuser", "administrator", "manager", "other"])
def test_no_address_shows_an_outsider_a_word(client: Client, role: str) -> None:
    world = make_world(CONFIDED)
    user = world.people[role]
    assert isinstance(user, User)
    client.force_login(user)

    assert leaking(client, addresses(), world) == []
