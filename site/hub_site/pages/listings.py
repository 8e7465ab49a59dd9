"""The front page, rubrics, sections and tags: pages that list what is on the hub."""

from hub_site.content.documents import Rubric, Section, Tag, Theme
from hub_site.pages.agenda import agenda_page
from hub_site.pages.archive import archive_of
from hub_site.pages.front import front_view
from hub_site.pages.places import COMMUNITY_ACTION, EVENT, item_list
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.taking_part import actions_page
from hub_site.pages.titles import with_soft_hyphens
from hub_site.pages.views import CountedLink, Page, RubricRow, RubricView
from hub_site.words import WORDS

RUBRICS_PATH = "rubrieken/"
LATEST = 8
CURRENT = 20
LAPSED = 10
OF_TAG = 30
THEMES = 40


def home_page(sheet: Sheet) -> Page:
    hub = sheet.hub
    view = front_view(sheet)
    # The frame's own pictures are those of the one page that is always there.
    sheet.style()
    return sheet.finish(view, about=hub, frame=Frame("home.html", "home", hub.introduction))


def rubric_page(sheet: Sheet, rubric: Rubric) -> Page:
    items = item_list(rubric)
    view = {
        "rubric": RubricView(
            **sheet.rubric_tag(rubric),
            purpose=rubric.purpose,
            tone=rubric.tone,
            cadence=rubric.cadence,
            introduction_html=sheet.markup(rubric.introduction_html),
            keeper=sheet.card(rubric.keeper),
        ),
        "latest": sheet.teasers(sheet.last(items, LATEST)),
        "total": sheet.count(items),
        "archive": archive_of(sheet, rubric),
    }
    return sheet.finish(view, about=rubric, frame=Frame("rubric.html", "rubrics", rubric.purpose))


def rubrics_page(sheet: Sheet) -> Page:
    title = WORDS[sheet.shelf.language].rubrics
    view = {
        "rubrics": [_rubric_row(sheet, rubric) for rubric in sheet.first(Rubric, "rubrics")],
        "themes": [
            CountedLink(**sheet.link(theme), count=sheet.count(item_list(theme)))
            for theme in sheet.first(Theme, "themes", THEMES)
        ],
    }
    return sheet.finish(view, about=sheet.hub, frame=Frame("rubrics.html", "rubrics", title, title))


def _rubric_row(sheet: Sheet, rubric: Rubric) -> RubricRow:
    items = item_list(rubric)
    latest = sheet.last(items, 1)
    return RubricRow(
        **sheet.rubric_tag(rubric),
        purpose=rubric.purpose,
        cadence=rubric.cadence,
        total=sheet.count(items),
        latest=sheet.teaser(latest[0]) if latest else None,
    )


def section_page(sheet: Sheet, section: Section) -> Page:
    """The page of a section, by what it holds."""
    if section.holds == EVENT:
        return agenda_page(sheet, section)
    if section.holds == COMMUNITY_ACTION:
        return actions_page(sheet, section)
    return _announcements_page(sheet, section)


def _announcements_page(sheet: Sheet, section: Section) -> Page:
    view = {
        "title": with_soft_hyphens(section.title, section.language),
        "introduction": section.introduction,
        "current": sheet.teasers(sheet.last(f"current {section.id}", CURRENT)),
        "lapsed": sheet.teasers(sheet.last(f"lapsed {section.id}", LAPSED)),
        "total": sheet.count(item_list(section)),
        "archive": archive_of(sheet, section),
    }
    return sheet.finish(
        view, about=section, frame=Frame("section.html", "announcements", section.introduction)
    )


def tag_page(sheet: Sheet, tag: Tag) -> Page:
    items = item_list(tag)
    view = {
        "title": with_soft_hyphens(tag.title, tag.language),
        "items": sheet.teasers(sheet.last(items, OF_TAG)),
        "total": sheet.count(items),
        "archive": archive_of(sheet, tag),
    }
    return sheet.finish(view, about=tag, frame=Frame("tag.html", None, tag.title))
