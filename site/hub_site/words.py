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


@dataclass(frozen=True, slots=True)
class AgendaWords:
    """Of what is at a time; `{time}` is a time, or two with a dash between."""

    starting: str
    between: str
    over_days: str
    at: str
    cancelled: str
    over: str
    now: str
    clock_back: str
    clock_forward: str
    hour: str
    hours: str
    and_minutes: str
    zone: str
    summer_time: str
    winter_time: str
    open_through: str
    open_until: str
    closed: str
    share: str
    organised_by: str


AGENDA_WORDS: dict[Language, AgendaWords] = {
    "nl": AgendaWords(
        starting="{day}, vanaf {time} uur",
        between="{day}, {time} uur",
        over_days="{day} {time} uur tot {last_day} {last_time} uur",
        at="{time} uur",
        cancelled="Geannuleerd",
        over="Voorbij",
        now="Nu bezig",
        clock_back="De klok gaat die nacht terug: het duurt {length}.",
        clock_forward="De klok gaat die nacht vooruit: het duurt {length}.",
        hour="{n} uur",
        hours="{n} uur",
        and_minutes="{hours} en {n} minuten",
        zone="Tijden zijn in {zone}.",
        summer_time="zomertijd",
        winter_time="wintertijd",
        open_through="Meedoen kan tot en met {day}",
        open_until="Meedoen kan tot {day}, {time} uur",
        closed="Gesloten sinds {day}",
        share="Doe mee",
        organised_by="Georganiseerd door {name}",
    ),
    "en": AgendaWords(
        starting="{day}, from {time}",
        between="{day}, {time}",
        over_days="{day} {time} until {last_day} {last_time}",
        at="{time}",
        cancelled="Cancelled",
        over="Over",
        now="On now",
        clock_back="The clock goes back that night: it lasts {length}.",
        clock_forward="The clock goes forward that night: it lasts {length}.",
        hour="{n} hour",
        hours="{n} hours",
        and_minutes="{hours} and {n} minutes",
        zone="Times are in {zone}.",
        summer_time="summer time",
        winter_time="winter time",
        open_through="Take part until and including {day}",
        open_until="Take part until {day}, {time}",
        closed="Closed since {day}",
        share="Take part",
        organised_by="Organised by {name}",
    ),
}
