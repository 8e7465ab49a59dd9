"""What every page's frame shows: the hub's name, its tabs, rubrics and hand-kept pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hub_site.content.documents import Language, Rendition, Rubric, Section
from hub_site.pages.archive import tab_of_section
from hub_site.pages.front import PEOPLE_PATH
from hub_site.pages.listings import RUBRICS_PATH
from hub_site.pages.places import COMMUNITY_ACTION, EVENT, section_list
from hub_site.pages.sheet import Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.views import HubView, Link, Tab
from hub_site.words import WORDS


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A hand-kept page, as far as the other pages must know it."""

    path: str
    title: str
    language: Language


def hub_view(
    shelf: Shelf,
    kept: Sequence[KeptPage],
    *,
    picture_address: Callable[[Rendition], str] | None = None,
) -> HubView:
    """`picture_address` is for who does not have pictures where the hub has them."""
    hub = shelf.hub
    sheet = Sheet(shelf, "", picture_address)
    own_language = [page for page in kept if page.language == hub.language]
    return HubView(
        name=hub.title,
        organisation=hub.organisation,
        introduction=hub.introduction,
        language=hub.language,
        headcount=hub.headcount,
        editors=hub.editors,
        editors_email=hub.editors_email,
        ask=hub.ask,
        tabs=_tabs(sheet, own_language),
        rubrics=[sheet.rubric_tag(rubric) for rubric in sheet.first(Rubric, "rubrics")],
        pages=[Link(title=page.title, path=page.path) for page in own_language],
        style=sheet.style(),
    )


def _tabs(sheet: Sheet, kept: Sequence[KeptPage]) -> list[Tab]:
    """Only tabs that lead somewhere."""
    words = WORDS[sheet.shelf.language]
    tabs = [Tab(key="home", title=words.front_page, path="")]
    if sheet.count("rubrics"):
        tabs.append(Tab(key="rubrics", title=words.rubrics, path=RUBRICS_PATH))
    tabs += [
        Tab(key=tab_of_section(holds), title=section.title, path=section.path or "")
        for holds in ("announcement", EVENT, COMMUNITY_ACTION)
        for section in sheet.first(Section, section_list(holds), 1)
    ]
    if sheet.count("people"):
        tabs.append(Tab(key="people", title=words.colleagues, path=PEOPLE_PATH))
    if kept:
        tabs.append(Tab(key="about", title=words.about, path=kept[0].path))
    return tabs
