"""How a writer comes to her desk, and how she knows there what was asked of her."""

import pytest
from django.test import Client

from cms.accounts.models import User
from tests.factories.contributions import answer, author_of, contribution
from tests.factories.planning import assignment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("act", "page"),
    [("idea/", "/write/"), ("{}/take-back/", "/write/{}/"), ("{}/story/", "/write/{}/story/")],
)
def test_who_signs_in_after_an_act_that_was_refused_comes_to_a_page(
    client: Client, act: str, page: str
) -> None:
    made = contribution()
    answer(made, "moment", "Je verhuist.")
    name = str(made.public_id)

    refused = client.post(f"/write/{act.format(name)}", {"idea": "Iets"})
    client.force_login(author_of(made))
    shown = client.get(refused["Location"].partition("?next=")[2])

    assert refused["Location"] == f"/login/?next={page.format(name)}"
    assert shown.status_code == 200


def test_a_draft_says_what_was_asked(client: Client, writer: User) -> None:
    client.force_login(writer)
    made = assignment(to=writer, subject="De sleuf die niemand zag").contribution
    assert made is not None
    answer(made, "steps", "Bel de balie.")

    desk = client.get("/write/").content.decode()

    assert "Gevraagd: De sleuf die niemand zag ·" in desk
