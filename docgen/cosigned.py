"""Lay out the signatures of several agencies, each in the place of its seal (7.3.5.1)."""

from dataclasses import dataclass, replace
from math import ceil

from . import layout
from .measure import width
from .oxml import Paragraph
from .title import NOT_LAST, break_title

_NOT_LAST = NOT_LAST - {"关"}  # names end in 机关, titles begin with 关于
_SIGNED = replace(layout.SIGNATURE, broken=True)  # one line, its names at tabs
_APART = 1.0  # characters between two signatures


@dataclass(frozen=True)
class Rows:
    """Signatures in rows, in order; the last row is filled from the right, so that the date stands there."""

    signatures: tuple[str, ...]
    a_row: int

    @property
    def rows(self) -> list[tuple[tuple[str, int], ...]]:
        """Return each row's signatures with their columns."""
        made = []
        for start in range(0, len(self.signatures), self.a_row):
            row = self.signatures[start : start + self.a_row]
            first = self.a_row - len(row)
            made.append(tuple((name, first + index) for index, name in enumerate(row)))
        return made

    def centre_tw(self, column: int) -> int:
        """Return a column's middle, from the type area's left edge."""
        return round(layout.AREA_WIDTH_TW * (2 * column + 1) / (2 * self.a_row))


def in_rows(signatures: tuple[str, ...]) -> Rows:
    """Return the signatures in as few rows as seals of 42 mm allow; long ones have more room each."""
    most = layout.SEALS_A_ROW
    for limit in (most, most - 1):
        a_row = ceil(len(signatures) / ceil(len(signatures) / limit))
        if max(map(width, signatures)) <= _capacity(a_row):
            return Rows(signatures, a_row)
    enough = (most - 1) * layout.SEAL_ROWS_A_PAGE >= len(signatures)
    limit = most - 1 if enough else most
    return Rows(signatures, ceil(len(signatures) / ceil(len(signatures) / limit)))


def seal_centres(signatures: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the middle of each signature's seal, in twips.

    Measured from the type area's left edge and from the lower edge of the text above.
    """
    rows = in_rows(signatures)
    return [
        (rows.centre_tw(column), layout.SEAL_TOP_TW + layout.SEAL_TW // 2 + number * layout.SEAL_ROW_TW)
        for number, row in enumerate(rows.rows)
        for _, column in row
    ]


def under_seals(signatures: tuple[str, ...], day: str, *, kept: bool) -> list[Paragraph]:
    """Return the rows of signatures with the date under the last; `kept` binds that to what follows."""
    rows = in_rows(signatures)
    made: list[Paragraph] = []
    above_tw = layout.SEAL_SIGNED_TW
    for row in rows.rows:
        columns = [(_lines(name, rows.a_row), rows.centre_tw(column)) for name, column in row]
        high = max(len(lines) for lines, _ in columns)
        made.append(Paragraph(layout.KEPT_GAP, line_tw=above_tw - high * layout.LINE_TW))
        for left in range(high, 0, -1):
            made.append(_abreast([(lines[-left], at) for lines, at in columns if left <= len(lines)]))
        above_tw = layout.SEAL_ROW_TW
    last = (("center", rows.centre_tw(rows.a_row - 1)),)
    dated = Paragraph(layout.DATED, f"\t{day}", line_tw=layout.LINE_TW, tabs=last, keep_next=kept or None)
    return [*made, dated]


def _abreast(words: list[tuple[str, int]]) -> Paragraph:
    """Return one line with each text centred on its place."""
    return Paragraph(
        _SIGNED,
        "".join(f"\t{text}" for text, _ in words),
        line_tw=layout.LINE_TW,
        tabs=tuple(("center", at) for _, at in words),
    )


def _capacity(a_row: int) -> float:
    """Return how many characters a signature's place has room for."""
    return layout.AREA_WIDTH_TW / a_row / layout.CHAR_TW - _APART


def _lines(name: str, a_row: int) -> tuple[str, ...]:
    room = _capacity(a_row)
    return break_title(name, room, room, _NOT_LAST)
