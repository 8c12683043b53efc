"""Compare the rows of former years with what the office has: its series, its register, its archival codes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Reason

from ...clock import today
from ...models import Document, Import, PastRecord, RegisterEntry, Series, table
from ...numbering import format_number, peek, run_of
from ...register.start import MOST_HOLES
from ...spreadsheets import Row, Sheet
from ..findings import Finding, at
from ..written_numbers import Written
from .rows import CODE, DATED, NUMBER, PastRow

_series = table(Series)


@dataclass(frozen=True)
class Before:
    """A row that was brought in before; where that import was broken off, it is left out of the next."""

    row: int
    workbook: str
    broken_off: bool


@dataclass(frozen=True)
class Standing:
    """What the office has that past documents could meet."""

    series: Mapping[str, Any]  # by 代字
    register: Mapping[Written, Any]
    imported: Mapping[tuple[Written, str, str], Before]  # by number, title and day
    archival: Mapping[str, str]  # 档号 to title
    next: Mapping[tuple[str, int], int]  # by 代字 and year, the serial that would be given now

    def before(self, row: PastRow) -> Before | None:
        """Return the row from which a document was brought in already."""
        return self.imported.get((row.number, row.title, str(row.dated)))


def look(session: Session, rows: Iterable[PastRow]) -> Standing:
    """Read what the office has of the series and years that the rows speak of."""
    codes = {row.number.agency_code for row in rows}
    series = {
        row.agency_code: row
        for row in session.execute(select(*_series.c).where(_series.c.agency_code.in_(codes)))
    }
    years = {(row.number.agency_code, row.number.year) for row in rows if row.number.agency_code in series}
    return Standing(
        series=series,
        register=_register(session, series),
        imported=_imported(session, codes),
        archival=_archival(session),
        next={(code, year): peek(session, run_of(series[code].id, year)) for code, year in years},
    )


def _register(session: Session, series: Mapping[str, Any]) -> dict[Written, Any]:
    codes = {row.id: code for code, row in series.items()}
    rows = session.execute(
        select(RegisterEntry, Document.title.label("title"))
        .outerjoin(Document, Document.id == RegisterEntry.document_id)
        .where(RegisterEntry.series_id.in_(codes))
    )
    return {
        Written(codes[row.RegisterEntry.series_id], row.RegisterEntry.year, row.RegisterEntry.serial): row
        for row in rows
    }


def _imported(session: Session, codes: Iterable[str]) -> dict[tuple[Written, str, str], Before]:
    rows = session.execute(
        select(PastRecord, Document.title, Document.dated, Import.name, Import.state)
        .join(Document, Document.id == PastRecord.document_id)
        .join(Import, Import.id == PastRecord.import_id)
        .where(PastRecord.agency_code.in_(codes))
    )
    return {
        (Written(past.agency_code, past.year, past.serial), title, str(dated)): Before(
            past.row, name, state == "failed"
        )
        for past, title, dated, name, state in rows
    }


def _archival(session: Session) -> dict[str, str]:
    rows = session.execute(
        select(Document.archival_code, Document.title).where(Document.archival_code.is_not(None))
    )
    return {row.archival_code: row.title for row in rows}


def compare(
    sheet: Sheet, rows: Sequence[PastRow], standing: Standing, errors: list[Finding], warnings: list[Finding]
) -> set[int]:
    """Tell what stands against the rows; return those whose number another document has already."""
    duplicates = set()
    first: dict[Written, int] = {}
    coded: dict[str, int] = {}
    for row in rows:
        where = Row(row.row, {})
        errors += [at(sheet, where, heading, reason) for heading, reason in _against(row, standing, coded)]
        for heading, reason, is_duplicate in _told(row, standing, first):
            warnings.append(at(sheet, where, heading, reason))
            if is_duplicate:
                duplicates.add(row.row)
        first.setdefault(row.number, row.row)
        if row.archival_code:
            coded.setdefault(row.archival_code, row.row)
    return duplicates


def _against(row: PastRow, standing: Standing, coded: Mapping[str, int]) -> Iterator[tuple[str, Reason]]:
    """Yield what keeps a row from being entered: the heading and the reason."""
    number = {"number": row.number.normal}
    if row.number.agency_code not in standing.series:
        yield (
            NUMBER,
            Reason(
                "No series has the agency code %(code)s: enter it first, as retired if it is no longer used",
                {"code": row.number.agency_code},
            ),
        )
    if before := standing.before(row):
        known = {"row": str(before.row), "name": before.workbook}
        yield NUMBER, Reason("This document was taken in before, from row %(row)s of %(name)s", known)
        return
    if entry := standing.register.get(row.number):
        yield from ((NUMBER, reason) for reason in _barred(entry.RegisterEntry, number))
    code = row.archival_code or ""
    if code in coded:
        yield CODE, Reason("Row %(row)s has the same archival code", {"row": str(coded[code])})
    elif code in standing.archival:
        known = {"title": standing.archival[code]}
        yield CODE, Reason("%(title)s has this archival code already", known)


def _barred(entry: RegisterEntry, number: dict[str, str]) -> Iterator[Reason]:
    """Yield why the register's row keeps a number from being a past document's."""
    if entry.state == "reserved":
        yield Reason(
            "The register reserves %(number)s for %(name)s: settle that first",
            {**number, "name": entry.reserved_for},
        )
    elif entry.state == "void":
        yield Reason("The register has %(number)s as void: settle that first", number)
    elif entry.classified:
        yield Reason(
            "The register has %(number)s as that of a classified document: it is not kept here", number
        )


def _told(
    row: PastRow, standing: Standing, first: Mapping[Written, int]
) -> Iterator[tuple[str, Reason, bool]]:
    """Yield what does not stop a row: the heading, the reason, and whether it makes the row a duplicate."""
    number = {"number": row.number.normal}
    entry = standing.register.get(row.number)
    state = entry.RegisterEntry.state if entry else ""
    if row.number in first:
        reason = Reason(
            "%(number)s is the number of row %(row)s too: both are kept apart, this one as a duplicate",
            {**number, "row": str(first[row.number])},
        )
        yield NUMBER, reason, True
    elif entry and state == "used":
        reason = Reason(
            "%(number)s is the number of %(title)s too: both are kept apart, this one as a duplicate",
            {**number, "title": entry.title},
        )
        yield NUMBER, reason, True
    elif state == "outside":
        reason = Reason("The register has %(number)s as used outside; it becomes this document's", number)
        yield NUMBER, reason, False
    if row.dated.year not in (row.number.year, row.number.year + 1):
        yield DATED, Reason("This is not the year of the number %(number)s", number), False


def holes(sheet: Sheet, rows: Iterable[PastRow], standing: Standing, errors: list[Finding]) -> list[dict]:
    """Return the serials that nothing accounts for once the rows are in, by 代字 and year."""
    serials: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for row in rows:
        if row.number.agency_code in standing.series:
            serials[row.number.agency_code, row.number.year].setdefault(row.number.serial, row.row)
    found = []
    for (code, year), given in sorted(serials.items()):
        there = {n.serial for n in standing.register if (n.agency_code, n.year) == (code, year)}
        missing = sorted(set(range(1, max(given))) - there - given.keys())
        if len(missing) > MOST_HOLES:
            slip = Row(given[max(given)], {})
            known = {"count": str(len(missing))}
            reason = Reason("That would leave %(count)s numbers without paper; check the number", known)
            errors.append(at(sheet, slip, NUMBER, reason))
        elif missing:
            found.append({"code": code, "year": year, "count": len(missing), "serials": missing})
    return found


def following(rows: Iterable[PastRow], standing: Standing) -> dict[str, str]:
    """Return, by 代字, the number that this year's documents go on with once the rows are in."""
    year = today().year
    highest: dict[str, int] = {}
    for row in rows:
        code = row.number.agency_code
        if row.number.year == year and code in standing.series:
            highest[code] = max(highest.get(code, standing.next[code, year] - 1), row.number.serial)
    return {code: format_number(code, year, serial + 1) for code, serial in sorted(highest.items())}
