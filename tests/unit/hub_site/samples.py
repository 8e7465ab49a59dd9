"""A sample hub: documents of every kind with every block, as the newsroom would send them."""

from collections.abc import Iterable, Mapping

from tests.unit.hub_site import occasions
from tests.unit.hub_site.making import (
    NOW,
    ROLES,
    SLUGS,
    WIDTHS,
    Json,
    alert,
    audience,
    block,
    document,
    file,
    identity,
    image,
    image_ref,
    item,
    logo,
    moment,
    paragraphs,
    person_ref,
    picture_bytes,
    picture_hash,
)
from tests.unit.hub_site.sample_blocks import SCENES, every_block, files, rubric_id

__all__ = [
    "NOW",
    "ROLES",
    "RUBRICS",
    "SCENES",
    "SLUGS",
    "TAGS",
    "WIDTHS",
    "Json",
    "alert",
    "announcements",
    "audience",
    "block",
    "by_id",
    "document",
    "file",
    "full_interview",
    "full_story",
    "identity",
    "image",
    "image_ref",
    "item",
    "logo",
    "moment",
    "paragraphs",
    "person_ref",
    "picture_bytes",
    "picture_hash",
    "rubrics",
    "sample_hub",
]

RUBRICS = {
    "Op de praatstoel": ("op-de-praatstoel", "blue", "person"),
    "Dagje mee": ("dagje-mee", "teal", "bend"),
    "Heel naar huis": ("heel-naar-huis", "rust", "corner"),
    "Goed geregeld": ("goed-geregeld", "green", "stair"),
    "Vraag van de maand": ("vraag-van-de-maand", "plum", "rings"),
}
TAGS = {"Veiligheid": "veiligheid", "Werkplaats": "werkplaats", "Onderweg": "onderweg"}


def _hub() -> Json:
    return document(
        "hub",
        "De Zandbak",
        path="",
        organisation="Zwiepstra Speelwerk",
        address="https://zandbak.example",
        introduction="Waar je alles terugvindt: wie wat doet en wie er taart heeft.",
        time_zone="Europe/Amsterdam",
        headcount=420,
        editors="Zeg het tegen Noor Hiemstra, toestel 114.",
        editors_email="redactie@zwiepstra.example",
        ask=True,
    )


def rubrics() -> list[Json]:
    return [
        document(
            "rubric",
            title,
            path=f"{slug}/",
            purpose=f"{title}: zodat je de volgende keer weet hoe je een gesprek begint.",
            tone="Warm en nieuwsgierig, in spreektaal.",
            cadence="Elke maand, eerste donderdag",
            keeper=person_ref("Magda Kowalczyk"),
            colour=colour,
            tile=tile,
            introduction_html="<p>Wil je zelf eens? <b>Dat kan.</b></p>",
            order=order,
        )
        for order, (title, (slug, colour, tile)) in enumerate(RUBRICS.items())
    ]


def _people() -> list[Json]:
    started = {"Tijn Dijkstra": "2026-09", "Oleksandra Bondarenko": "2026-10"}
    return [
        document(
            "person",
            name,
            path=f"collegas/{SLUGS[name]}/",
            pronouns="zij/haar" if name.startswith("Magda") else None,
            role=role,
            department=identity("department Staal en Lak"),
            location=identity("location Drachten"),
            started=started.get(name, "2013-11"),
            portrait=None
            if name.startswith("Hennie")
            else image_ref(SLUGS[name], alt=f"{name} lacht"),
            ask_me_about=["lak die niet hecht", "de kantine"],
            about_html=f"<p>{name} weet waar de sleutel ligt.</p>",
            email=None,
            is_newcomer_shown=name in started,
        )
        for name, role in ROLES.items()
    ]


def _terms() -> list[Json]:
    return [
        document("department", "Staal en Lak", path="afdeling/staal-en-lak/", order=1),
        document("location", "Drachten", order=1),
        document(
            "goal",
            "Geen vinger ertussen",
            path="doel/d2-geen-vinger-ertussen/",
            order=2,
            code="D2",
            measure="Een derde minder handletsel",
            owner=person_ref("Magda Kowalczyk"),
        ),
        document(
            "theme",
            "Veilig werken",
            path="thema/veilig-werken/",
            introduction_html="<p>Alle vingers ook.</p>",
            owner=person_ref("Magda Kowalczyk"),
            people=[person_ref("Hennie te Velde"), person_ref("Sietse Wiersma")],
            order=1,
        ),
        *_of_the_whole_hub(),
        document("core_value", "Heel houden", order=3, code="K3", motto="Toestellen en vingers"),
        *(document("tag", title, path=f"onderwerp/{slug}/") for title, slug in TAGS.items()),
        document(
            "section",
            "Mededelingen",
            path="mededelingen/",
            introduction="Wat je moet weten, en tot wanneer.",
            holds="announcement",
            order=1,
        ),
        *occasions.sections(),
    ]


def _of_the_whole_hub() -> list[Json]:
    return [
        document(
            "front",
            "",
            rubrics=[rubric_id("Goed geregeld"), rubric_id("Dagje mee")],
            shows_newcomers=True,
            call={
                "title": "Waar eet jij je boterham?",
                "text": "Stuur een foto van je lunchplek.",
                "button": "Doe mee",
                "target": identity("story dagje-mee/vijf-uur-veertig/"),
                "until": moment(days=12),
            },
        ),
        document(
            "style",
            "",
            light="#0a4f8a",
            dark="#8fc3f4",
            accent="#ffc93c",
            headings="eczar",
            letters="literata",
        ),
        alert("Brandalarm in hal 2", hours=3),
        alert("Parkeerplaats glad", hours=6, importance="notice", target=identity("rubric x")),
    ]


def _tag_ids(*titles: str) -> list[str]:
    return [identity(f"tag {title}") for title in titles]


def full_story() -> Json:
    """A story that uses every key and every block."""
    return item(
        "story",
        "05.40 uur, Oss: de koffie is klaar en de zandauto is te laat",
        path="dagje-mee/vijf-uur-veertig/",
        days=2,
        lead_image=image_ref("15-vijf-uur-veertig-in-oss", caption="Het depot in Oss."),
        rubric=rubric_id("Dagje mee"),
        authors=[
            person_ref("Magda Kowalczyk"),
            person_ref("Ingrid", "oud-collega", has_page=False),
        ],
        people=[person_ref("Sietse Wiersma"), person_ref("Tijn Dijkstra")],
        tags=_tag_ids("Onderweg", "Veiligheid"),
        departments=[identity("department Staal en Lak")],
        connection="work",
        goal=identity("goal Geen vinger ertussen"),
        theme=identity("theme Veilig werken"),
        placement="lead",
        placed_until=moment(days=3),
        core_value=identity("core_value Heel houden"),
        updated_at=moment(days=-1),
        body=every_block(),
    )


def full_interview() -> Json:
    questions = (
        "Wat had je vandaag in je handen?",
        "Wat merk jij dat een ander mist?",
        "Wat denken mensen?",
    )
    body = [
        block("paragraph", 9, html="<p>Sietse keurt met zijn oren.</p>"),
        *(
            block(
                "question_answer",
                n,
                question=question,
                answer_html=f"<p>Antwoord {n}, met geduld.</p>",
            )
            for n, question in enumerate(questions, 10)
        ),
        block("pull_quote", 9, text="Ik hoor of iemand haast had.", speaker=None),
    ]
    return item(
        "interview",
        "‘Ik hoor aan de las of iemand haast had’",
        path="op-de-praatstoel/ik-hoor-aan-de-las/",
        days=4,
        lead_image=image_ref("01-de-las-horen"),
        rubric=rubric_id("Op de praatstoel"),
        authors=[person_ref("Magda Kowalczyk")],
        interviewee=person_ref("Sietse Wiersma"),
        tags=_tag_ids("Werkplaats"),
        body=body,
    )


def announcements() -> list[Json]:
    section = identity("section Mededelingen")
    lapsed = item(
        "announcement",
        "Stem voor de ondernemingsraad: van 2 tot en met 6 november",
        path="mededelingen/stem-voor-de-or/",
        days=45,
        section=section,
        valid_until="2026-11-06T16:00:00Z",
        prominent_until=moment(days=-17),
        authors=[person_ref("Hennie te Velde")],
    )
    replaced = item(
        "announcement",
        "Reiskosten: twee cent per kilometer extra",
        path="mededelingen/reiskosten/",
        days=300,
        section=section,
        valid_until="2026-12-31T23:00:00Z",
        tags=_tag_ids("Onderweg"),
    )
    urgent = item(
        "announcement",
        "Lakstraat staat stil tot en met dinsdag 24 november",
        path="mededelingen/lakstraat-staat-stil/",
        days=3,
        section=section,
        importance="important",
        valid_until="2026-11-24T23:00:00Z",
        prominent_until=moment(days=2),
        replaces=[lapsed["id"]],
        tags=_tag_ids("Werkplaats"),
        body=[
            *paragraphs("Oven kapot, monteur onderweg."),
            block("call_out", 20, title="Spoed?", body_html="<p>Bel 114.</p>"),
        ],
    )
    return [lapsed | {"replaced_by": urgent["id"]}, replaced, urgent]


def _translated_pair() -> list[Json]:
    dutch = item(
        "story",
        "Ring af, handschoen aan",
        path="heel-naar-huis/ring-af/",
        days=9,
        rubric=rubric_id("Heel naar huis"),
        authors=[person_ref("Esra Y\u0131ld\u0131r\u0131m")],
        tags=_tag_ids("Veiligheid"),
        lead_image=image_ref("08-ring-af-handschoen-aan"),
    )
    english = item(
        "story",
        "Ring off, glove on",
        path="heel-naar-huis/ring-off/",
        days=8,
        rubric=rubric_id("Heel naar huis"),
        authors=[person_ref("Priya Raghunathan")],
        tags=_tag_ids("Veiligheid"),
        translation_of=dutch["id"],
    )
    return [dutch, english | {"language": "en"}]


def _many(count: int) -> list[Json]:
    """Ordinary stories, spread over rubrics, months and authors; one in three has a picture."""
    rubrics, tags, people = list(RUBRICS), list(TAGS), list(ROLES)
    return [
        item(
            "story",
            f"Verhaal {number} over gereedschapsuitleenbalie en rolmaat",
            path=f"{RUBRICS[rubrics[number % 5]][0]}/verhaal-{number}/",
            days=11 + number * 3,
            rubric=rubric_id(rubrics[number % 5]),
            authors=[person_ref(people[number % len(people)])],
            tags=_tag_ids(tags[number % 3]),
            lead_image=image_ref(SCENES[number % 3]) if number % 3 == 0 else None,
        )
        for number in range(count)
    ]


def sample_hub(stories: int = 30) -> list[Json]:
    """Every document of the sample hub."""
    images = [image(scene) for scene in SCENES]
    portraits = [
        image(slug, height=1600) for name, slug in SLUGS.items() if not name.startswith("Hennie")
    ]
    return [
        _hub(),
        *rubrics(),
        *_terms(),
        *_people(),
        *images,
        *portraits,
        *files(),
        full_story(),
        full_interview(),
        *announcements(),
        *occasions.events(),
        *occasions.calls(),
        *_translated_pair(),
        *_many(stories),
        document(
            "redirect",
            "oud",
            path="dagje-mee/zes-uur/",
            target=identity("story dagje-mee/vijf-uur-veertig/"),
        ),
    ]


def by_id(documents: Iterable[Json]) -> list[tuple[str, Mapping[str, object]]]:
    """Documents as the store hands them over."""
    return [(str(each["id"]), each) for each in documents]
