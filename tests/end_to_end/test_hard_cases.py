"""Stories that no designer drew, printed by the press and read in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from hub_site.render import Renderer
from tests.benchmarks.searching import serving
from tests.end_to_end.auditing.ways_of_reading import SIDEWAYS
from tests.end_to_end.conftest import DESKTOP
from tests.end_to_end.test_accessibility import NARROW, axe_faults
from tests.integration.press.test_render import staged_tree
from tests.unit.hub_site import samples
from tests.unit.hub_site.making import Json, block, image_ref, item
from tests.unit.hub_site.sample_blocks import rubric_id
from tests.unit.hub_site.whole_tree import print_tree

SENTENCE = "Om tien voor zes ronkt de zandauto al, en de koffie is nog niet bruin. "
ARABIC = "صباح الخير! القهوة جاهزة في الساعة السادسة."
EMOJI = "👩‍👩‍👧‍👦🏳️‍🌈☕"
MOST_SECONDS_TO_SHOW = 5.0
SIDE = """(words) => {
  const lines = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (lines.nextNode()) {
    const at = lines.currentNode.data.indexOf(words.slice(0, 12));
    if (at < 0) continue;
    const letter = new Range();
    letter.setStart(lines.currentNode, at);
    letter.setEnd(lines.currentNode, at + 1);
    const { left, right } = lines.currentNode.parentElement.getBoundingClientRect();
    const drawn = letter.getBoundingClientRect();
    return right - drawn.right < drawn.left - left ? "right" : "left";
  }
  return "nowhere";
}"""


def story(name: str, title: str, *body: Json, **keys: object) -> Json:
    return item(
        "story",
        title,
        path=f"heel-naar-huis/{name}/",
        days=2,
        rubric=rubric_id("Heel naar huis"),
        body=list(body),
        **keys,
    )


def paragraph(number: int, text: str) -> Json:
    return block("paragraph", number, html=f"<p>{text}</p>")


def hard_cases() -> Iterator[Json]:
    column = {"is_number": False}
    yield story("lange-titel", ("Arbeidsongeschiktheidsverzekering " * 7)[:212])
    yield story("een-woord", "Hoi", paragraph(1, "Ja."), summary="")
    yield story("twaalfduizend", "Lang", *(paragraph(n, SENTENCE * 8) for n in range(110)))
    pictures = (image_ref(samples.SCENES[n % 3], caption=f"Plaat {n}") for n in range(80))
    yield story(
        "tachtig-platen", "Platen", *(block("image", n, **one) for n, one in enumerate(pictures))
    )
    yield story(
        "dertig-kolommen",
        "Breed",
        block(
            "table",
            1,
            caption="Alles",
            columns=[{"text": f"Kolom {number}", **column} for number in range(30)],
            rows=[[f"{number}" * 9 for number in range(30)] for _row in range(12)],
            row_headings=True,
        ),
    )
    yield story("van-rechts", ARABIC, paragraph(1, ARABIC), summary=ARABIC)
    yield story("plaatjes", f"Feest {EMOJI}", paragraph(1, EMOJI * 200))
    code = 'if (koffie < 1) { window.location = "/keuken/"; } // ' + "x" * 400
    yield story("code", "=SOM(A1:A9)", block("code", 1, text=code, caption="<b>niet vet</b>"))


CASES = {str(each["path"]): each for each in hard_cases()}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    home = tmp_path_factory.mktemp("hard")
    tree = staged_tree(home, [*samples.sample_hub(), *CASES.values()])
    renderer = Renderer(home / "printing")
    pages = {each.path: each.body for each in print_tree(renderer, tree)}
    return pages | {path: file.read_bytes() for path, file in renderer.assets.items()}


@pytest.fixture(scope="module")
def address(printed: dict[str, bytes]) -> Iterator[str]:
    with serving(printed, b"") as served:
        yield served.address


@pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["narrow", "wide"])
@pytest.mark.parametrize("path", CASES)
def test_whatever_is_in_it_can_be_read(
    browser: Browser, address: str, path: str, size: ViewportSize
) -> None:
    context = browser.new_context(viewport=size, service_workers="block", reduced_motion="reduce")
    page = context.new_page()

    page.goto(f"{address}/{path}", timeout=MOST_SECONDS_TO_SHOW * 1000, wait_until="load")

    assert page.locator("h1").inner_text().strip()
    assert page.evaluate(SIDEWAYS) <= 0
    assert [*axe_faults(page)] == []
    context.close()


def test_what_runs_from_right_to_left_begins_at_the_right(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=NARROW)
    page.goto(f"{address}/heel-naar-huis/van-rechts/")

    assert page.evaluate(SIDE, ARABIC) == "right"
    page.goto(f"{address}/heel-naar-huis/twaalfduizend/")
    assert page.evaluate(SIDE, SENTENCE) == "left"
    page.close()


def test_every_picture_of_eighty_waits_until_it_is_near(printed: dict[str, bytes]) -> None:
    page = printed["heel-naar-huis/tachtig-platen/index.html"].decode()
    body = page[page.index("hub-body") :]

    assert body.count("<img") >= 80
    assert body.count('loading="lazy"') >= 80
