"""Documents that the law tries: all kinds, changed in the ways that matter."""

from hypothesis import strategies as st

from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import Json

RUBRICS = ("Dagje mee", "Heel naar huis")
TAGS = ("Veiligheid", "Onderweg")
PEOPLE = ("Magda Kowalczyk", "Sietse Wiersma", "Tijn Dijkstra")
FILE = "Formulier bouwvak"
PICTURES = ("01-de-las-horen", "sietse-wiersma")
NAMES = ("a", "b", "c", "d", "e", "f", "g", "h")
PATHS = ("dagje-mee/een/", "dagje-mee/twee/", "heel-naar-huis/een/", "over/", "dagje-mee/2026/11/")
AUDIENCES = ("hr", "board")
AGENDA = samples.identity("section Agenda")
ids = st.sampled_from
FOR_WHOM = ids(["everyone", *AUDIENCES])
BY_MENTION = ids(["everyone", "mentioned"])


def some(*choices: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(choices), max_size=2, unique=True)


def maybe[T](strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def tag_ids(names: list[str]) -> list[str]:
    return [samples.identity(f"tag {name}") for name in names]


def item_id(name: str) -> str:
    return samples.identity(f"item {name}")


def moment_or_none(days: float | None) -> str | None:
    return None if days is None else samples.moment(days=days)


# Days on which words, months and years turn, and any other day.
days = st.sampled_from([-0.001, 0.0, 0.2, 1.0, 6.9, 7.0, 15.0, 30.0, 330.0]) | st.floats(-60, 500)


SECTIONS = {
    "announcement": samples.identity("section Mededelingen"),
    "event": AGENDA,
    "community_action": samples.identity("section Doe mee"),
}


def calls_to_share() -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "until": maybe(days).map(moment_or_none),
            "result": maybe(ids(NAMES).map(item_id)),
        }
    )


@st.composite
def events(draw: st.DrawFn) -> Json:
    """When an event is: ended or not, over months and years, cancelled or not."""
    start, lasts = draw(days), draw(ids([0.1, 0.6, 2.0, 30.0, 500.0]))
    has_end = draw(st.booleans())
    return {
        "starts_at": samples.moment(days=start),
        "ends_at": samples.moment(days=start + lasts) if has_end else None,
        "over_at": samples.moment(days=start + (lasts if has_end else 0.5)),
        "organiser": draw(maybe(ids(PEOPLE).map(samples.person_ref))),
        "is_cancelled": draw(st.booleans()),
    }


def some_shown_blocks() -> st.SearchStrategy[list[Json]]:
    """Blocks that depend on other documents: pictures, files, addresses."""
    block = samples.block
    picture, file = samples.image_ref(PICTURES[0]), samples.identity(f"file {FILE}")
    return st.lists(
        ids(
            [
                block("gallery", 1, title="", images=[picture, samples.image_ref(PICTURES[1])]),
                block("document", 1, file=file, title=""),
                block("button", 1, text="Mee", target=item_id("a"), url=None),
            ]
        ),
        max_size=1,
    )


@st.composite
def items(draw: st.DrawFn) -> Json:
    """An item of any kind that shares terms, addresses and people with others."""
    name = draw(ids(NAMES))
    kind = draw(ids(["story", "story", "interview", "announcement", "event", "community_action"]))
    is_news = kind == "announcement"
    ago = draw(days)
    link = draw(maybe(ids(NAMES)))
    html = f'<a href="document:{item_id(link)}">daar</a>' if link else "Niets."
    picture = draw(maybe(ids(PICTURES)))
    more: Json = {}
    if is_news:
        more = {
            "importance": draw(ids(["important", "information"])),
            "prominent_until": moment_or_none(draw(maybe(days))),
            "valid_until": moment_or_none(draw(maybe(days))),
            "valid_from": moment_or_none(draw(maybe(days))),
            "replaces": [item_id(each) for each in draw(some(*NAMES))],
        }
    elif kind == "event":
        more = draw(events())
    elif kind == "community_action":
        more = draw(calls_to_share())
    lasts = draw(maybe(st.floats(0.5, 90)))
    rubric = draw(maybe(ids(RUBRICS)))
    return samples.item(
        kind,
        f"{draw(ids(['Kop', 'Titel']))} {name}",
        path=draw(ids([f"dagje-mee/{name}/", f"heel-naar-huis/{name}/", *PATHS])),
        days=ago,
        rubric=samples.identity(f"rubric {rubric}") if rubric else None,
        section=SECTIONS.get(kind),
        tags=tag_ids(draw(some(*TAGS))),
        authors=[samples.person_ref(each) for each in draw(some(*PEOPLE))],
        people=[samples.person_ref(each) for each in draw(some(*PEOPLE))],
        lead_image=samples.image_ref(picture) if picture else None,
        translation_of=(other := draw(maybe(ids(NAMES)))) and item_id(other),
        expires_at=None if lasts is None else samples.moment(days=-ago + lasts),
        departments=draw(maybe(st.just([samples.identity("department Staal en Lak")]))) or [],
        goal=draw(maybe(st.just(samples.identity("goal Geen vinger ertussen")))),
        theme=draw(maybe(st.just(samples.identity("theme Veilig werken")))),
        placement=draw(maybe(ids(["lead", "pinned"]))),
        placed_until=moment_or_none(draw(maybe(days))),
        body=[*samples.paragraphs(html), *draw(some_shown_blocks())],
        **more,
    ) | {
        "id": item_id(name),
        "language": draw(ids(["nl", "en"])),
        "audience": draw(FOR_WHOM),
    }


def calls() -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "title": st.just("Doe mee"),
            "text": st.just(""),
            "button": st.just("Ja"),
            "target": ids([None, item_id("b")]),
            "until": st.none() | days.map(lambda ahead: samples.moment(days=ahead)),
        }
    )


type Changes = dict[str, st.SearchStrategy[Json]]


def _changes_of_the_frame() -> Changes:
    return {
        "hub": st.fixed_dictionaries(
            {
                "language": ids(["nl", "nl", "en"]),
                "time_zone": ids(["Europe/Amsterdam", "Pacific/Auckland"]),
                "organisation": ids(["Zwiepstra", "Anders"]),
                "ask": st.booleans(),
                "address": ids(["https://zandbak.example", None]),
            }
        ),
        "rubric": st.fixed_dictionaries(
            {"order": st.integers(0, 2), "path": ids(["dagje-mee/", "over/", "nieuw/"])}
        ),
        "section": st.fixed_dictionaries({"path": ids(["mededelingen/", "agenda/", "nieuw/"])}),
        "tag": st.fixed_dictionaries(
            {"path": ids(["onderwerp/een/", "onderwerp/twee/"]), "audience": BY_MENTION}
        ),
        "person": st.fixed_dictionaries(
            {
                "started": ids([None, "2026-09", "2026-12"]),
                "is_newcomer_shown": st.booleans(),
                "path": ids(["collegas/een/", "collegas/twee/", "collegas/drie/"]),
                "department": ids([None, samples.identity("department Staal en Lak")]),
            }
        ),
    }


def _changes_of_the_rest() -> Changes:
    return {
        "theme": st.fixed_dictionaries(
            {
                "path": ids(["thema/een/", "thema/twee/"]),
                "people": ids([[], [samples.person_ref(PEOPLE[0])]]),
            }
        ),
        "department": st.fixed_dictionaries({"path": ids([None, "afdeling/een/"])}),
        "front": st.fixed_dictionaries(
            {
                "shows_newcomers": st.booleans(),
                "rubrics": ids([[], [samples.identity(f"rubric {RUBRICS[0]}")]]),
                "call": st.one_of(st.none(), calls()),
            }
        ),
        "style": st.fixed_dictionaries(
            {
                "light": ids(["", "#0a4f8a"]),
                "accent": ids(["", "#ffcc00"]),
                "logo": ids([None, samples.logo("day"), samples.logo("other", ground="own")]),
                "logo_dark": ids([None, samples.logo("night", ground="dark")]),
            }
        ),
        "alert": st.fixed_dictionaries(
            {
                "importance": ids(["danger", "notice"]),
                "target": ids([None, item_id("a")]),
                "expires_at": days.map(lambda ahead: samples.moment(days=ahead)),
            }
        ),
        "file": st.fixed_dictionaries({"audience": BY_MENTION}),
        "image": st.one_of(
            st.fixed_dictionaries({"renditions": st.just([]), "credit": ids(["", "Ik"])}),
            st.fixed_dictionaries({"audience": BY_MENTION}),
        ),
    }


@st.composite
def others(draw: st.DrawFn) -> Json:
    """A document that others point to, changed in one of the ways that matter."""
    hub = [each for each in samples.sample_hub(0) if each["kind"] not in ITEMS]
    document = draw(ids([each for each in hub if is_in_play(each)]))
    changes = _changes_of_the_frame() | _changes_of_the_rest()
    change = draw(maybe(changes[kind]) if (kind := str(document["kind"])) in changes else st.none())
    return document | (change or {}) | {"title": draw(ids([str(document["title"]), "Ander"]))}


_ALWAYS_IN_PLAY = {"hub", "section", "department", "goal", "theme", "front", "alert", "style"}
ITEMS = {"story", "interview", "announcement", "event", "community_action", "redirect"}


def is_in_play(each: Json) -> bool:
    names = {*RUBRICS, *TAGS, *PEOPLE, *PICTURES, FILE}
    return str(each["title"]) in names or each["kind"] in _ALWAYS_IN_PLAY


def crowd() -> list[Json]:
    """Just too many colleagues for one page."""
    person = next(each for each in samples.sample_hub(0) if each["kind"] == "person")
    return [
        person
        | {
            "id": samples.identity(f"crowd {number}"),
            "title": f"{'ABC'[number % 3]}bc{number}",
            "path": f"collegas/crowd-{number}/",
            "portrait": None,
            "started": None,
        }
        for number in range(58)
    ]
