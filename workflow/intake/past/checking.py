"""Check past documents before anything is entered: rows, office, files, and what is left without a match."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ...installation import read_tx
from ...numbering import format_number
from ...spreadsheets import Sheet, read_workbook
from ..findings import Finding
from .pairing import Pairing, pair
from .papers import Paper, read_papers
from .rows import NUMBER, PastRow, choose_sheet, read_rows
from .source import Checked, Planned, Source, Tell, say_nothing
from .standing import Standing, compare, following, holes, look

MOST_ROWS = 5000

_TOO_MANY = Reason("The register has more than %(most)s rows; bring it in parts", {"most": str(MOST_ROWS)})
_NO_ROWS = Reason("The register has no row below its headings")


@dataclass(frozen=True)
class Read:
    """A register and its files as they were read, before they are held against the office."""

    sheet: Sheet | None
    rows: Sequence[PastRow]
    papers: Sequence[Paper]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def check(source: Source, tell: Tell = say_nothing) -> Checked:
    """Look at a register and its files, and say what would be entered; nothing is changed.

    Everything that is wrong is told at once, each with row, column and reason.
    """
    found = read(source, tell)
    with read_tx() as session:
        return judge(session, found)


def read(source: Source, tell: Tell = say_nothing) -> Read:
    """Read a register and its files, which takes a while."""
    errors: list[Finding] = []
    warnings: list[Finding] = []
    sheet = _sheet(source.register, errors)
    rows = read_rows(sheet, errors) if sheet else []
    papers = read_papers(source.files, tell, errors, warnings)
    return Read(sheet, rows, papers, tuple(errors), tuple(warnings))


def judge(session: Session, found: Read) -> Checked:
    """Hold what was read against the office as the session sees it."""
    errors, warnings = list(found.errors), list(found.warnings)
    sheet, rows, papers = found.sheet, found.rows, found.papers
    if sheet is None:
        return Checked(tuple(errors), tuple(warnings), (), _report(errors, warnings))
    standing = look(session, rows)
    pairing = pair(sheet, rows, papers, set(standing.series))
    half_in = [row for row in rows if (before := standing.before(row)) and before.broken_off]
    rows = [row for row in rows if row not in half_in]
    duplicates = compare(sheet, rows, standing, errors, warnings)
    missing = holes(sheet, rows, standing, errors)
    warnings += [*_summaries(sheet, rows, missing, half_in), *pairing.warnings]
    documents = () if errors else tuple(_planned(rows, standing, duplicates, pairing))
    report = {
        **_report(errors, warnings),
        "rows": len(rows),
        "files": dict(Counter(paper.kind for paper in papers)),
        "holes": missing,
        "duplicates": [_line(row) for row in rows if row.row in duplicates],
        "without_file": [_line(row) for row in rows if row.row in pairing.without_file],
        "without_row": pairing.without_row,
        "next": following(rows, standing),
    }
    return Checked(tuple(errors), tuple(warnings), documents, report)


def _sheet(register: bytes, errors: list[Finding]) -> Sheet | None:
    try:
        sheet = choose_sheet(read_workbook(register), errors)
    except NotReady as refusal:
        errors += [Finding("", 0, "", "", reason) for reason in refusal.reasons]
        return None
    if sheet is not None and len(sheet.rows) > MOST_ROWS:
        errors.append(Finding(sheet.name, 0, "", "", _TOO_MANY))
        return None
    if sheet is not None and not sheet.rows:
        errors.append(Finding(sheet.name, 0, "", "", _NO_ROWS))
    return sheet


def _report(errors: list[Finding], warnings: list[Finding]) -> dict[str, Any]:
    """Put the findings into the order of the rows, and begin the report with them."""
    for findings in (errors, warnings):
        findings.sort(key=lambda one: (one.row, len(one.column), one.column))
    return {"errors": [one.to_dict() for one in errors], "warnings": [one.to_dict() for one in warnings]}


def _line(row: PastRow) -> dict[str, Any]:
    return {"row": row.row, "number": row.number.normal, "written": row.written, "title": row.title}


def _summaries(
    sheet: Sheet, rows: Sequence[PastRow], missing: Sequence[dict[str, Any]], half_in: Sequence[PastRow]
) -> list[Finding]:
    """Return what is told once for many rows."""
    found = []
    if half_in:
        reason = Reason(
            "%(count)s rows are left out: they are in from an import that was broken off",
            {"count": str(len(half_in))},
        )
        found.append(reason)
    old = [row.written for row in rows if row.written != row.number.normal]
    if old:
        reason = Reason(
            "%(count)s numbers are not written as they are now (such as %(example)s); they are kept as"
            " written and found in both forms",
            {"count": str(len(old)), "example": old[0]},
        )
        found.append(reason)
    for hole in missing:
        numbers = "、".join(format_number(hole["code"], hole["year"], serial) for serial in hole["serials"])
        found.append(
            Reason("%(numbers)s have no row: the register lists them as missing", {"numbers": numbers})
        )
    return [Finding(sheet.name, 0, sheet.column(NUMBER), NUMBER, reason) for reason in found]


def _planned(
    rows: Sequence[PastRow], standing: Standing, duplicates: set[int], pairing: Pairing
) -> list[Planned]:
    return [
        Planned(
            row=row.row,
            written=row.written,
            series_id=standing.series[row.number.agency_code].id,
            agency_code=row.number.agency_code,
            year=row.number.year,
            serial=row.number.serial,
            duplicate=row.row in duplicates,
            title=row.title,
            type=row.type,
            dated=row.dated,
            printed_on=row.printed_on,
            addressees=row.addressees,
            signatory=row.signatory,
            copies=row.copies,
            archival_code=row.archival_code,
            files=tuple(paper.taken for paper in pairing.taken.get(row.row, ())),
        )
        for row in rows
    ]
