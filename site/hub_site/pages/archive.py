"""Archives by month: years down, months across, with counts that add up."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from hub_site.content.documents import Document, Language, Rubric, Section
from hub_site.pages.dates import in_words
from hub_site.pages.places import COMMUNITY_ACTION, EVENT, Month, item_list, month_list
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.views import ArchiveMonth, ArchiveYear, Link, Page, YearMonth

NEWEST_OF_MONTH = 5
"""On the page of a year, where the month's own page has all of them."""
_OPEN_YEARS = 3
"""With their months, where a list of all of them would grow with every year."""


def month_path(shelf: Shelf, of: Document, month: Month) -> str:
    year, number = month
    return f"{year_path(shelf, of, year)}{number:02}/"


def year_path(shelf: Shelf, of: Document, year: int) -> str:
    return f"{shelf.address(of)}{year}/"


def archive_of(sheet: Sheet, of: Document) -> list[ArchiveYear]:
    """The years of a rubric, section or tag; every move within it is news to this page."""
    sheet.needs(item_list(of))
    lists = sheet.shelf.lists
    counts = {month: lists.count(month_list(of.id, month)) for month in lists.months(of.id)}
    totals = Counter[int]()
    for (year, _), count in counts.items():
        totals[year] += count
    return [
        ArchiveYear(
            year=year,
            path=year_path(sheet.shelf, of, year),
            total=totals[year],
            months=_months(sheet.shelf, of, year, counts=counts) if place < _OPEN_YEARS else [],
        )
        for place, year in enumerate(sorted(totals, reverse=True))
    ]


def _months(
    shelf: Shelf, of: Document, year: int, *, counts: Mapping[Month, int]
) -> list[ArchiveMonth]:
    path = year_path(shelf, of, year)
    return [
        ArchiveMonth(
            name=name,
            path=f"{path}{number:02}/" if (year, number) in counts else None,
            count=counts.get((year, number), 0),
        )
        for number, name in enumerate(_month_names(shelf.language), 1)
    ]


@lru_cache(maxsize=2)
def _month_names(language: Language) -> tuple[str, ...]:
    return tuple(in_words(date(2000, number, 1), "MMMM", language) for number in range(1, 13))


def month_title(month: Month, language: Language) -> str:
    """'december 2026'."""
    return in_words(date(*month, 1), "MMMM y", language)


def month_page(sheet: Sheet, of: Document, month: Month) -> Page:
    """What appeared in one month, linked to its neighbours in time."""
    language = sheet.shelf.language
    name = month_title(month, language)
    items = sheet.last(month_list(of.id, month))
    # A neighbour that comes or goes touches the list of this month as well.
    earlier, later = sheet.shelf.lists.months_beside(of.id, month)
    view = {
        "of": sheet.rubric_tag(of) if isinstance(of, Rubric) else sheet.link(of),
        "month": name,
        "items": sheet.teasers(items),
        "earlier": month_link(sheet.shelf, of, earlier),
        "later": month_link(sheet.shelf, of, later),
    }
    title = f"{of.title}: {name}"
    return sheet.finish(view, about=of, frame=Frame("month.html", _tab_of(of), title, title))


def year_page(sheet: Sheet, of: Document, year: int) -> Page:
    """What appeared in one year: its months with the newest of each, and the years beside it."""
    months = sheet.shelf.lists.months(of.id)
    years = sorted({each for each, _ in months})
    at = years.index(year)
    earlier, later = years[at - 1 : at], years[at + 1 : at + 2]
    shown = [_year_month(sheet, of, month) for month in months if month[0] == year]
    view = {
        "of": sheet.rubric_tag(of) if isinstance(of, Rubric) else sheet.link(of),
        "year": year,
        "months": shown,
        "total": sum(month["count"] for month in shown),
        "earlier": _year_link(sheet.shelf, of, earlier),
        "later": _year_link(sheet.shelf, of, later),
    }
    title = f"{of.title}: {year}"
    return sheet.finish(view, about=of, frame=Frame("year.html", _tab_of(of), title, title))


def _year_month(sheet: Sheet, of: Document, month: Month) -> YearMonth:
    name = month_list(of.id, month)
    return YearMonth(
        name=_month_names(sheet.shelf.language)[month[1] - 1],
        path=month_path(sheet.shelf, of, month),
        count=sheet.count(name),
        newest=[sheet.link(item) for item in sheet.last(name, NEWEST_OF_MONTH)],
    )


def _year_link(shelf: Shelf, of: Document, years: list[int]) -> Link | None:
    if not years:
        return None
    return Link(title=str(years[0]), path=year_path(shelf, of, years[0]))


def _tab_of(of: Document) -> str | None:
    if isinstance(of, Rubric):
        return "rubrics"
    return tab_of_section(of.holds) if isinstance(of, Section) else None


def tab_of_section(holds: str) -> str:
    """Under which tab the sections stand that hold one kind of item."""
    return {EVENT: "agenda", COMMUNITY_ACTION: "take-part"}.get(holds, "announcements")


def month_link(shelf: Shelf, of: Document, month: Month | None) -> Link | None:
    """The way to a month that there is."""
    if month is None:
        return None
    return Link(title=month_title(month, shelf.language), path=month_path(shelf, of, month))
