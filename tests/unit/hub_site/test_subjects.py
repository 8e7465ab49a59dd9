"""Themes, departments, goals and years, and blocks in all their sizes."""

from typing import Any

import pytest

from hub_site.content.parsing import parse_all
from hub_site.pages import Site, compose
from hub_site.pages.files import size_in_words
from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import NOW, Json

THEME, GOAL = samples.identity("theme Veilig werken"), samples.identity("goal Geen vinger ertussen")
DEPARTMENT = samples.identity("department Staal en Lak")
RUBRIC = samples.identity("rubric Dagje mee")


def site_of(*documents: Json) -> Site:
    parsed = parse_all(samples.by_id([*samples.sample_hub(0), *documents]))
    assert parsed.set_aside == ()
    return compose(parsed.documents, as_of=NOW)


def view_at(site: Site, path: str) -> dict[str, Any]:
    return dict(next(page.view for page in site.pages if page.path == path))


def stories(count: int, **keys: object) -> list[Json]:
    return [story(number, days=20 + number * 10, **keys) for number in range(count)]


def story(number: int, *, days: int, **keys: object) -> Json:
    return samples.item(
        "story",
        f"Verhaal {number}",
        path=f"dagje-mee/nummer-{number}/",
        days=days,
        rubric=RUBRIC,
        **keys,
    )


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("thema/veilig-werken/", {"theme": THEME}),
        ("doel/d2-geen-vinger-ertussen/", {"goal": GOAL}),
        ("afdeling/staal-en-lak/", {"departments": [DEPARTMENT]}),
    ],
)
def test_a_subject_lists_what_is_about_it_newest_first_and_never_too_much(
    path: str, key: Json
) -> None:
    view = view_at(site_of(*stories(60, **key)), path)

    shown = [item["title"] for item in view["items"]]
    assert len(shown) == 20
    assert shown[1:4] == ["Verhaal 0", "Verhaal 1", "Verhaal 2"]  # after the sample's own story
    assert view["total"] == 61


def test_a_theme_has_its_people_and_an_archive_and_a_department_its_colleagues() -> None:
    site = site_of(*stories(30, theme=THEME))
    theme, department = (
        view_at(site, path) for path in ("thema/veilig-werken/", "afdeling/staal-en-lak/")
    )

    assert theme["owner"]["name"] == "Magda Kowalczyk"
    assert [person["name"] for person in theme["people"]] == ["Hennie te Velde", "Sietse Wiersma"]
    assert sum(year["total"] for year in theme["archive"]) == theme["total"] == 31
    assert len(department["people"]) == 7
    assert view_at(site, "rubrieken/")["themes"][0]["count"] == 31


def test_a_year_shows_its_months_and_leads_to_the_years_beside_it() -> None:
    site = site_of(*stories(60))
    view = view_at(site, "dagje-mee/2025/")

    assert [month["name"] for month in view["months"]][:2] == ["maart", "april"]
    assert all(len(month["newest"]) <= 5 for month in view["months"])
    assert view["total"] == sum(month["count"] for month in view["months"]) > 20
    assert view["later"]["path"] == "dagje-mee/2026/"
    assert view["earlier"] is None
    archive = view_at(site, "dagje-mee/")["archive"]
    assert [year["path"] for year in archive] == ["dagje-mee/2026/", "dagje-mee/2025/"]


def test_an_archive_opens_its_newest_years_and_counts_those_before() -> None:
    spread = [story(number, days=20 + 200 * number) for number in range(12)]
    archive = view_at(site_of(*spread), "dagje-mee/")["archive"]

    assert [len(year["months"]) for year in archive] == [12, 12, 12, *[0] * (len(archive) - 3)]
    assert len(archive) > 5
    assert (
        sum(year["total"] for year in archive) == view_at(site_of(*spread), "dagje-mee/")["total"]
    )
    for year in archive:
        assert view_at(site_of(*spread), year["path"])["total"] == year["total"]


def test_one_story_more_leaves_the_search_page_as_it_was() -> None:
    assert view_at(site_of(*stories(3)), "zoeken/") == view_at(site_of(*stories(4)), "zoeken/")


def test_no_document_takes_the_address_of_a_year() -> None:
    taken = samples.item("story", "Jaar", path="dagje-mee/2025/", days=2, rubric=RUBRIC)
    parsed = parse_all(samples.by_id([*samples.sample_hub(0), taken]))

    site = compose(parsed.documents, as_of=NOW)

    assert [each.public_id for each in site.set_aside] == [taken["id"]]


def body_of(*blocks: Json) -> list[dict[str, Any]]:
    story = samples.item("story", "Vol", path="dagje-mee/vol/", days=1, rubric=RUBRIC)
    found: list[dict[str, Any]] = view_at(
        site_of(story | {"body": list(blocks)}), "dagje-mee/vol/"
    )["blocks"]
    return found


def test_eighty_pictures_and_thirty_columns_are_shown() -> None:
    images = [samples.image_ref("01-de-las-horen", caption=str(n)) for n in range(80)]
    columns = [{"text": f"K{n}", "is_number": False} for n in range(30)]
    table = {"caption": "Breed", "columns": columns, "row_headings": True}

    gallery, wide = body_of(
        samples.block("gallery", 1, title="", images=images),
        samples.block("table", 1, rows=[["a"], ["b"] * 40], **table),
    )

    assert len(gallery["images"]) == 80
    assert [len(row) for row in wide["rows"]] == [30, 30]


def test_what_leads_nowhere_is_left_out() -> None:
    gone = samples.identity("nothing")
    blocks = body_of(
        samples.block("gallery", 1, title="", images=[samples.image_ref("nothing")]),
        samples.block("document", 1, file=gone, title="Weg"),
        samples.block("button", 1, text="Klik", target=gone, url=None),
        samples.block("button", 2, text="Klik", target=None, url="javascript:alert(1)"),
    )

    assert blocks == []


def test_files_say_their_kind_and_size_and_keep_their_name() -> None:
    pdf = samples.file("Formulier bouwvak", "pdf")
    (block,) = body_of(samples.block("document", 1, file=pdf["id"], title="Élan, 2 + 2"))

    assert block["file"]["kind"] == "PDF"
    assert block["file"]["size"] == "212 kB"
    assert block["file"]["name"] == "elan-2-2.pdf"
    assert block["file"]["path"] == f"assets/images/{pdf['hash']}.pdf"


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [(0, "1 kB", "1 kB"), (999_499, "999 kB", "999 kB"), (1_449_000, "1,4 MB", "1.4 MB")],
)
def test_a_size_is_said_in_words(count: int, dutch: str, english: str) -> None:
    assert (size_in_words(count, "nl"), size_in_words(count, "en")) == (dutch, english)


@pytest.mark.parametrize("columns", [[], [{"text": "x", "is_number": False}] * 101])
def test_a_table_without_or_with_endless_columns_sets_its_story_aside(columns: list[Json]) -> None:
    table = {"caption": "", "columns": columns, "rows": [], "row_headings": False}
    story = samples.full_story() | {"body": [samples.block("table", 1, **table)]}

    (aside,) = parse_all(samples.by_id([story])).set_aside

    assert "1 to 100 columns" in aside.reason
