"""Lay out the 审定表 of a meeting: A4 landscape, a table for each category, its head on every page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import layout
from .gridded import Cell, GridRow, grid_xml
from .layout import twips
from .oxml import Paragraph
from .package import lying_section, pack

HEADINGS = ("名次", "单位", "推荐部门", "总分", "分项得分", "征求意见情况", "异议", "审定建议")
WIDTHS_TW = tuple(map(twips, (13, 50, 36, 16, 26, 40, 14, 30)))  # 225 mm, the type area lying
CENTRED = (0, 3, 6)
HALF_POINTS, LINE_TW = 21, 300  # 五号, in lines of 15 pt
HEAD_TW, ROW_TW = twips(9), twips(10)
LONGEST_WHOLE = 300  # characters of a row that stays on one page
_SIZE = f'<w:sz w:val="{HALF_POINTS}"/><w:szCs w:val="{HALF_POINTS}"/>'
_BLACK = "000000"


@dataclass(frozen=True)
class SheetRow:
    """A line of the sheet: one text a heading of HEADINGS."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A category with its lines, as it is headed."""

    heading: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class DeliberationSheet:
    """All that stands on the sheet; `lines` say which meeting, on which day."""

    title: str
    lines: tuple[str, ...]
    groups: tuple[Group, ...]


def render_deliberation_sheet(sheet: DeliberationSheet) -> bytes:
    """Return the sheet as a DOCX; equal input has equal bytes."""
    parts = [Paragraph(layout.TITLE, sheet.title).to_xml()]
    parts += [Paragraph(layout.CELL, line, align="center").to_xml() for line in sheet.lines]
    for group in sheet.groups:
        parts.append(Paragraph(layout.LEVEL_1, group.heading, keep_next=True).to_xml())
        parts.append(grid_xml(list(_rows(group.rows)), _BLACK))
    end = Paragraph(layout.IMPRINT_PLACE, line_tw=20)
    return pack(f"{''.join(parts)}{end.to_xml()}{lying_section()}", title=sheet.title, creator="")


def _rows(rows: Sequence[SheetRow]) -> Iterable[GridRow]:
    yield GridRow([_cell(place, text, head=True) for place, text in enumerate(HEADINGS)], HEAD_TW, head=True)
    for row in rows:
        cells = [_cell(place, text) for place, text in enumerate(row.cells)]
        yield GridRow(cells, ROW_TW, whole=max(map(len, row.cells)) <= LONGEST_WHOLE)


def _cell(place: int, text: str, *, head: bool = False) -> Cell:
    style = layout.CELL_HEAD if head else layout.CELL
    align = "center" if head or place in CENTRED else None
    xml = "".join(
        Paragraph(style, line, align=align, line_tw=LINE_TW, properties=_SIZE).to_xml()
        for line in text.split("\n")
    )
    return Cell(WIDTHS_TW[place], xml)
