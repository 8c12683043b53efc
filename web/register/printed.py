"""Print the register on A4 landscape, or give it as a workbook: the same columns, the same sight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import Response, render_template
from flask_babel import gettext

from workflow import in_force
from workflow.errors import NotAllowed, Reason
from workflow.in_force import Mark
from workflow.lists import Line
from workflow.register import book
from workflow.spreadsheets import Cell, Table, write_workbook

from .. import office
from ..auth import person
from ..standing import mark_name
from ..words import type_name
from .routes import blueprint, chosen, named, state_name

AT_ONCE = 5000  # documents asked for in one statement; a database takes no more than so many values
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column of the printed register: its width is in characters, and shares the paper's width."""

    name: str
    heading: str
    width: int


def columns() -> list[Column]:
    """Return the columns of a 发文登记簿."""
    return [
        Column("position", gettext("No."), 5),
        Column("number", gettext("Number"), 20),
        Column("title", gettext("Title"), 38),
        Column("type", gettext("Type"), 7),
        Column("dated", gettext("Dated"), 11),
        Column("printed_on", gettext("Printed on"), 11),
        Column("sent_to", gettext("Addressees or distribution"), 28),
        Column("copies", gettext("Copies"), 6),
        Column("signatory", gettext("Signatory"), 9),
        Column("unit", gettext("Drafting unit"), 11),
        Column("remark", gettext("State and remarks"), 22),
    ]


@blueprint.get("/register/print")
def print_register() -> Any:
    """Show the register as it is printed, series by series and year by year."""
    lines = _ledger()
    marks = _marks(lines)
    parts = [
        (series, year, [cells(place, line, marks) for place, line in enumerate(found, 1)])
        for (series, year), found in groupby(lines, key=lambda line: (line["series"], line["year"]))
    ]
    return render_template("register/print.html", parts=parts, columns=columns(), narrowed=named(chosen()))


@blueprint.get("/register/register.xlsx")
def workbook() -> Response:
    """Give the register as a workbook."""
    headings = columns()
    lines = _ledger()
    marks = _marks(lines)
    rows = [cells(place, line, marks) for place, line in enumerate(lines, 1)]
    table = Table(
        gettext("Register"), [one.heading for one in headings], rows, [one.width for one in headings]
    )
    response = Response(write_workbook([table], landscape=True), mimetype=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=_file_name())
    return response


def _ledger() -> Sequence[Line]:
    if not person().in_office:
        raise NotAllowed([Reason("The register is for the people of the office")])
    return book.ledger(office.session(), person(), chosen())


def _marks(lines: Sequence[Line]) -> Mapping[int, Sequence[Mark]]:
    """Return what later documents did to those that bear the numbers."""
    bearing = [line["of_document"] for line in lines if line["of_document"]]
    found: dict[int, Sequence[Mark]] = {}
    for start in range(0, len(bearing), AT_ONCE):
        found |= in_force.marks(office.session(), person(), bearing[start : start + AT_ONCE])
    return found


def cells(place: int, line: Mapping[Any, Any], marks: Mapping[int, Sequence[Mark]]) -> list[Cell]:
    """Return a number's cells, in the order of the columns."""
    return [
        place,
        line["number"],
        title_of(line),
        type_name(line["type"]) if line["type"] else "",
        line["dated"],
        line["printed_on"],
        line["sent_to"] or "",
        line["copies"],
        line["signatory"] or "",
        line["unit"] or "",
        remark(line, marks.get(line["of_document"], ())),
    ]


def title_of(line: Mapping[Any, Any]) -> str:
    """Return a number's title, or why there is none."""
    if line["title"]:
        return str(line["title"])
    if line["classified"]:
        return gettext("(classified, no title is kept)")
    return gettext("not for you to see") if line["unseen"] else ""


def remark(line: Mapping[Any, Any], marks: Sequence[Mark] = ()) -> str:
    """Return a number's state, with what is to be said of it and what later documents did to its own."""
    found = [state_name(line["state"])]
    found += [gettext("%(mark)s, see %(number)s", mark=mark_name(mark), number=mark.number) for mark in marks]
    if line["imported"]:
        found.append(gettext("imported"))
    if line["state"] == "reserved":
        until: date = line["reserved_until"]
        found.append(gettext("for %(whom)s until %(day)s", whom=line["reserved_for"], day=until.isoformat()))
    if line["reason"]:
        found.append(line["reason"])
    return " · ".join(found)


def _file_name() -> str:
    wanted = chosen()
    parts = (gettext("Register"), wanted.series, wanted.year and str(wanted.year))
    return " ".join(part for part in parts if part) + ".xlsx"
