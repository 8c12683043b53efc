"""Fit the masthead (发文机关标志, 7.2.4) into the type area's width."""

from dataclasses import dataclass
from functools import lru_cache

from . import layout
from .measure import width
from .oxml import Paragraph
from .title import NOT_LAST, break_title

_NOT_LAST = NOT_LAST - {"关"}  # names end in 机关, titles begin with 关于


@dataclass(frozen=True)
class Masthead:
    """The mark's lines, all of one size and one horizontal scale."""

    lines: tuple[str, ...]
    size_pt: int
    percent: int

    def paragraphs(self, *, blank: bool = False) -> list[Paragraph]:
        """Return a paragraph a line; the lines after the first stand a little apart.

        `blank` ones have the room without the words.
        """
        size = f'<w:sz w:val="{self.size_pt * 2}"/><w:szCs w:val="{self.size_pt * 2}"/>'
        scale = f'<w:w w:val="{self.percent}"/>{size}'
        heights = [self.size_pt * 20, *[self.next_line_tw] * (len(self.lines) - 1)]
        return [
            Paragraph(layout.MASTHEAD, "" if blank else line, line_tw=line_tw, properties=scale)
            for line, line_tw in zip(self.lines, heights, strict=True)
        ]

    @property
    def next_line_tw(self) -> int:
        """Height of each line after the first."""
        return round(self.size_pt * 20 * layout.MASTHEAD_LEADING)

    @property
    def drop_tw(self) -> int:
        """Room above it, so that its ink and not its line begins where it should."""
        return layout.MASTHEAD_DROP_TW - round(self.size_pt * 20 * layout.MASTHEAD_INK_DROP)


@lru_cache(maxsize=64)
def fit_masthead(name: str, size_pt: int | None = None, percent: int | None = None) -> Masthead:
    """Return the largest masthead that the type area holds, narrowed before it is broken.

    A size and a scale that are given are kept, and the name is broken into more lines instead.
    """
    if size_pt and percent:
        capacity = layout.AREA_WIDTH_TW * 100 / (size_pt * 20 * (percent + 1))
        return Masthead(break_title(name, capacity, capacity, _NOT_LAST), size_pt, percent)
    sizes = (size_pt,) if size_pt else layout.MASTHEAD_SIZES_PT
    not_last = _NOT_LAST if size_pt or percent else NOT_LAST
    for lines in range(1, 5):
        broken = break_title(name, *[width(name) / lines + 2] * 2, not_last) if lines > 1 else (name,)
        longest = max(map(width, broken))
        for size in sizes:
            room = int(layout.AREA_WIDTH_TW * 100 / (longest * size * 20)) - 1
            if room >= (percent or layout.MASTHEAD_NARROWEST_PERCENT):
                return Masthead(broken, size, percent or min(room, 100))
    return Masthead(broken, sizes[-1], min(room, percent or 100))
