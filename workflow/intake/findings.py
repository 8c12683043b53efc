"""Say what is wrong with a workbook: the sheet, the row, the column and the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from states.reasons import Label, Reason

from ..spreadsheets import Row, Sheet


@dataclass(frozen=True)
class Finding:
    """One thing that keeps a workbook from being taken in.

    `row` is the one that the spreadsheet program shows, 0 for the sheet as a whole; `column` is its
    letter and `heading` what stands above it, both '' where the row as a whole is meant.
    """

    sheet: str
    row: int
    column: str
    heading: str
    reason: Reason

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as an import's report keeps it."""
        place = {"sheet": self.sheet, "row": self.row, "column": self.column, "heading": self.heading}
        return {**place, "message": self.reason.message, "params": dict(self.reason.params)}


def at(sheet: Sheet, row: Row, heading: str, reason: Reason) -> Finding:
    """Return a finding about one cell."""
    column = sheet.column(heading) if heading in sheet.headings else ""
    return Finding(sheet.name, row.number, column, heading, reason)


def read_finding(kept: Mapping[str, Any]) -> Finding:
    """Return the finding that `to_dict` wrote."""
    params = {
        name: Label(value) if isinstance(value, Mapping) else value for name, value in kept["params"].items()
    }
    message = kept["message"]
    reason = Reason(message, params)
    return Finding(kept["sheet"], kept["row"], kept["column"], kept["heading"], reason)
