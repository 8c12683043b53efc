"""Read a year's list of holidays (放假安排): a line or row a day, `date, holiday or workday, name`."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from docgen.errors import TextError
from docgen.text import clean_text
from states.errors import NotReady
from states.reasons import Reason

from . import spreadsheets

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_LINES = 2000
LONGEST_NAME = 60
KINDS = {
    "holiday": False,
    "workday": True,
    "放假": False,
    "休息": False,
    "上班": True,
    "调休": True,
    "补班": True,
}
HEADINGS = ("date", "日期")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Day:
    """A day that a list names."""

    day: date
    worked: bool
    name: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, counted from 1 as the person sees it."""

    row: int
    reason: Reason


@dataclass(frozen=True)
class Reading:
    """What a list says, and what is wrong with it."""

    days: Sequence[Day]
    faults: Sequence[Fault]

    @property
    def years(self) -> list[int]:
        return sorted({one.day.year for one in self.days})


def read_list(text: str) -> Reading:
    """Read lines divided by commas or tabs; a first line with headings and empty lines are passed over."""
    text = text.replace("，", ",")
    dialect = csv.excel_tab if "\t" in text else csv.excel
    return _read(enumerate(csv.reader(io.StringIO(text), dialect), start=1))


def text_of_file(name: str, data: bytes) -> str:
    """Return an uploaded workbook (its first sheet) or CSV file as lines; raises NotReady."""
    if name.lower().endswith(".xlsx"):
        sheet = next(iter(spreadsheets.read_workbook(data).values()))
        rows = [sheet.headings, *([row.cells.get(name) for name in sheet.headings] for row in sheet.rows)]
        return "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReady([Reason("This file is neither an XLSX workbook nor a text")])


def written(days: Iterable[Day]) -> str:
    """Return days as lines, as `read_list` reads them."""
    return "".join(f"{one.day},{'workday' if one.worked else 'holiday'},{one.name}\n" for one in days)


def _read(rows: Iterable[tuple[int, Sequence[str]]]) -> Reading:
    days: dict[date, Day] = {}
    faults: list[Fault] = []
    for number, row in rows:
        cells = [cell.strip() for cell in row]
        if number > MOST_LINES:
            faults.append(
                Fault(number, Reason("The list is longer than %(most)s lines", {"most": str(MOST_LINES)}))
            )
            break
        if not any(cells) or (number == 1 and cells[0].lower() in HEADINGS):
            continue
        read = _row(cells)
        if isinstance(read, Day) and read.day in days:
            read = Reason("%(day)s stands in the list twice", {"day": read.day.isoformat()})
        if isinstance(read, Day):
            days[read.day] = read
        else:
            faults.append(Fault(number, read))
    if not days and not faults:
        faults.append(Fault(1, Reason("The list has no days")))
    return Reading([days[day] for day in sorted(days)], faults)


def _row(cells: Sequence[str]) -> Day | Reason:
    given, kind, name = (*cells, "", "", "")[:3]
    found = _DAY.fullmatch(given)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Reason("%(given)s is no date such as 2027-10-01", {"given": given[:40] or "—"})
    if kind.lower() not in KINDS:
        return Reason("%(given)s is neither holiday nor workday", {"given": kind[:40] or "—"})
    worked = KINDS[kind.lower()]
    if worked and day.weekday() < 5:
        return Reason("%(day)s is no Saturday or Sunday: it is worked in any case", {"day": day.isoformat()})
    try:
        return Day(day, worked, clean_text(name, where="name", limit=LONGEST_NAME))
    except TextError:
        return Reason("The name of %(day)s cannot be used", {"day": day.isoformat()})
