"""The house style: refused where it can't be read, a public document where it can."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.core import colours
from cms.core.models import Style
from cms.documents.models import PublicDocument
from cms.publishing.styling import dress
from cms.workflow.errors import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db
SCREEN = "/newsroom/style/"


def test_a_manager_dresses_the_hub(client: Client) -> None:
    client.force_login(factories.community_manager())
    wanted = {"light": "#0A4F8A", "accent": "#ffcc00", "headings": "schibsted"}

    refused = client.post(SCREEN, wanted | {"light": "#5599ee", "letters": "literata"})
    done = client.post(SCREEN, wanted | {"letters": "literata"})

    near = colours.nearest("#5599ee", Style.GROUNDS["light"])
    assert refused.status_code == 422
    assert near in refused.content.decode()
    assert done.status_code == 302
    content = PublicDocument.objects.get(kind="style").content
    assert (content["light"], content["headings"]) == ("#0a4f8a", "schibsted")
    assert colours.least_contrast(content["dark"], Style.GROUNDS["dark"]) >= colours.ENOUGH
    assert "#0a4f8a" in client.get(SCREEN).content.decode()


@pytest.mark.parametrize(
    ("name", "colour"),
    [("light", "#ffffff"), ("dark", "#0b5c3c"), ("accent", "#161e19"), ("light", "red")],
)
def test_a_colour_that_nobody_reads_is_no_style(name: str, colour: str) -> None:
    with pytest.raises(ValidationError) as refused:
        dress(Style(**{name: colour}), by=factories.community_manager())

    assert [*refused.value.message_dict] == [name]


def test_who_writes_does_not_dress_the_hub() -> None:
    with pytest.raises(NotAllowed):
        dress(Style(light="#0a4f8a"), by=factories.ambassador())
