"""The few words that the press itself puts on pages, in the hub's language."""

from dataclasses import dataclass

from hub_site.content.documents import Language


@dataclass(frozen=True, slots=True)
class Words:
    front_page: str
    rubrics: str
    announcements: str
    colleagues: str
    about: str
    and_: str
    valid_today: str
    valid_today_until: str
    valid_tomorrow: str
    valid_tomorrow_until: str
    valid_through: str
    valid_until: str
    valid_from: str
    lapsed_on: str
    colleagues_at: str
    moved: str
    for_whom: str
    yours: str
    search: str


WORDS: dict[Language, Words] = {
    "nl": Words(
        front_page="Voorpagina",
        rubrics="Rubrieken",
        announcements="Mededelingen",
        colleagues="Collega's",
        about="Over Plein",
        and_="en",
        valid_today="Geldt vandaag nog",
        valid_today_until="Geldt vandaag nog, tot {time} uur",
        valid_tomorrow="Nog 1 dag, tot en met morgen",
        valid_tomorrow_until="Nog 1 dag, tot morgen {time} uur",
        valid_through="Tot en met {day}",
        valid_until="Tot {day}, {time} uur",
        valid_from="Geldt vanaf {day}",
        lapsed_on="Verlopen op {day}",
        colleagues_at="De mensen van {organisation}: wie ze zijn en wat je ze kunt vragen.",
        moved="Deze pagina staat nu hier: {title}",
        for_whom="Voor {name}",
        yours="Ook voor jou",
        search="Zoeken",
    ),
    "en": Words(
        front_page="Front page",
        rubrics="Rubrics",
        announcements="Announcements",
        colleagues="Colleagues",
        about="About Plein",
        and_="and",
        valid_today="Valid today only",
        valid_today_until="Valid today until {time}",
        valid_tomorrow="1 day left, until and including tomorrow",
        valid_tomorrow_until="1 day left, until tomorrow {time}",
        valid_through="Until and including {day}",
        valid_until="Until {day}, {time}",
        valid_from="Valid from {day}",
        lapsed_on="Lapsed on {day}",
        colleagues_at="The people of {organisation}: who they are and what you can ask them.",
        moved="This page is now here: {title}",
        for_whom="For {name}",
        yours="Also for you",
        search="Search",
    ),
}
