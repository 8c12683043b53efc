"""Fit a table into the type area, upright or lying, and write it."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from . import layout
from .measure import count_lines, width
from .outline import Table
from .oxml import Paragraph

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="{layout.TABLE_RULE_EIGHTHS}" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_RULE_TW = layout.TABLE_RULE_EIGHTHS * 20 // 8
_SHORT = 8
"""A column whose cells all have up to so many characters is centred."""

_SLACK, _HAIR = 0.3, 0.1
"""Characters by which a column is wider than what must not be broken in it; where there is little room."""

_LONGEST_FIGURE = 12.0

_FIGURE = re.compile(r"[-+−]?[0-9][0-9,.:/%％-]*|[A-Za-z]{1,12}")
_FIGURES = re.compile(r"[-+−]?[0-9][0-9,.]*[%％]?|[—－-]*")
_TALL = 0.9
"""A row that has so much of a page's height may be split over pages."""

_REPEATED = 1 / 3
"""A heading row higher than that of a page is not repeated."""


@dataclass(frozen=True)
class Fit:
    """How a table stands in the type area: its columns' widths, its type, upright or lying.

    `whole` tells whether nothing is torn that must stand on one line.
    """

    widths_tw: tuple[int, ...]
    size_pt: float = layout.TABLE_PT
    padding_tw: int = layout.TABLE_PADDING_TW
    lying: bool = False
    whole: bool = True

    @property
    def line_tw(self) -> int:
        return round(self.size_pt * 20 * layout.TABLE_LEADING)

    def room(self, width_tw: int) -> float:
        """Return how many characters a column of that width has to a line."""
        return max(1.0, (width_tw - 2 * self.padding_tw) / (self.size_pt * 20))


@lru_cache(maxsize=256)
def fit(table: Table) -> Fit:
    """Return how a table is set: upright if its columns can be read there, else lying, else in smaller type.

    Source: GB/T 9704-2012, 8.
    """
    columns = tuple(zip(*table.rows, strict=True))
    needs = [_need(column) for column in columns]
    upright = Fit((), padding_tw=layout.TABLE_PADDING_TW)
    if found := _share(columns, needs, upright, layout.AREA_WIDTH_TW):
        return found
    for size_pt in layout.LYING_TABLE_SIZES_PT:
        lying = Fit((), size_pt, layout.LYING_TABLE_PADDING_TW, lying=True)
        if found := _share(columns, needs, lying, layout.LYING_WIDTH_TW):
            return found
    return _squeezed(columns, lying)


def _need(column: tuple[str, ...]) -> float:
    """Return the least width in characters at which a column can be read."""
    head, *cells = column
    found = [_unbroken(cell) for cell in column]
    wide = width(head)
    found.append(
        wide if wide <= layout.WHOLE_CHARS else max(layout.WHOLE_CHARS, wide / layout.HIGHEST_HEAD_LINES)
    )
    for cell in cells:
        wide = width(cell)
        least = layout.READABLE_CHARS if wide > _SHORT else layout.WHOLE_CHARS
        found.append(min(wide, max(least, wide / layout.HIGHEST_CELL_LINES), layout.LONGEST_NEED_CHARS))
    return max(found) + _SLACK


@lru_cache(maxsize=4096)
def _unbroken(cell: str) -> float:
    """Return the width of a cell's longest figure or short word of letters."""
    return min(_LONGEST_FIGURE, max(map(width, _FIGURE.findall(cell)), default=0.0))


def _want(column: tuple[str, ...]) -> float:
    """Return the width in characters that a column would fill; long texts count less than in proportion."""
    longest = max(map(width, column))
    return min(longest, 12) + max(longest - 12, 0) ** 0.6 + 1


def _share(columns: tuple[tuple[str, ...], ...], needs: list[float], plain: Fit, area_tw: int) -> Fit | None:
    """Share the area out: to each column what it needs, the rest by what it would fill; None if too narrow.

    A column of figures takes no more than it fills.
    """
    room = (area_tw - len(columns) * 2 * plain.padding_tw) / (plain.size_pt * 20)
    if sum(needs) > room:
        return None
    wants = [max(need, _want(column)) for need, column in zip(needs, columns, strict=True)]
    missing = sum(wants) - sum(needs)
    share = min(1.0, (room - sum(needs)) / missing) if missing else 0.0
    widths = [need + (want - need) * share for need, want in zip(needs, wants, strict=True)]
    growing = [0.0 if _is_figures(column) else want for column, want in zip(columns, wants, strict=True)]
    if not any(growing):
        growing = wants
    rest = max(0.0, room - sum(widths)) / sum(growing)
    return _with_widths(
        plain, [one + grows * rest for one, grows in zip(widths, growing, strict=True)], area_tw
    )


def _squeezed(columns: tuple[tuple[str, ...], ...], plain: Fit) -> Fit:
    """Return the least bad for columns that have no room: as wide as figures and two characters want."""
    close = replace(plain, padding_tw=layout.CLOSEST_PADDING_TW)
    room = (layout.LYING_WIDTH_TW - len(columns) * 2 * close.padding_tw) / (close.size_pt * 20)
    least = [
        max(max(_unbroken(cell), min(2.0, width(cell))) for cell in column) + _HAIR for column in columns
    ]
    return _with_widths(replace(close, whole=sum(least) <= room), least, layout.LYING_WIDTH_TW)


def _with_widths(plain: Fit, chars: list[float], area_tw: int) -> Fit:
    char_tw = plain.size_pt * 20
    filling = (area_tw - len(chars) * 2 * plain.padding_tw) / (sum(chars) * char_tw)
    widths = [int(one * filling * char_tw) + 2 * plain.padding_tw for one in chars]
    widths[-1] += area_tw - sum(widths)
    return replace(plain, widths_tw=tuple(widths))


def _is_figures(column: tuple[str, ...]) -> bool:
    return len(column) > 1 and all(_FIGURES.fullmatch(cell) for cell in column[1:])


def row_lines(table: Table, doubt: float = 0) -> list[int]:
    """Return each row's count of lines, as foreseen if a line holds `doubt` characters more."""
    fitted = fit(table)
    rooms = [max(1.0, fitted.room(width_tw) + doubt) for width_tw in fitted.widths_tw]
    return [max(map(count_lines, row, rooms)) for row in table.rows]


def row_heights(table: Table, doubt: float = 0) -> list[list[int]]:
    """Return the rows' heights in twips, as foreseen; of one that may be split the heights of its lines."""
    line_tw = fit(table).line_tw
    return [
        [line_tw] * (lines - 1) + [line_tw + _RULE_TW]
        if _may_split(table, lines)
        else [lines * line_tw + _RULE_TW]
        for lines in row_lines(table, doubt)
    ]


def repeats_head(table: Table) -> bool:
    """Tell whether the first row stands on each page."""
    return row_lines(table)[0] * fit(table).line_tw <= _area_height(table) * _REPEATED


def _may_split(table: Table, lines: int) -> bool:
    return lines * fit(table).line_tw > _area_height(table) * _TALL


def _area_height(table: Table) -> int:
    return layout.LYING_HEIGHT_TW if fit(table).lying else layout.AREA_HEIGHT_TW


def table_xml(table: Table) -> str:
    """Return `w:tbl`; its first row repeats on each page."""
    fitted = fit(table)
    grid = "".join(f'<w:gridCol w:w="{width_tw}"/>' for width_tw in fitted.widths_tw)
    aligned = ["center" if _is_centred(column) else None for column in zip(*table.rows, strict=True)]
    rows = []
    for number, (row, lines) in enumerate(zip(table.rows, row_lines(table), strict=True)):
        split = "" if _may_split(table, lines) else "<w:cantSplit/>"
        repeat = "<w:tblHeader/>" if number == 0 and repeats_head(table) else ""
        cells = _cells(row, fitted, aligned, head=number == 0)
        rows.append(f"<w:tr><w:trPr>{split}{repeat}</w:trPr>{cells}</w:tr>")
    return f"<w:tbl>{_properties(fitted)}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _is_centred(column: tuple[str, ...]) -> bool:
    return all(width(cell) <= _SHORT for cell in column[1:])


def _properties(fitted: Fit) -> str:
    return (
        f'<w:tblPr><w:tblW w:w="{sum(fitted.widths_tw)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{fitted.padding_tw}" w:type="dxa"/>'
        f'<w:right w:w="{fitted.padding_tw}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )


def _cells(row: tuple[str, ...], fitted: Fit, aligned: list[str | None], *, head: bool) -> str:
    style = layout.CELL_HEAD if head else layout.CELL
    line_tw, size = None, ""
    if fitted.size_pt != layout.TABLE_PT:
        half_points = round(fitted.size_pt * 2)
        line_tw, size = fitted.line_tw, f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width_tw}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{Paragraph(style, cell, align=None if head else align, line_tw=line_tw, properties=size).to_xml()}"
        "</w:tc>"
        for cell, width_tw, align in zip(row, fitted.widths_tw, aligned, strict=True)
    )
