"""Read and write workbooks (XLSX). A cell that looks like a formula is a text, coming in and going out."""

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from docgen.ooxml import BOMB, look_into
from states.errors import NotReady
from states.reasons import Reason

Cell = str | int | date | None

NAME = "XLSX"
MOST_ROWS, MOST_COLUMNS = 20_000, 100
MOST_SHOWN_SHEETS, MOST_SHOWN_ROWS, MOST_SHOWN_COLUMNS = 10, 200, 30

_DAMAGED = Reason("This is not an XLSX workbook, or it is damaged")
_TOO_LARGE = Reason("The workbook is larger than this system reads")


@dataclass(frozen=True)
class Row:
    """A row by its headings; `number` is the one that the spreadsheet program shows."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet whose first row has the headings; rows with nothing in them are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, heading: str) -> str:
        """Return a heading's column as the spreadsheet program shows it: A, B, …"""
        return self.letter(self.headings.index(heading))

    @staticmethod
    def letter(place: int) -> str:
        """Return the name of a column; places count from 0."""
        return str(get_column_letter(place + 1))


@dataclass(frozen=True)
class Table:
    """What a sheet that is written holds; widths are in characters."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell | Decimal]]
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Grid:
    """A sheet's cells as texts, as far as they are shown; `cut` says that there are more."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    cut: bool


def read_workbook(data: bytes) -> dict[str, Sheet]:
    """Read every sheet; raises NotReady when the file cannot be one, or is too large to be read."""
    _refuse_hostile(data)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return {sheet.title.strip(): _read_sheet(sheet) for sheet in workbook.worksheets}
    except NotReady:
        raise
    except Exception as error:  # the library raises whatever a part of a broken file makes it raise
        raise NotReady([_DAMAGED]) from error


def read_grids(data: bytes) -> list[Grid]:
    """Read the upper left of every sheet to be looked at; a formula without a value is shown itself.

    Raises NotReady when the file is no workbook, or too large.
    """
    _refuse_hostile(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of what the library does not keep when it writes
            values, formulas = (
                load_workbook(io.BytesIO(data), read_only=True, data_only=only, keep_links=False)
                for only in (True, False)
            )
            names = values.sheetnames[:MOST_SHOWN_SHEETS]
            return [_grid(name, values[name], formulas[name]) for name in names]
    except Exception as error:  # the library raises whatever a part of a broken file makes it raise
        raise NotReady([_DAMAGED]) from error


def _grid(name: str, values: Any, formulas: Any) -> Grid:
    if not hasattr(values, "iter_rows"):
        return Grid(name, (), True)  # a chart
    shown = []
    for sheet in (values, formulas):
        sheet.reset_dimensions()
        most = {"max_row": MOST_SHOWN_ROWS + 1, "max_col": MOST_SHOWN_COLUMNS + 1}
        shown.append([tuple(map(_clean, row)) for row in sheet.iter_rows(values_only=True, **most)])
    rows = [
        tuple(
            str(value if value is not None else "" if formula is None else formula)
            for value, formula in zip(*pair, strict=False)
        )
        for pair in zip(*shown, strict=False)
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((place + 1 for row in rows for place, text in enumerate(row) if text), default=0)
    cut = len(rows) > MOST_SHOWN_ROWS or width > MOST_SHOWN_COLUMNS
    width = min(width, MOST_SHOWN_COLUMNS)
    return Grid(name, tuple((row + ("",) * width)[:width] for row in rows[:MOST_SHOWN_ROWS]), cut)


def _refuse_hostile(data: bytes) -> None:
    kind, wrong = look_into(data)
    if BOMB in wrong:
        raise NotReady([_TOO_LARGE])
    if wrong or kind != "xlsx":
        raise NotReady([Reason(one.message, {"name": NAME, **one.params}) for one in wrong] or [_DAMAGED])


def _read_sheet(sheet: Any) -> Sheet:
    sheet.reset_dimensions()  # what the file says of its size may be anything
    headings: tuple[str, ...] = ()
    rows = []
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise NotReady([_TOO_LARGE])
        cells = [_clean(value) for value in values]
        if not headings:
            headings = tuple(str(cell).strip() if cell is not None else "" for cell in cells)
            while headings and not headings[-1]:
                headings = headings[:-1]
        elif any(cell is not None for cell in cells):
            named = zip(headings, cells, strict=False)
            rows.append(Row(number, {name: cell for name, cell in named if name}))
    return Sheet(sheet.title.strip(), headings, tuple(rows))


def _clean(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, int | date):
        return value
    return str(value).strip() or None


def write_workbook(tables: Sequence[Table], *, landscape: bool = False) -> bytes:
    """Return a workbook; every text in it is a text, also one that begins with =, +, - or @."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for table in tables:
        _write_sheet(workbook.create_sheet(table.name), table, landscape)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_sheet(sheet: Any, table: Table, landscape: bool) -> None:
    for number, row in enumerate([table.headings, *table.rows], start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
                cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
                cell.number_format = "@"
            else:
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for place, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    if landscape:
        sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
