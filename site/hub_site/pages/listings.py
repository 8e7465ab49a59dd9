"""The front page, rubrics, sections and tags: pages that list what is on the hub."""

from hub_site.content.documents import Announcement, Item, Rubric, Section, Tag
from hub_site.pages.archive import archive_of
from hub_site.pages.front import front_view
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.titles import with_soft_hyphens
from hub_site.pages.views import Page, RubricRow, RubricView
from hub_site.words import WORDS

RUBRICS_PATH = "rubrieken/"
LATEST = 8
CURRENT = 20
LAPSED = 10
OF_TAG = 30


def home_page(sheet: Sheet) -> Page:
    hub = sheet.shelf.hub
    view = front_view(sheet)
    return sheet.finish(view, about=hub, frame=Frame("home.html", "home", hub.introduction))


def rubric_page(sheet: Sheet, rubric: Rubric) -> Page:
    items = sheet.shelf.items_of(rubric)
    sheet.uses(items)
    view = {
        "rubric": RubricView(
            **sheet.rubric_tag(rubric),
            purpose=rubric.purpose,
            tone=rubric.tone,
            cadence=rubric.cadence,
            introduction_html=sheet.markup(rubric.introduction_html),
            keeper=sheet.card(rubric.keeper),
        ),
        "latest": sheet.teasers(items[:LATEST]),
        "total": len(items),
        "archive": archive_of(sheet, rubric, items),
    }
    return sheet.finish(view, about=rubric, frame=Frame("rubric.html", "rubrics", rubric.purpose))


def rubrics_page(sheet: Sheet) -> Page:
    shelf = sheet.shelf
    title = WORDS[shelf.language].rubrics
    view = {"rubrics": [_rubric_row(sheet, rubric) for rubric in shelf.rubrics]}
    return sheet.finish(view, about=shelf.hub, frame=Frame("rubrics.html", "rubrics", title, title))


def _rubric_row(sheet: Sheet, rubric: Rubric) -> RubricRow:
    items = sheet.shelf.items_of(rubric)
    sheet.uses(items)
    return RubricRow(
        **sheet.rubric_tag(rubric),
        purpose=rubric.purpose,
        cadence=rubric.cadence,
        total=len(items),
        latest=sheet.teaser(items[0]) if items else None,
    )


def section_page(sheet: Sheet, section: Section) -> Page:
    shelf = sheet.shelf
    items = shelf.items_of(section)
    sheet.uses(items)
    for item in items:
        sheet.validity(item)
    current = [item for item in items if not shelf.is_lapsed(item)]
    lapsed = [item for item in items if shelf.is_lapsed(item)]
    view = {
        "title": with_soft_hyphens(section.title, section.language),
        "introduction": section.introduction,
        "current": sheet.teasers(sorted(current, key=_important_first)[:CURRENT]),
        "lapsed": sheet.teasers(lapsed[:LAPSED]),
        "total": len(items),
        "archive": archive_of(sheet, section, items),
    }
    return sheet.finish(
        view, about=section, frame=Frame("section.html", "announcements", section.introduction)
    )


def _important_first(item: Item) -> bool:
    return not (isinstance(item, Announcement) and item.importance == "important")


def tag_page(sheet: Sheet, tag: Tag) -> Page:
    items = sheet.shelf.items_of(tag)
    sheet.uses(items)
    view = {
        "title": with_soft_hyphens(tag.title, tag.language),
        "items": sheet.teasers(items[:OF_TAG]),
        "total": len(items),
        "archive": archive_of(sheet, tag, items),
    }
    return sheet.finish(view, about=tag, frame=Frame("tag.html", None, tag.title))
