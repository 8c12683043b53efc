"""Write a ruled sheet: a table whose rows are divided each in their own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from . import layout

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_PADDING_TW = {
    "top": 28,
    "left": layout.TABLE_PADDING_TW,
    "bottom": 28,
    "right": layout.TABLE_PADDING_TW,
}
_BARE = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "right"))


@dataclass(frozen=True)
class Cell:
    """A cell: its width in twips and its paragraphs' XML; one that is not `ruled` has no rule but below."""

    width_tw: int
    xml: str
    align: str = "center"  # of its words between the upper and the lower rule: top, center or bottom
    ruled: bool = True


@dataclass(frozen=True)
class GridRow:
    """A row and its height: `whole` stays on one page, `head` stands on each, `exact` does not grow."""

    cells: Sequence[Cell]
    height_tw: int
    whole: bool = True
    head: bool = False
    exact: bool = False

    @property
    def edges_tw(self) -> list[int]:
        """Return where its cells begin and end."""
        return list(accumulate((cell.width_tw for cell in self.cells), initial=0))


def grid_xml(rows: Sequence[GridRow], colour: str) -> str:
    """Return `w:tbl`; each of its columns lies between neighbouring edges of any row."""
    edges = sorted({edge for row in rows for edge in row.edges_tw})
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{layout.TABLE_RULE_EIGHTHS}" w:space="0" w:color="{colour}"/>'
        for side in _SIDES
    )
    padding = "".join(f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in _PADDING_TW.items())
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(_row(row, edges) for row in rows)}</w:tbl>"
    )


def _row(row: GridRow, edges: Sequence[int]) -> str:
    whole = "<w:cantSplit/>" if row.whole else ""
    head = "<w:tblHeader/>" if row.head else ""
    rule = "exact" if row.exact else "atLeast"
    height = f'<w:trHeight w:val="{row.height_tw}" w:hRule="{rule}"/>'
    places = pairwise(row.edges_tw)
    cells = "".join(
        _cell(cell, edges.index(right) - edges.index(left))
        for cell, (left, right) in zip(row.cells, places, strict=True)
    )
    return f"<w:tr><w:trPr>{whole}{height}{head}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, columns: int) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    rules = "" if cell.ruled else f"<w:tcBorders>{_BARE}</w:tcBorders>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{cell.width_tw}" w:type="dxa"/>{span}{rules}'
        f'<w:vAlign w:val="{cell.align}"/></w:tcPr>{cell.xml}</w:tc>'
    )
