"""Lay out what stands above the red rule, the rule, and the title (7.2, 7.3.1)."""

from dataclasses import dataclass
from functools import lru_cache

from . import layout
from .measure import width
from .oxml import Paragraph
from .sheet import Content, Particulars
from .title import break_title


@dataclass(frozen=True)
class Masthead:
    """The mark's lines, all of one size and one horizontal scale."""

    lines: tuple[str, ...]
    size_pt: int
    percent: int

    def paragraphs(self) -> list[Paragraph]:
        """Return a paragraph a line; the lines after the first stand a little apart."""
        size = f'<w:sz w:val="{self.size_pt * 2}"/><w:szCs w:val="{self.size_pt * 2}"/>'
        scale = f'<w:w w:val="{self.percent}"/>{size}'
        heights = [self.size_pt * 20, *[self.next_line_tw] * (len(self.lines) - 1)]
        return [
            Paragraph(layout.MASTHEAD, line, line_tw=line_tw, properties=scale)
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
def fit_masthead(name: str) -> Masthead:
    """Return the largest masthead that the type area holds, narrowed before it is broken."""
    for lines in range(1, 5):
        broken = break_title(name, *[width(name) / lines + 2] * 2) if lines > 1 else (name,)
        longest = max(map(width, broken))
        for size in layout.MASTHEAD_SIZES_PT:
            percent = int(layout.AREA_WIDTH_TW * 100 / (longest * size * 20)) - 1
            if percent >= layout.MASTHEAD_NARROWEST_PERCENT:
                return Masthead(broken, size, min(percent, 100))
    return Masthead(broken, layout.MASTHEAD_SIZES_PT[-1], percent)


def header(content: Content, particulars: Particulars) -> list[Paragraph]:
    """Return the paragraphs from the top of page 1 to the red rule."""
    mark = fit_masthead(particulars.masthead)
    urgency = [Paragraph(layout.URGENCY, content.urgency)] if content.urgency else []
    return [
        *urgency,
        Paragraph(layout.DROP, line_tw=mark.drop_tw - layout.LINE_TW * len(urgency)),
        *mark.paragraphs(),
        *[Paragraph(layout.GAP)] * 2,
        Paragraph(layout.NUMBER, particulars.number or "", red_rule=True),
    ]


def title(content: Content) -> list[Paragraph]:
    """Return the title's paragraphs with the blank lines around it."""
    return [
        *[Paragraph(layout.GAP)] * 2,
        Paragraph(layout.TITLE, "\n".join(break_title(content.title))),
        Paragraph(layout.GAP),
    ]
