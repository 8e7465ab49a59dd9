"""What is for some in the sample hub: an audience with items, a tag and a picture of its own."""

from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import Json

KEY, NAME = "kantoor", "Kantoor en Verkoopbinnendienst"
TAG, PICTURE = "Nachtrooster", "gesloten-kamer"
STORY = "Wie er in maart een andere kamer krijgt"
NOTICE = "De achterdeur is op vrijdag dicht"


def documents(key: str = KEY, name: str = NAME) -> list[Json]:
    """An audience with a story and an announcement, linked to each other and to everyone's."""
    return [samples.audience(key, name), *published(key)]


def published(key: str = KEY) -> list[Json]:
    return [
        story(key),
        notice(key),
        samples.document("tag", TAG, audience="mentioned", path="onderwerp/nachtrooster/"),
        samples.image(PICTURE) | {"audience": "mentioned"},
    ]


def story(audience: str = KEY) -> Json:
    """A story that leads to one for everyone, with a tag and a picture that nobody else has."""
    everyones = samples.full_story()
    link = f'<a href="document:{everyones["id"]}">Lees eerst dit</a> en pak een doos.'
    return samples.item(
        "story",
        STORY,
        path="dagje-mee/andere-kamer/",
        days=2,
        audience=audience,
        rubric=samples.identity("rubric Dagje mee"),
        tags=[samples.identity(f"tag {TAG}"), samples.identity("tag Veiligheid")],
        authors=[samples.person_ref("Magda Kowalczyk")],
        lead_image=samples.image_ref(PICTURE, alt="Een kamer die dicht is"),
        body=[samples.block("paragraph", 7001, html=f"<p>{link}</p>")],
    )


def notice(audience: str = KEY) -> Json:
    link = f'Zie <a href="document:{story()["id"]}">het stuk hierover</a>.'
    return samples.item(
        "announcement",
        NOTICE,
        path="mededelingen/achterdeur/",
        days=1,
        audience=audience,
        section=samples.identity("section Mededelingen"),
        body=[samples.block("paragraph", 7002, html=f"<p>{link}</p>")],
    )
