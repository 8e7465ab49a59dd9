"""The house style: refused where it can't be read, a public document where it can."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from django.test import Client
from PIL import Image as Pillow
from PIL import ImageDraw

from cms.core import colours
from cms.core.models import Logo, Style
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


def picture(size: tuple[int, int], colour: str = "#0a4f8a", name: str = "logo.png") -> Upload:
    drawn, into = Pillow.new("RGBA", size), BytesIO()
    ImageDraw.Draw(drawn).ellipse((0, 0, size[0] - 1, size[1] - 1), outline=colour, width=30)
    drawn.save(into, "PNG")
    return Upload(name, into.getvalue(), content_type="image/png")


PLAIN = {"light": "", "dark": "", "accent": "", "headings": "eczar", "letters": "literata"}


def worn() -> dict[str, object]:
    content = PublicDocument.objects.get(kind="style").content
    return {name: content[name] for name in ("logo", "logo_dark")}


def test_a_manager_gives_the_hub_its_logo_and_takes_it_away(client: Client) -> None:
    client.force_login(factories.community_manager())
    client.post(SCREEN, PLAIN | {"logo": picture((900, 300))})
    first = worn()
    pair = {"logo": picture((600, 300)), "logo_dark": picture((900, 300), "white")}
    client.post(SCREEN, PLAIN | pair)
    second = worn()
    shown = client.get(SCREEN).content.decode()
    client.post(SCREEN, PLAIN | {"light": "#0a4f8a"})
    third = worn()
    is_cut_by_then = PublicDocument.objects.get(kind="style").cut_seq is not None
    client.post(SCREEN, PLAIN | {"no_logo_dark": "on"})

    assert first["logo_dark"] is None
    assert isinstance(first["logo"], dict)
    assert (first["logo"]["width"], first["logo"]["height"]) == (384, 128)
    assert second == third
    assert second["logo"] != first["logo"]
    assert shown.count("data:image/webp;base64,") == 2
    assert not is_cut_by_then
    style = PublicDocument.objects.get(kind="style")
    assert style.content["logo"] == second["logo"]
    assert style.content["logo_dark"] is None
    assert style.cut_seq == style.seq
    assert Logo.objects.count() == 1


def test_a_refused_logo_says_what_to_do_and_nothing_is_lost(client: Client) -> None:
    client.force_login(factories.community_manager())
    client.post(SCREEN, PLAIN | {"logo": picture((900, 300))})
    kept = worn()

    small = client.post(SCREEN, PLAIN | {"accent": "#ffcc00", "logo": picture((90, 90))})
    empty = client.post(SCREEN, PLAIN | {"logo": Upload("logo.png", b"")})
    beside = client.post(SCREEN, PLAIN | {"light": "#ffffff", "logo": picture((600, 300))})
    half = {"no_logo": "on", "logo_dark": picture((900, 300), "white")}
    half_a_pair = client.post(SCREEN, PLAIN | half)

    assert "90 bij 90 pixels" in small.content.decode()
    assert 'value="#ffcc00"' in small.content.decode()
    assert "Dit bestand is leeg" in empty.content.decode()
    assert "Kies het nog een keer" in beside.content.decode()
    assert "Kies ook een logo voor een licht scherm" in half_a_pair.content.decode()
    assert {each.status_code for each in (small, empty, beside, half_a_pair)} == {422}
    assert worn() == kept
