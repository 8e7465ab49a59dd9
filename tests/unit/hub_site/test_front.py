"""The front page: what the newsroom chose, what it left open, and what goes by itself."""

from datetime import timedelta
from typing import Any

from hub_site.content.parsing import parse_all
from hub_site.pages import compose
from tests.unit.hub_site import samples
from tests.unit.hub_site.law_documents import ITEMS
from tests.unit.hub_site.samples import NOW, Json

DAGJE, GEREGELD = "rubric Dagje mee", "rubric Goed geregeld"


def story(name: str, *, days: float, rubric: str = DAGJE, **keys: object) -> Json:
    return samples.item(
        "story",
        name,
        path=f"dagje-mee/{name.lower()}/",
        days=days,
        rubric=samples.identity(rubric),
        **keys,
    )


def front(**keys: object) -> Json:
    base: Json = {"rubrics": [], "shows_newcomers": True, "call": None}
    return samples.document("front", "", **(base | keys))


def hub_with(*documents: Json) -> list[Json]:
    """The sample hub's frame, without what the sample says of its front page."""
    kept = [
        each for each in samples.sample_hub(0) if each["kind"] not in ITEMS | {"front", "alert"}
    ]
    return [*kept, *documents]


def home(documents: list[Json], *, later: timedelta = timedelta()) -> dict[str, Any]:
    parsed = parse_all(samples.by_id(documents))
    assert parsed.set_aside == ()
    site = compose(parsed.documents, as_of=NOW + later)
    return dict(next(page.view for page in site.pages if page.path == ""))


def titles(teasers: list[dict[str, Any]]) -> list[str]:
    return [each["title"] for each in teasers]


def test_a_placed_story_opens_the_page_until_its_moment() -> None:
    old = story("Oud", days=40, placement="lead", placed_until=samples.moment(days=3))
    documents = hub_with(
        old, story("Nieuw", days=1, lead_image=samples.image_ref("01-de-las-horen"))
    )

    assert home(documents)["lead"]["title"] == "Oud"
    assert home(documents, later=timedelta(days=3))["lead"]["title"] == "Nieuw"


def test_without_a_choice_the_newest_with_a_picture_opens_it() -> None:
    picture = samples.image_ref("01-de-las-horen")
    documents = hub_with(story("Kaal", days=1), story("Mooi", days=2, lead_image=picture))

    assert home(documents)["lead"]["title"] == "Mooi"


def test_pinned_stories_come_before_the_news_and_nothing_stands_twice() -> None:
    pinned = [story(f"Vast{n}", days=50 + n, placement="pinned") for n in range(2)]
    shown = home(hub_with(*pinned, *(story(f"Nieuw{n}", days=n) for n in range(12))))

    fresh = titles(shown["fresh"])
    assert fresh[:2] == ["Vast0", "Vast1"]
    assert len(fresh) == len(set(fresh)) == 8
    assert shown["lead"]["title"] not in fresh


def test_an_important_announcement_that_opens_the_page_is_not_repeated_below() -> None:
    news = samples.item(
        "announcement",
        "Oven kapot",
        path="mededelingen/oven/",
        days=1,
        section=samples.identity("section Mededelingen"),
        prominent_until=samples.moment(days=5),
        placement="lead",
    )

    shown = home(hub_with(news))

    assert shown["lead"]["title"] == "Oven kapot"
    assert shown["announcements"] == []


def test_a_rubric_of_its_own_shows_only_what_is_nowhere_above() -> None:
    stories = [story(f"Dag{n}", days=n) for n in range(30)]
    chosen = front(rubrics=[samples.identity(DAGJE), samples.identity(GEREGELD)])

    shown = home(hub_with(chosen, *stories))

    assert [part["title"] for part in shown["parts"]] == ["Dagje mee"]  # the other one is empty
    above = {shown["lead"]["title"], *titles(shown["fresh"])}
    part = shown["parts"][0]
    assert len(part["items"]) == 3
    assert not above & {*titles(part["items"])}
    assert part["total"] == 30


def test_a_call_leads_somewhere_and_ends_by_itself() -> None:
    target = story("Oproep", days=1)
    call = {
        "title": "Doe mee",
        "text": "",
        "button": "Ja",
        "target": target["id"],
        "until": samples.moment(days=2),
    }
    documents = hub_with(front(call=call), target)

    shown = home(documents)["call"]
    assert shown["path"] == "dagje-mee/oproep/"
    assert shown["until"].startswith("Tot en met dinsdag 24 november")
    assert home(documents, later=timedelta(days=2))["call"] is None


def test_who_is_new_is_shown_by_choice() -> None:
    assert home(hub_with(front()))["newcomers"]
    assert home(hub_with(front(shows_newcomers=False)))["newcomers"] is None


def test_a_device_gets_the_twenty_newest_to_compare_with_its_last_visit() -> None:
    recent = home(hub_with(*(story(f"Dag{n}", days=n) for n in range(30))))["recent"]

    assert [each["title"] for each in recent] == [f"Dag{n}" for n in range(20)]
    assert recent[1]["at"] == "2026-11-21T09:30:00+00:00"


def test_alerts_are_on_the_front_page_and_in_the_part_that_pages_ask_for_until_they_end() -> None:
    danger = samples.alert("Brand in hal 2", hours=2)
    notice = samples.alert("Glad op het terrein", hours=6, importance="notice")
    parsed = parse_all(samples.by_id(hub_with(notice, danger)))

    for later, expected in ((0, ["Brand in hal 2", "Glad op het terrein"]), (2, [notice["title"]])):
        site = compose(parsed.documents, as_of=NOW + timedelta(hours=later))
        pages: dict[str, dict[str, Any]] = {page.path: dict(page.view) for page in site.pages}
        assert titles(pages[""]["alerts"]) == expected
        assert titles(pages["assets/alert/"]["alerts"]) == expected
        assert site.changes_at is not None

    quiet = compose(parsed.documents, as_of=NOW + timedelta(days=1))
    assert next(page.view for page in quiet.pages if page.path == "assets/alert/")["alerts"] == []


def test_a_changed_alert_is_another_one_to_who_closed_it() -> None:
    first = samples.alert("Brand", hours=2)
    keys = [
        home(hub_with(each))["alerts"][0]["key"]
        for each in (first, first | {"changed_at": samples.moment(hours=-0.5)})
    ]

    assert keys[0] != keys[1]
