"""Events and community actions of the sample hub, the nights of the clock among them."""

from tests.unit.hub_site.making import Json, document, identity, item, moment, person_ref

AGENDA, TAKE_PART = "section Agenda", "section Doe mee"


def sections() -> list[Json]:
    return [
        document(
            "section",
            title,
            path=path,
            introduction="Kom ook, of doe mee.",
            holds=holds,
            order=order,
        )
        for title, path, holds, order in (
            ("Agenda", "agenda/", "event", 2),
            ("Doe mee", "doe-mee/", "community_action", 3),
        )
    ]


def event(title: str, *, path: str, starts: str, ends: str | None, **keys: object) -> Json:
    """An event of the agenda, published twenty days ago; without an end it is over at midnight."""
    base: Json = {
        "section": identity(AGENDA),
        "starts_at": starts,
        "ends_at": ends,
        "over_at": ends or f"{starts[:10]}T23:00:00Z",
    }
    return item("event", title, path=path, days=20, **(base | keys))


def call(title: str, *, path: str, until: str | None, **keys: object) -> Json:
    base: Json = {"section": identity(TAKE_PART), "until": until}
    return item("community_action", title, path=path, days=6, **(base | keys))


def events() -> list[Json]:
    return [
        event(
            "Pakjesmiddag: surprise mag rammelen, niet lekken",
            path="agenda/pakjesmiddag/",
            starts="2026-12-04T14:00:00Z",
            ends="2026-12-04T16:00:00Z",
            place="Kantine, Drachten",
            organiser=person_ref("Magda Kowalczyk"),
            meant_for="Iedereen, met bussen uit Oss en Deventer",
        ),
        event(
            "Sportdag op eigen toestellen",
            path="agenda/sportdag/",
            starts="2026-11-27T12:00:00Z",
            ends="2026-11-27T15:00:00Z",
            place="Veld achter hal 1",
            is_cancelled=True,
            cancellation="Code oranje, nieuwe datum volgt",
            updated_at=moment(days=-1),
        ),
        event(
            "De nacht van 25 uur",
            path="agenda/nacht-van-25-uur/",
            starts="2026-10-24T18:00:00Z",
            ends="2026-10-25T07:00:00Z",
            place="Schommel van Oss",
            rubric=identity("rubric Dagje mee"),
        ),
        event(
            "Open gesprek",
            path="agenda/open-gesprek/",
            starts="2026-11-22T08:00:00Z",
            ends=None,
            link="https://praat.example/open",
        ),
    ]


def calls() -> list[Json]:
    return [
        call(
            "Reparatievrijdag: neem mee wat kapot is",
            path="doe-mee/reparatievrijdag/",
            until=moment(days=5),
            asked="Stuur een foto van je broodrooster, driewieler of drone.",
            effort="Duurt één minuut.",
        ),
        call(
            "Hoe heet de reiger?",
            path="doe-mee/hoe-heet-de-reiger/",
            until="2026-05-01T10:00:00Z",
            asked="Een naam voor de opvolger van de wipkip.",
            result=identity("story dagje-mee/vijf-uur-veertig/"),
        ),
    ]
