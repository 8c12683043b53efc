"""Put what an import of past documents found into a workbook, to be worked through beside the register."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from workflow.intake.findings import read_finding
from workflow.numbering import format_number
from workflow.spreadsheets import Cell, Table, write_workbook

from ..language import say


def workbook(report: Mapping[str, Any]) -> bytes:
    """Return the workbook: findings, holes, duplicates, what has no match."""
    number, title = gettext("Number"), gettext("Title")
    rows = (gettext("Row"), number, gettext("Number as written"), title)
    return write_workbook(
        [
            Table(
                gettext("Findings"),
                (gettext("Kind"), gettext("Row"), gettext("Column"), gettext("Heading"), gettext("Reason")),
                _findings(report),
                (8, 8, 8, 12, 90),
            ),
            Table(gettext("Missing numbers"), (number,), ([one] for one in holes(report)), (32,)),
            Table(gettext("Duplicate numbers"), rows, _rows(report, "duplicates"), (8, 28, 28, 60)),
            Table(gettext("Rows without a file"), rows, _rows(report, "without_file"), (8, 28, 28, 60)),
            Table(
                gettext("Files without a row"),
                (gettext("File"),),
                ([name] for name in report.get("without_row", [])),
                (80,),
            ),
        ]
    )


def holes(report: Mapping[str, Any]) -> list[str]:
    """Return every number that has no row."""
    return [
        format_number(hole["code"], hole["year"], serial)
        for hole in report.get("holes", [])
        for serial in hole["serials"]
    ]


def _findings(report: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    for kind, name in (("errors", gettext("Error")), ("warnings", gettext("To note"))):
        for kept in report.get(kind, []):
            one = read_finding(kept)
            yield name, one.row or None, one.column, one.heading, say(one.reason)


def _rows(report: Mapping[str, Any], kind: str) -> Iterator[Sequence[Cell]]:
    for line in report.get(kind, []):
        yield line["row"], line["number"], line["written"], line["title"]
