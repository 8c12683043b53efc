"""Read a workbook's sheets by their forms; what cannot be read is a finding, all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from states.errors import NotReady
from states.reasons import Reason

from ..spreadsheets import Row, Sheet
from .cells import Value
from .columns import NOTES, Column, Form
from .findings import Finding, at

HEADINGS_ROW = 1
NOTHING = (None, "", ())  # what an empty cell is read as, and one with only blanks or separators
SHOWN = 40  # characters of a sheet's or column's name that is none of ours


@dataclass(frozen=True)
class Line:
    """A row as it was read: its values by heading, None where the cell is empty or cannot be read."""

    sheet: Sheet
    row: Row
    values: Mapping[str, Value]
    unread: frozenset[str]  # headings whose cells cannot be used

    def finding(self, heading: str, reason: Reason) -> Finding:
        return at(self.sheet, self.row, heading, reason)


def read_sheets(
    workbook: Mapping[str, Sheet],
    forms: Iterable[Form],
    findings: list[Finding],
    *,
    barred: Mapping[str, Reason] | None = None,
) -> dict[str, list[Line]]:
    """Return the lines of each sheet that is there, by the form's name; what is wrong goes to `findings`.

    barred: headings that are refused for a reason of their own.
    """
    known = {form.name: form for form in forms}
    for name in workbook:
        if name not in known and name != NOTES:
            reason = Reason(
                "There is no such sheet in the form; these are: %(names)s", {"names": "、".join(known)}
            )
            findings.append(Finding(name[:SHOWN], 0, "", "", reason))
    found = {}
    for name, form in known.items():
        if name in workbook:
            columns = {column.heading: column for column in (*form.columns, *form.further)}
            _check_headings(workbook[name], form, columns, barred or {}, findings)
            found[name] = [_read_row(workbook[name], row, columns, findings) for row in workbook[name].rows]
    if not found:
        names = {"names": "、".join(known)}
        reason = Reason("The workbook has none of the sheets %(names)s", names)
        findings.append(Finding("", 0, "", "", reason))
    return found


def _check_headings(
    sheet: Sheet,
    form: Form,
    columns: Mapping[str, Column],
    barred: Mapping[str, Reason],
    findings: list[Finding],
) -> None:
    for place, heading in enumerate(sheet.headings):
        reason = None
        if heading in barred:
            reason = barred[heading]
        elif not heading:
            reason = Reason("This column has no heading")
        elif heading not in columns:
            reason = Reason("The form has no such column")
        elif heading in sheet.headings[:place]:
            reason = Reason("This column is there twice")
        if reason:
            letter = sheet.letter(place)
            findings.append(Finding(sheet.name, HEADINGS_ROW, letter, heading[:SHOWN], reason))
    for column in form.columns:
        if column.heading not in sheet.headings:
            missing = Reason("This column is missing")
            findings.append(Finding(sheet.name, HEADINGS_ROW, "", column.heading, missing))


def _read_row(sheet: Sheet, row: Row, columns: Mapping[str, Column], findings: list[Finding]) -> Line:
    values: dict[str, Value] = {}
    unread = set()
    for heading, column in columns.items():
        cell, values[heading], reasons = row.cells.get(heading), None, []
        try:
            values[heading] = None if cell is None else column.read(cell)
        except NotReady as error:
            reasons = list(error.reasons)
        if values[heading] in NOTHING:
            values[heading] = None
            if column.required and heading in sheet.headings and not reasons:
                reasons = [Reason("This must not be empty.")]
        if reasons:
            findings += [at(sheet, row, heading, reason) for reason in reasons]
            unread.add(heading)
    return Line(sheet, row, values, frozenset(unread))
