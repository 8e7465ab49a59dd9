"""Archives by month: years down, months across, with counts that add up."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from hub_site.content.documents import Document, Item, Rubric, Section
from hub_site.pages.dates import in_words
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.views import ArchiveMonth, ArchiveYear, Link, Page

type Month = tuple[int, int]


def month_of(item: Item, shelf: Shelf) -> Month:
    day = item.published_at.astimezone(shelf.zone).date()
    return day.year, day.month


def month_path(of: Document, month: Month) -> str:
    year, number = month
    return f"{of.path}{year}/{number:02}/"


def by_month(items: Sequence[Item], shelf: Shelf) -> dict[Month, list[Item]]:
    """Items per month, the newest month first."""
    months: dict[Month, list[Item]] = defaultdict(list)
    for item in items:
        months[month_of(item, shelf)].append(item)
    return dict(sorted(months.items(), reverse=True))


def archive_of(sheet: Sheet, of: Document, items: Sequence[Item]) -> list[ArchiveYear]:
    counts = Counter(month_of(item, sheet.shelf) for item in items)
    years = sorted({year for year, _ in counts}, reverse=True)
    return [_year(sheet.shelf, of, year=year, counts=counts) for year in years]


def _year(shelf: Shelf, of: Document, *, year: int, counts: Counter[Month]) -> ArchiveYear:
    months = [
        ArchiveMonth(
            name=_month_name(year, number, shelf=shelf),
            path=month_path(of, (year, number)) if counts[year, number] else None,
            count=counts[year, number],
        )
        for number in range(1, 13)
    ]
    return ArchiveYear(year=year, total=sum(month["count"] for month in months), months=months)


def _month_name(year: int, number: int, *, shelf: Shelf) -> str:
    return in_words(date(year, number, 1), "MMMM", shelf.language)


def _month_title(month: Month, shelf: Shelf) -> str:
    return in_words(date(*month, 1), "MMMM y", shelf.language)


def month_pages(of: Document, new_sheet: Callable[[str], Sheet]) -> list[Page]:
    """One page per month in which something appeared, each linked to its neighbours in time."""
    shelf = new_sheet(of.path or "").shelf
    months = by_month(shelf.items_of(of), shelf)
    around = zip([None, *months], [*list(months)[1:], None], strict=False)
    return [
        _month_page(new_sheet(month_path(of, month)), of, held=(month, items), around=beside)
        for (month, items), beside in zip(months.items(), around, strict=False)
    ]


def _month_page(
    sheet: Sheet,
    of: Document,
    *,
    held: tuple[Month, Sequence[Item]],
    around: tuple[Month | None, Month | None],
) -> Page:
    month, items = held
    name = _month_title(month, sheet.shelf)
    later, earlier = (_month_link(sheet.shelf, of, month=each) for each in around)
    view = {
        "of": sheet.rubric_tag(of) if isinstance(of, Rubric) else sheet.link(of),
        "month": name,
        "items": sheet.teasers(items),
        "earlier": earlier,
        "later": later,
    }
    title = f"{of.title}: {name}"
    return sheet.finish(view, about=of, frame=Frame("month.html", _tab_of(of), title, title))


def _tab_of(of: Document) -> str | None:
    if isinstance(of, Rubric):
        return "rubrics"
    return "announcements" if isinstance(of, Section) else None


def _month_link(shelf: Shelf, of: Document, *, month: Month | None) -> Link | None:
    if month is None:
        return None
    return Link(title=_month_title(month, shelf), path=month_path(of, month))
