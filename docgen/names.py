"""Lay out lists of names in equal columns."""

from . import layout
from .measure import width
from .outline import Names
from .oxml import Paragraph, run

_ROOM = layout.AREA_WIDTH_TW // layout.CHAR_TW - 2
_BETWEEN_TWO = f'<w:spacing w:val="{layout.SPACING_TW + layout.CHAR_TW}"/>'

Tabs = tuple[tuple[str, int], ...]


def in_columns(names: Names) -> list[Paragraph]:
    """Return a paragraph for each line of names: as many columns as fit, at most as the longest line has.

    A line with more names goes on under itself. Two characters are as wide as three where there are names
    of three; the room between them is no character of the text.
    """
    every = [name for line in names.lines for name in line]
    spread = any(width(name) == layout.SPREAD_CHARS for name in every)
    widest = max(map(width, every))
    fitting = int((_ROOM + layout.NAMES_GAP_CHARS) // (widest + layout.NAMES_GAP_CHARS))
    columns = max(1, min(fitting, max(map(len, names.lines))))
    step_tw = (_ROOM + layout.NAMES_GAP_CHARS) * layout.CHAR_TW // columns
    tabs = tuple(("left", layout.TWO_CHARS_TW + number * step_tw) for number in range(1, columns))
    return [_line(line, columns, tabs, spread) for line in names.lines]


def _line(names: tuple[str, ...], columns: int, tabs: Tabs, spread: bool) -> Paragraph:
    before = ["" if not at else "\t" if at % columns else "\n" for at in range(len(names))]
    pieces = list(zip(before, names, strict=True))
    return Paragraph(
        layout.NAMES,
        "".join(sign + name for sign, name in pieces),
        tabs=tabs,
        xml="".join(_spread(sign, name) for sign, name in pieces) if spread else "",
    )


def _spread(sign: str, name: str) -> str:
    if len(name) != layout.SPREAD_CHARS - 1:
        return run(sign + name)
    return run(sign) + run(name[0], _BETWEEN_TWO) + run(name[1])
