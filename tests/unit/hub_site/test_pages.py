import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub_site.content.parsing import parse_all
from hub_site.pages import KeptPage, Page, Site, compose
from tests.unit.hub_site import samples
from tests.unit.hub_site.law_documents import ITEMS
from tests.unit.hub_site.samples import NOW, Json


def site_of(
    documents: Sequence[Json], *, as_of: datetime = NOW, kept: Sequence[KeptPage] = ()
) -> Site:
    parsed = parse_all(samples.by_id(documents))
    assert parsed.set_aside == ()
    return compose(parsed.documents, as_of=as_of, kept=kept)


def page_at(site: Site, path: str) -> Page:
    return next(page for page in site.pages if page.path == path)


def view_at(site: Site, path: str) -> Any:
    """A view as a template sees it: without types."""
    return page_at(site, path).view


def text_of(site: Site) -> str:
    return json.dumps([[page.path, page.title, page.description, page.view] for page in site.pages])


def frame() -> list[Json]:
    """A hub with rubrics, people and terms, and no items."""
    return [each for each in samples.sample_hub(0) if each["kind"] not in ITEMS]


def story(name: str, *, days: float, rubric: str = "Dagje mee", **keys: object) -> Json:
    slug = samples.RUBRICS[rubric][0]
    keys.setdefault("rubric", samples.identity(f"rubric {rubric}"))
    return samples.item("story", name, path=f"{slug}/{name.lower()}/", days=days, **keys)


@st.composite
def stories(draw: st.DrawFn) -> list[Json]:
    """Stories around the moment of printing, some to come, some past their end."""
    count = draw(st.integers(0, 12))
    made = []
    for number in range(count):
        days = draw(st.floats(-30, 900, allow_nan=False))
        lasts = draw(st.none() | st.floats(1, 900, allow_nan=False))
        rubric = draw(st.sampled_from(list(samples.RUBRICS)))
        expires_at = None if lasts is None else samples.moment(days=-days + lasts)
        made.append(story(f"Verhaal{number}x", days=days, rubric=rubric, expires_at=expires_at))
    return made


def is_public(each: Json) -> bool:
    expires_at = each["expires_at"]
    ended = isinstance(expires_at, str) and datetime.fromisoformat(expires_at) <= NOW
    return datetime.fromisoformat(str(each["published_at"])) <= NOW and not ended


@given(stories())
@settings(max_examples=40, deadline=None)
def test_only_what_is_public_is_in_any_page(made: list[Json]) -> None:
    site = site_of([*frame(), *made])
    text = text_of(site)

    for each in made:
        assert (str(each["title"]) in text) == is_public(each)
        assert any(page.path == each["path"] for page in site.pages) == is_public(each)


@given(stories())
@settings(max_examples=40, deadline=None)
def test_archives_add_up_and_lead_to_pages_with_that_many(made: list[Json]) -> None:
    site = site_of([*frame(), *made])

    for slug, *_ in samples.RUBRICS.values():
        view = view_at(site, f"{slug}/")
        open_years = [year for year in view["archive"] if year["months"]]
        months = [month for year in open_years for month in year["months"]]
        assert sum(year["total"] for year in view["archive"]) == view["total"]
        assert [year["total"] for year in open_years] == [
            sum(month["count"] for month in year["months"]) for year in open_years
        ]
        for month in months:
            assert (month["path"] is None) == (month["count"] == 0)
            if month["path"]:
                assert len(view_at(site, month["path"])["items"]) == month["count"]


@given(stories())
@settings(max_examples=25, deadline=None)
def test_lists_are_newest_first_and_neighbours_point_at_each_other(made: list[Json]) -> None:
    site = site_of([*frame(), *made])

    for slug, *_ in samples.RUBRICS.values():
        dates = [teaser["date"]["iso"] for teaser in view_at(site, f"{slug}/")["latest"]]
        assert dates == sorted(dates, reverse=True)
    for page in site.pages:
        following: Any = page.view.get("next") if page.template == "story.html" else None
        if following:
            assert view_at(site, following["path"])["previous"]["path"] == page.path


@given(stories(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_order_of_documents_does_not_matter(made: list[Json], random: Any) -> None:
    documents = [*frame(), *made]
    mixed = random.sample(documents, len(documents))

    assert site_of(mixed) == site_of(documents)


@given(stories())
@settings(max_examples=25, deadline=None)
def test_nothing_changes_before_it_says_so(made: list[Json]) -> None:
    documents = [*frame(), *made]
    before = site_of(documents)
    assert before.changes_at is not None

    just_before = before.changes_at - timedelta(seconds=1)
    later = site_of(documents, as_of=max(just_before, NOW))

    assert [(page.path, page.view) for page in later.pages] == [
        (page.path, page.view) for page in before.pages
    ]


def test_every_page_names_the_documents_it_shows() -> None:
    site = site_of(samples.sample_hub(12))
    ids = {page.source for page in site.pages if page.source}

    home = page_at(site, "")
    lead: Any = home.view["lead"]
    assert samples.full_story()["id"] in home.inputs
    assert lead["path"] == "dagje-mee/vijf-uur-veertig/"
    for page in site.pages:
        assert page.source is None or page.source in page.inputs
    assert samples.full_interview()["id"] in ids


def test_lead_is_the_newest_with_a_picture_of_this_week_else_the_newest() -> None:
    picture = samples.image_ref("01-de-las-horen")
    bare = story("Kaal", days=1)
    pictured = story("Beeld", days=3, lead_image=picture)
    old = story("Oud", days=8, lead_image=picture)

    assert view_at(site_of([*frame(), bare, pictured, old]), "")["lead"]["title"] == "Beeld"
    assert view_at(site_of([*frame(), bare, old]), "")["lead"]["title"] == "Kaal"
    assert view_at(site_of(frame()), "")["lead"] is None


def test_fresh_mix_shows_no_rubric_three_times_while_others_have_something() -> None:
    many = [story(f"Mee{n}", days=n + 1) for n in range(9)]
    others = [story(f"Huis{n}", days=40 + n, rubric="Heel naar huis") for n in range(2)]

    fresh = view_at(site_of([*frame(), *many, *others]), "")["fresh"]

    assert {"Huis0", "Huis1"} <= {teaser["title"] for teaser in fresh}
    assert len(fresh) == 8


def test_newcomers_are_shown_by_choice_and_for_three_months() -> None:
    site = site_of(frame())
    later = site_of(frame(), as_of=NOW + timedelta(days=80))

    names = [person["name"] for person in view_at(site, "")["newcomers"]["people"]]
    assert names == ["Oleksandra Bondarenko", "Tijn Dijkstra"]
    assert view_at(later, "")["newcomers"] is None
    assert view_at(site, "collegas/tijn-dijkstra/")["newcomer"]
    assert not view_at(site, "collegas/magda-kowalczyk/")["newcomer"]


def test_lapsed_announcement_stays_findable_and_marked() -> None:
    site = site_of(samples.sample_hub(0))

    section = view_at(site, "mededelingen/")
    page = view_at(site, "mededelingen/stem-voor-de-or/")
    assert [each["title"] for each in section["lapsed"]] == [page["title"]]
    assert section["current"][0]["importance"] == "important"
    assert page["is_lapsed"]
    assert page["lapsed_on"]["text"] == "vrijdag 6 november 2026"
    assert page["replaced_by"]["path"] == "mededelingen/lakstraat-staat-stil/"
    assert all(
        "ondernemingsraad" not in each["title"] for each in view_at(site, "")["announcements"]
    )


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-11-22T23:00:00Z", "Geldt vandaag nog"),
        ("2026-11-22T16:00:00Z", "Geldt vandaag nog, tot 17.00 uur"),
        ("2026-11-23T23:00:00Z", "Nog 1 dag, tot en met morgen"),
        ("2026-12-04T23:00:00Z", "Tot en met vrijdag 4 december"),
        ("2026-12-31T23:00:00Z", "Tot en met 31 december"),
        ("2027-06-01T22:00:00Z", "Tot en met 1 juni 2027"),
        ("2026-11-06T16:00:00Z", "Verlopen op 6 november"),
        ("2026-11-18T23:00:00Z", "Verlopen op woensdag 18 november"),
    ],
)
def test_validity_is_said_in_words(until: str, words: str) -> None:
    news = samples.item(
        "announcement", "Nieuws", path="mededelingen/nieuws/", days=30, valid_until=until
    )

    assert view_at(site_of([*frame(), news]), "mededelingen/nieuws/")["validity"] == words


def test_links_to_documents_are_relative_and_to_nothing_public_are_text() -> None:
    target = story("Doel", days=2, rubric="Goed geregeld")
    gone = samples.identity("nothing")
    html = (
        f'<a href="document:{target["id"]}">daar</a> <a href="document:{gone}">weg</a> '
        '<a href="//evil.example">x</a><script>boe</script>'
    )
    body = samples.paragraphs(html)

    view = view_at(site_of([*frame(), target, story("Bron", days=1, body=body)]), "dagje-mee/bron/")

    assert view["blocks"][0]["html"] == '<p><a href="../../goed-geregeld/doel/">daar</a> weg x</p>'


def test_full_story_carries_everything() -> None:
    view = view_at(site_of(samples.sample_hub(6)), "dagje-mee/vijf-uur-veertig/")

    assert [block["type"] for block in view["blocks"]].count("heading") == 5
    assert [entry["anchor"] for entry in view["contents"]][-2:] == ["twaalf-uur", "twaalf-uur-2"]
    assert "\u00ad" in view["contents"][1]["text"]
    assert view["drop_cap"]
    assert view["byline"] == "Magda Kowalczyk en Ingrid"
    assert [card["path"] for card in view["authors"]] == ["collegas/magda-kowalczyk/", None]
    assert view["goal"]["path"] == "doel/d2-geen-vinger-ertussen/"
    assert view["theme"]["path"] == "thema/veilig-werken/"
    assert [each["title"] for each in view["departments"]] == ["Staal en Lak"]
    assert len(view["related"]) == 3
    assert view["lead_image"]["focal"] == "50% 47%"
    assert [source["width"] for source in view["lead_image"]["sources"]] == [480, 800, 1200, 1600]
    assert view["lead_image"]["fallback"]["width"] == 1200


def test_person_who_has_no_page_any_more_is_left_out_without_a_trace() -> None:
    gone = samples.identity("person Magda Kowalczyk")
    documents = [each for each in samples.sample_hub(0) if each["id"] != gone]

    site = site_of(documents)

    view = view_at(site, "dagje-mee/vijf-uur-veertig/")
    assert view["byline"] == "Ingrid"
    assert [card["name"] for card in view["authors"]] == ["Ingrid"]
    assert view_at(site, "dagje-mee/")["rubric"]["keeper"] is None
    assert "Magda" not in text_of(site)


def test_translations_point_at_each_other() -> None:
    site = site_of(samples.sample_hub(0))

    dutch, english = (view_at(site, f"heel-naar-huis/{slug}/") for slug in ("ring-af", "ring-off"))
    assert dutch["translation"]["language"] == "en"
    assert english["translation"]["link"]["path"] == "heel-naar-huis/ring-af/"


def test_many_colleagues_get_a_page_per_letter_and_none_is_too_long() -> None:
    people = [
        samples.document(
            "person",
            f"{first}{chr(97 + n % 26)}ra {n}",
            path=f"collegas/p{first.lower()}{n}/",
            pronouns=None,
            role="collega",
            department=None,
            location=None,
            started=None,
            portrait=None,
            ask_me_about=[],
            about_html="",
            email=None,
            is_newcomer_shown=False,
        )
        for first in "AB"
        for n in range(100 if first == "A" else 5)
    ]
    site = site_of([*frame(), *people])

    index = view_at(site, "collegas/")
    pages = [view_at(site, letter["path"]) for letter in index["letters"]]
    assert index["groups"] == []
    assert sum(len(group["people"]) for page in pages for group in page["groups"]) == index["total"]
    assert all(len(group["people"]) <= 60 for page in pages for group in page["groups"])


def test_address_that_is_taken_is_given_once_and_said() -> None:
    first, second = (
        story("Zelfde", days=1),
        story("Zelfde", days=2) | {"id": samples.identity("zz")},
    )
    rubric = samples.rubrics()[0] | {"id": samples.identity("other"), "path": "hulp/"}
    kept = [KeptPage("hulp/", "Hulp", "nl")]

    site = site_of([*frame(), first, second, rubric], kept=kept)

    assert len([page for page in site.pages if page.path == "dagje-mee/zelfde/"]) == 1
    assert len(site.set_aside) == 2
    assert any("the hand-kept page 'Hulp'" in each.reason for each in site.set_aside)


def test_moved_page_leads_on_unless_its_address_is_in_use() -> None:
    target = story("Nieuw", days=1)
    old = samples.document("redirect", "a", path="dagje-mee/oud/", target=target["id"])
    used = samples.document("redirect", "b", path="dagje-mee/nieuw/", target=target["id"])
    lost = samples.document("redirect", "c", path="dagje-mee/kwijt/", target=samples.identity("?"))

    site = site_of([*frame(), target, old, used, lost])

    assert [(moved.path, moved.target["path"]) for moved in site.moved] == [
        ("dagje-mee/oud/", "dagje-mee/nieuw/")
    ]
