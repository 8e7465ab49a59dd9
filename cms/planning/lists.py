"""A list of requests, from bytes to what would be asked; all that is wrong is told at once."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from cms.accounts.importing.columns import plain_heading
from cms.accounts.importing.reading import FORMULA, Reading, delimiter_of, text_of
from cms.accounts.models import Person, User
from cms.planning.actions import Wish
from cms.planning.models import LONGEST_IDEA
from cms.planning.standing import today
from cms.stories.models import Goal, QuestionSet, Rubric
from cms.stories.ownership import rubrics_open_to

MOST_BYTES = 1024 * 1024
MOST_ROWS = 500
LONGEST_SUBJECT = 200
FARTHEST = timedelta(days=2 * 366)
RUBRIC, SUBJECT, DUE, WHO, ABOUT, GOAL, WEEK, NOTE = (
    *("rubric", "subject", "due", "who", "about"),
    *("goal", "week", "note"),
)
NAMES: dict[str, str] = {
    **dict.fromkeys(["rubric", "rubriek"], RUBRIC),
    **dict.fromkeys(["subject", "onderwerp"], SUBJECT),
    **dict.fromkeys(["due", "no later than", "uiterlijk", "klaar op"], DUE),
    **dict.fromkeys(["asked of", "who", "gevraagd aan", "wie"], WHO),
    **dict.fromkeys(["about", "over", "over wie"], ABOUT),
    **dict.fromkeys(["goal", "jaardoel", "doel"], GOAL),
    **dict.fromkeys(["week", "meant for", "bedoeld voor"], WEEK),
    **dict.fromkeys(["note", "toelichting", "bericht"], NOTE),
}
"""By the words in the first line, in either language."""


@dataclass(frozen=True)
class Asked:
    """One line of the list, as it would be asked."""

    line: int
    wish: Wish


class UnfitError(Exception):
    """A cell is not what its column holds; `str()` of it says what to write instead."""


def read_requests(content: bytes) -> Reading[Asked]:
    """Read a list: UTF-8, with commas, semicolons or tabs, and a first line of names."""
    reading = Reading[Asked]()
    if len(content) > MOST_BYTES:
        reading.fault(0, _("The file is larger than 1 MB. That is no list of requests."))
        return reading
    text = text_of(content, reading)
    if not text:
        return reading
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        columns = _columns(next(lines, []), reading)
        if not reading.faults:
            _take(lines, columns, reading)
    except csv.Error as error:
        reading.fault(lines.line_num, _("This line can't be read: %(error)s.") % {"error": error})
    return reading


def _columns(headings: list[str], reading: Reading[Asked]) -> list[str]:
    columns = []
    for heading in headings:
        column = NAMES.get(plain_heading(heading), "")
        if not column:
            words = _("%(column)s: we don't know this column. Leave out what is not asked for.")
            reading.fault(1, words % {"column": heading.strip()[:40] or "?"})
        elif column in columns:
            words = _("%(column)s stands there twice.")
            reading.fault(1, words % {"column": heading.strip()})
        columns.append(column)
    if missing := {RUBRIC, SUBJECT, DUE} - set(columns):
        words = _("There must be a rubric, a subject and a last day; %(n)s of them is missing.")
        reading.fault(1, words % {"n": len(missing)})
    return columns


def _take(lines: Iterator[list[str]], columns: list[str], reading: Reading[Asked]) -> None:
    known = Known()
    for line, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(reading.rows) >= MOST_ROWS:
            reading.fault(line, _("There are more than 500 lines. Make two lists of it."))
            return
        if len(cells) != len(columns):
            reading.fault(line, _("This line has more or fewer cells than the first."))
            continue
        given = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        wish = _wish(line, given, known, reading)
        if wish is not None:
            reading.rows.append(Asked(line, wish))


def _wish(line: int, cells: dict[str, str], known: "Known", reading: Reading[Asked]) -> Wish | None:
    before = len(reading.faults) + reading.untold

    def read[Value](column: str, how: Callable[[str], Value]) -> Value | None:
        cell = cells.get(column, "")
        try:
            _refuse_unreadable(cell)
            return how(cell)
        except UnfitError as error:
            reading.fault(line, str(error))
            return None

    rubric, subject = read(RUBRIC, known.rubric), read(SUBJECT, _subject)
    due_on, assignee = read(DUE, _last_day), read(WHO, known.writer)
    about, goal = read(ABOUT, known.person), read(GOAL, known.goal)
    week, note = read(WEEK, _day_or_none), read(NOTE, _note)
    if len(reading.faults) + reading.untold > before or not rubric or not due_on:
        return None
    if assignee and not rubrics_open_to(assignee).filter(pk=rubric.pk).exists():
        words = _("%(name)s can't write in %(rubric)s.")
        reading.fault(line, words % {"name": assignee.display_name, "rubric": rubric.title})
        return None
    return Wish(
        rubric=rubric,
        subject=subject or "",
        due_on=due_on,
        assignee=assignee,
        about=about,
        goal=goal,
        week=week,
        note=note or "",
    )


class Known:
    """What the cells of a list can name, read once."""

    @cached_property
    def rubrics(self) -> dict[str, Rubric]:
        asking = Rubric.objects.live().filter(pk__in=QuestionSet.objects.values("rubric"))
        return {rubric.title.casefold(): rubric for rubric in asking}

    @cached_property
    def goals(self) -> dict[str, Goal]:
        goals = list(Goal.objects.filter(is_archived=False))
        by_code = {goal.code.casefold(): goal for goal in goals}
        return {**{goal.name.casefold(): goal for goal in goals}, **by_code}

    def rubric(self, cell: str) -> Rubric:
        found = self.rubrics.get(cell.casefold())
        if found is None:
            words = _("'%(cell)s' is no rubric that asks questions.")
            raise UnfitError(words % {"cell": cell[:40]})
        return found

    def goal(self, cell: str) -> Goal | None:
        found = self.goals.get(cell.casefold())
        if cell and found is None:
            raise UnfitError(_("'%(cell)s' is no goal of this year.") % {"cell": cell[:40]})
        return found

    def writer(self, cell: str) -> User | None:
        if not cell:
            return None
        named = Q(username__iexact=cell) | Q(email__iexact=cell) | Q(personnel_number=cell)
        people = User.objects.filter(is_active=True)
        found = list(people.filter(named)[:2]) or list(people.filter(person__name__iexact=cell)[:2])
        if len(found) != 1:
            words = _(
                "'%(cell)s' is no account, or several. "
                "Write the whole name, a user name, number or e-mail address."
            )
            raise UnfitError(words % {"cell": cell[:40]})
        return found[0]

    def person(self, cell: str) -> Person | None:
        if not cell:
            return None
        found = list(Person.objects.filter(name__iexact=cell)[:2])
        if len(found) != 1:
            words = _("'%(cell)s' is nobody here, or several people. Write the whole name.")
            raise UnfitError(words % {"cell": cell[:40]})
        return found[0]


def _refuse_unreadable(cell: str) -> None:
    if cell.startswith(FORMULA):
        words = _("'%(cell)s' looks like a formula. Write it as plain text.")
        raise UnfitError(words % {"cell": cell[:20]})
    if not cell.replace("\n", "").isprintable():
        raise UnfitError(_("There are signs here that can't be seen. Type this cell again."))


def _subject(cell: str) -> str:
    if not cell:
        raise UnfitError(_("There is no subject."))
    return _no_longer_than(LONGEST_SUBJECT, cell)


def _note(cell: str) -> str:
    return _no_longer_than(LONGEST_IDEA, cell)


def _no_longer_than(most: int, cell: str) -> str:
    if len(cell) > most:
        raise UnfitError(_("'%(cell)s…' is too long.") % {"cell": cell[:20]})
    return cell


def _day_or_none(cell: str) -> date | None:
    return _day(cell) if cell else None


def _last_day(cell: str) -> date:
    day = _day(cell)
    if not today() <= day <= today() + FARTHEST:
        words = _("%(cell)s has passed, or is more than two years ahead.")
        raise UnfitError(words % {"cell": cell})
    return day


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        words = _("'%(cell)s' is no day. Write year, month and day: 2026-12-04.")
        raise UnfitError(words % {"cell": cell[:40]}) from error
