"""Lay out a table within the type area."""

from . import layout
from .measure import count_lines, width
from .outline import Table
from .oxml import Paragraph

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="{layout.TABLE_RULE_EIGHTHS}" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tblPr><w:tblW w:w="{layout.AREA_WIDTH_TW}" w:type="dxa"/><w:jc w:val="center"/>'
    f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
    f'<w:left w:w="{layout.TABLE_PADDING_TW}" w:type="dxa"/>'
    f'<w:right w:w="{layout.TABLE_PADDING_TW}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
_SHORT = 8
"""Cells of up to so many characters are centred."""


def column_widths(table: Table) -> list[int]:
    """Return the columns' widths in twips; together they are as wide as the type area.

    No column is narrower than two characters, unless there are too many; the rest is shared out
    by what the cells hold, long texts counting less than in proportion.
    """
    wants = []
    for column in zip(*table.rows, strict=True):
        longest = max(width(cell) for cell in column)
        wants.append(2 + min(longest, 12) + max(longest - 12, 0) ** 0.6)
    unit = layout.AREA_WIDTH_TW / sum(wants)
    widths = [int(want * unit) for want in wants]
    widths[-1] += layout.AREA_WIDTH_TW - sum(widths)
    return widths


def row_heights(table: Table) -> list[int]:
    """Return the rows' heights in twips, as foreseen."""
    rooms = [
        max(1.0, (width_tw - 2 * layout.TABLE_PADDING_TW) / layout.CELL.char_tw)
        for width_tw in column_widths(table)
    ]
    return [
        layout.TABLE_LINE_TW * max(count_lines(cell, room) for cell, room in zip(row, rooms, strict=True))
        + layout.TABLE_RULE_EIGHTHS * 20 // 8
        for row in table.rows
    ]


def table_xml(table: Table) -> str:
    """Return `w:tbl`; its first row repeats on each page."""
    widths = column_widths(table)
    grid = "".join(f'<w:gridCol w:w="{width_tw}"/>' for width_tw in widths)
    rows = "".join(_row(row, widths, head=number == 0) for number, row in enumerate(table.rows))
    return f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(cells: tuple[str, ...], widths: list[int], *, head: bool) -> str:
    style = layout.CELL_HEAD if head else layout.CELL
    xml = []
    for cell, width_tw in zip(cells, widths, strict=True):
        align = "center" if not head and width(cell) <= _SHORT else None
        xml.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width_tw}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{Paragraph(style, cell, align=align).to_xml()}</w:tc>"
        )
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(xml)}</w:tr>"
