"""Themes, departments and goals: what was written about them, and who belongs to them."""

from hub_site.content.documents import Person, Term, Theme
from hub_site.pages.archive import archive_of
from hub_site.pages.places import item_list
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.titles import with_soft_hyphens
from hub_site.pages.views import Page

LATEST = 20
STAFF = 24
TEMPLATE = "subject.html"


def theme_page(sheet: Sheet, theme: Theme) -> Page:
    items = item_list(theme)
    view = {
        "kind": "theme",
        "title": with_soft_hyphens(theme.title, theme.language),
        "introduction_html": sheet.markup(theme.introduction_html),
        "measure": "",
        "owner": sheet.card(theme.owner),
        "people": sheet.cards(theme.people),
        "more_people": 0,
        "items": sheet.teasers(sheet.last(items, LATEST)),
        "total": sheet.count(items),
        "archive": archive_of(sheet, theme),
    }
    return sheet.finish(view, about=theme, frame=Frame(TEMPLATE, "rubrics", theme.title))


def term_page(sheet: Sheet, term: Term) -> Page:
    """A department with its colleagues, or a goal with who answers for it."""
    items, staff = item_list(term), f"staff {term.id}"
    people = sheet.first(Person, staff, STAFF) if term.kind == "department" else []
    view = {
        "kind": term.kind,
        "title": with_soft_hyphens(term.title, term.language),
        "introduction_html": "",
        "measure": term.measure,
        "owner": sheet.card(term.owner),
        "people": [sheet.person_card(person) for person in people],
        "more_people": max(0, sheet.count(staff) - STAFF) if people else 0,
        "items": sheet.teasers(sheet.last(items, LATEST)),
        "total": sheet.count(items),
        "archive": [],
    }
    tab = "people" if term.kind == "department" else None
    return sheet.finish(view, about=term, frame=Frame(TEMPLATE, tab, term.title))
