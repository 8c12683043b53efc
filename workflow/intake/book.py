"""Write the office's workbook: empty, to be filled in, or with the office as it is."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from ..directory import Person
from ..office import post_codes
from ..spreadsheets import Cell, Table, write_workbook
from . import columns, imports
from .cells import NO, YES
from .entries import HELD, Office, shown
from .judged import listed
from .present import read_office

Rows = list[tuple[Cell, ...]]
NUMBERS = ("字高", "字宽比例", "起始年度", "起始号", "份数")


def template() -> bytes:
    """Return the workbook with its headings, and a sheet that says what goes below them."""
    tables = [Table(form.name, form.headings, (), _widths(form.columns)) for form in columns.FORMS]
    return write_workbook([*tables, _notes()], landscape=True)


def export(session: Session, person: Person) -> bytes:
    """Return the workbook with the office as it is, which taken in again changes nothing."""
    imports.demand(person, "office")
    office = read_office(session)
    nth = columns.ORDINALS[: max([2, *(len(listed(one[HELD])) for one in office["person"].values())])]
    people = columns.PEOPLE.columns[:2] + tuple(column for n in nth for column in columns.post_columns(n))
    found = (
        (columns.AGENCIES, columns.AGENCIES.columns, _agencies(office)),
        (columns.SERIES, columns.SERIES.columns, _series(office)),
        (columns.RIGHTS, columns.RIGHTS.columns, [tuple(key) for key in office["right"]]),
        (columns.UNITS, columns.UNITS.columns, _units(office)),
        (columns.PEOPLE, people, list(_people(office, len(nth)))),
        (columns.CORRESPONDENTS, columns.CORRESPONDENTS.columns, _correspondents(office)),
    )
    tables = [
        Table(form.name, [column.heading for column in used], rows, _widths(used))
        for form, used, rows in found
    ]
    return write_workbook([*tables, _notes()], landscape=True)


def _widths(used: tuple[columns.Column, ...]) -> tuple[int, ...]:
    return tuple(column.width for column in used)


def _cell(heading: str, value: object) -> Cell:
    return value if heading in NUMBERS and isinstance(value, int) else shown(value) or None  # type: ignore[arg-type]


def _agencies(office: Office) -> Rows:
    rows: Rows = []
    for (code,), agency in office["agency"].items():
        names = [(key[1], fields) for key, fields in office["name"].items() if key[0] == code]
        for since, name in names:
            now = {} if since != names[-1][0] else agency
            known = {**name, **now, "代码": code, "启用日期": since}
            rows.append(tuple(_cell(one, known.get(one)) for one in columns.AGENCIES.headings))
    return rows


def _series(office: Office) -> Rows:
    return [
        tuple(_cell(one, {**fields, "机关代字": code}[one]) for one in columns.SERIES.headings)
        for (code,), fields in office["series"].items()
    ]


def _units(office: Office) -> Rows:
    return [
        tuple(_cell(one, {**fields, "名称": name}[one]) for one in columns.UNITS.headings)
        for (name,), fields in office["unit"].items()
    ]


def _people(office: Office, room: int) -> Iterator[tuple[Cell, ...]]:
    for (username,), fields in office["person"].items():
        held = listed(fields[HELD])
        posts = [cell for post in held for cell in post]
        yield (username, shown(fields["姓名"]), *posts, *[""] * (3 * (room - len(held))))


def _correspondents(office: Office) -> Rows:
    return [(name, _cell("份数", fields["份数"])) for (name,), fields in office["correspondent"].items()]


def _notes() -> Table:
    """Return the sheet that explains the others: each column, then the codes of posts."""
    rows: Rows = []
    for form in columns.FORMS:
        rows.append((form.name, "", "", form.meaning, ""))
        rows += [
            (form.name, column.heading, YES if column.required else NO, column.meaning, column.example)
            for column in form.columns
        ]
    rows += [("职务代码", code, "", kind.label["zh"], "") for code, kind in post_codes.known().items()]
    return Table(columns.NOTES, ("表", "列", "必填", "含义", "举例"), rows, (12, 18, 8, 60, 28))
