"""A list of accounts, from bytes to rows; all that is wrong with it is told at once."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.accounts.importing import columns
from cms.accounts.importing.columns import column_of, why_refused

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
TOLD_FAULTS = 100
"""How many faults are told; the rest is counted."""

LENGTHS = {
    columns.NUMBER: 40,
    columns.USERNAME: 150,
    columns.FIRST_NAME: 150,
    columns.LAST_NAME: 150,
    columns.EMAIL: 254,
    columns.DEPARTMENT: 100,
    columns.LOCATION: 100,
}
YES, NO = {"", "1", "yes", "ja", "true", "x"}, {"0", "no", "nee", "false"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of one."""
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_USERNAME = re.compile(r"[\w.@+-]+")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that has to be put right in the list; line 0 is about the whole."""

    line: int
    sentence: str | Promise


@dataclass(frozen=True, slots=True)
class Row:
    """One colleague. What the list has no column for is None, which leaves it as it is."""

    line: int
    number: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    department: str | None = None
    location: str | None = None
    started: str | None = None
    groups: frozenset[str] | None = None
    active: bool = True

    @property
    def name(self) -> str:
        """What this colleague is found by, for people."""
        return self.number or self.username or ""


@dataclass
class Reading[L]:
    """What the lines of a list say. With a fault in it nothing is done at all."""

    rows: list[L] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    untold: int = 0

    def fault(self, line: int, sentence: str | Promise) -> None:
        if len(self.faults) < TOLD_FAULTS:
            self.faults.append(Fault(line, sentence))
        else:
            self.untold += 1


def read_list(content: bytes) -> Reading[Row]:
    """Read a list: UTF-8, with commas, semicolons or tabs, and a first line of names."""
    reading = Reading[Row]()
    text = text_of(content, reading)
    if not text:
        return reading
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        headings = next(lines, [])
        kinds = _columns(headings, reading)
        if not reading.faults:
            _take(((lines.line_num, cells) for cells in lines), kinds, reading)
    except csv.Error as error:
        reading.fault(lines.line_num, _("This line can't be read: %(error)s.") % {"error": error})
    return reading


def text_of[L](content: bytes, reading: Reading[L]) -> str:
    """Return the text of an uploaded list, or nothing and why."""
    if len(content) > MOST_BYTES:
        reading.fault(0, _("The file is larger than 50 MB. That is no list of people."))
        return ""
    if b"\x00" in content:
        reading.fault(0, _("This is no text. In a spreadsheet, save as 'CSV UTF-8'."))
        return ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reading.fault(
            line,
            _(
                "There are letters here that are not in UTF-8, so names would be mangled."
                " In a spreadsheet, save as 'CSV UTF-8'."
            ),
        )
        return ""
    if not text.strip():
        reading.fault(0, _("The file is empty."))
        return ""
    # Spreadsheets put spaces that don't break where people typed a space.
    return text.replace("\u00a0", " ")


def delimiter_of(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _columns(headings: list[str], reading: Reading[Row]) -> list[str]:
    """Say what each column is; refuse a list with one that we do not keep."""
    kinds = []
    for heading in headings:
        kind = column_of(heading)
        if kind is None:
            reading.fault(1, f"{heading.strip() or '?'}: {why_refused(heading)}")
        elif kind in kinds:
            reading.fault(1, _("%(column)s stands there twice.") % {"column": heading.strip()})
        kinds.append(kind or "")
    if not {columns.NUMBER, columns.USERNAME} & set(kinds):
        reading.fault(1, _("There is no column with a personnel number or a user name."))
    return kinds


def _take(lines: Iterable[tuple[int, list[str]]], kinds: list[str], reading: Reading[Row]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(reading.rows) >= MOST_ROWS:
            reading.fault(line, _("There are more than 200,000 lines. Make two lists of it."))
            return
        if len(cells) != len(kinds):
            reading.fault(line, _("This line has more or fewer cells than the first."))
            continue
        row = _row(line, dict(zip(kinds, (cell.strip() for cell in cells), strict=True)), reading)
        if row is not None and not _is_double(row, seen, reading):
            reading.rows.append(row)


def _row(line: int, cells: dict[str, str], reading: Reading[Row]) -> Row | None:
    faults = list(_faults(cells))
    for sentence in faults:
        reading.fault(line, sentence)
    if faults:
        return None
    groups = cells.pop(columns.GROUPS, None)
    active = cells.pop(columns.ACTIVE, "")
    return Row(
        line=line,
        groups=None if groups is None else _group_names(groups),
        active=active.casefold() in YES,
        **cells,
    )


def _group_names(cell: str) -> frozenset[str]:
    return frozenset(name.strip() for name in cell.split("|") if name.strip())


def _faults(cells: dict[str, str]) -> Iterator[str]:
    for kind, cell in cells.items():
        if not cell.isprintable():
            yield _("There are signs here that can't be seen. Type this cell again.")
        elif cell.startswith(FORMULA):
            yield _("'%(cell)s' looks like a formula. Write it as plain text.") % {
                "cell": cell[:20]
            }
        elif len(cell) > LENGTHS.get(kind, len(cell)):
            yield _("'%(cell)s…' is too long.") % {"cell": cell[:20]}
    if not cells.get(columns.NUMBER) and not cells.get(columns.USERNAME):
        yield _("There is neither a personnel number nor a user name.")
    for kind, sentence in _shapes(cells):
        yield sentence % {"cell": cells[kind][:40]}


def _shapes(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Say which cells are not what their column holds."""
    if cells.get(columns.NUMBER) and not _NUMBER.fullmatch(cells[columns.NUMBER]):
        yield columns.NUMBER, _("'%(cell)s' is no personnel number: use letters and digits.")
    if cells.get(columns.USERNAME) and not _USERNAME.fullmatch(cells[columns.USERNAME]):
        yield columns.USERNAME, _("'%(cell)s' is no user name: use letters, digits and .@+-_")
    if cells.get(columns.STARTED) and not _MONTH.fullmatch(cells[columns.STARTED]):
        yield columns.STARTED, _("'%(cell)s' is no month. Write year and month, 2019-03.")
    if cells.get(columns.ACTIVE, "").casefold() not in YES | NO:
        yield columns.ACTIVE, _("'%(cell)s': write yes or no.")
    if cells.get(columns.EMAIL) and not _is_address(cells[columns.EMAIL]):
        yield columns.EMAIL, _("'%(cell)s' is no e-mail address.")


def _is_address(cell: str) -> bool:
    try:
        validate_email(cell)
    except ValidationError:
        return False
    return True


def _is_double(row: Row, seen: dict[tuple[str, str], int], reading: Reading[Row]) -> bool:
    """Refuse who stands there twice; one e-mail address may be of several people."""
    keys = [(columns.NUMBER, row.number), (columns.USERNAME, row.username)]
    for kind, value in keys:
        if not value:
            continue
        earlier = seen.setdefault((kind, value.casefold()), row.line)
        if earlier != row.line:
            words = {"name": value, "line": earlier}
            reading.fault(row.line, _("%(name)s stands on line %(line)s too.") % words)
            return True
    return False
