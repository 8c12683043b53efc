"""Foresee on which page, and how far down, a flow of paragraphs and tables ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from . import layout
from .body import Flow
from .lying import Blocks, Stretch, stretches
from .measure import count_lines
from .outline import Table
from .oxml import Paragraph
from .tables import repeats_head, row_heights

DOUBT_CHARS = 0.4
"""By how much a line may hold more or less than foreseen, in Word or LibreOffice."""


@dataclass(frozen=True)
class End:
    """Where a flow ends: the page from 1, and the height used on it in twips."""

    page: int
    used_tw: int


def height(paragraph: Paragraph, doubt: float = 0, width_tw: int = layout.AREA_WIDTH_TW) -> tuple[int, int]:
    """Return (lines, a line's height in twips) of a paragraph in a type area of that width."""
    style = paragraph.style
    line_tw = paragraph.line_tw or style.line_tw
    text = paragraph.text
    if paragraph.rule:
        line_tw += layout.RED_RULE_TW
    if not text:
        return 1, line_tw
    if style.broken:
        return text.count("\n") + 1, line_tw
    left, right, first = paragraph.indents_tw or (style.left_tw, style.right_tw, style.first_tw)
    if "\t" in text:
        text, first = text.partition("\t")[2], 0
    room = (width_tw - left - right) / style.char_tw + doubt
    lines = count_lines(text, room, room - first / style.char_tw)
    return lines, line_tw


def end_of(flow: Blocks, doubt: float = 0) -> End:
    """Return where the flow ends if every line holds `doubt` characters more than foreseen."""
    end = End(1, 0)
    for number, stretch in enumerate(stretches(flow)):
        end = _end_of_stretch(stretch, End(end.page + 1, 0) if number else end, doubt)
    return end


def _end_of_stretch(stretch: Stretch, start: End, doubt: float) -> End:
    page, used, room = start.page, start.used_tw, stretch.height_tw - _held(stretch)
    for together in _groups(stretch.blocks):
        if starts_page(together[0]) and used:
            page, used, room = page + 1, 0, stretch.height_tw
        rows = [_rows(block, stretch, doubt) for block in together]
        need = sum(map(sum, rows[:-1])) + rows[-1][0]
        if used + need > room >= need:
            page, used, room = page + 1, 0, stretch.height_tw
        for block, heights in zip(together, rows, strict=True):
            head = heights[0] if isinstance(block, Table) and repeats_head(block) else 0
            for row in heights:
                if used + row > room:
                    page, used, room = page + 1, head, stretch.height_tw
                used += row
    return End(page, used)


def _held(stretch: Stretch) -> int:
    """Return what stays blank at the foot of the stretch's first page."""
    return sum(block.foot_tw for block in stretch.blocks if isinstance(block, Paragraph))


def surely_ends_on_even_page(flow: Flow, reserve_tw: int, foreseen: End) -> bool:
    """Tell whether the flow ends on an upright even page with that room left, however its lines fall."""
    if list(stretches(flow))[-1].lying:
        return False
    others = (end_of(flow, doubt) for doubt in (-DOUBT_CHARS, DOUBT_CHARS))  # looked at only if it may be so
    return all(
        end.page % 2 == 0 and end.page == foreseen.page and end.used_tw + reserve_tw <= layout.AREA_HEIGHT_TW
        for end in chain((foreseen,), others)
    )


def _groups(flow: Blocks) -> Iterator[Flow]:
    """Yield runs of paragraphs that stay together, each with the one that it is kept with."""
    group: Flow = []
    for block in flow:
        if group and starts_page(block):
            yield group
            group = []
        group.append(block)
        if isinstance(block, Table) or not _kept(block):
            yield group
            group = []
    if group:
        yield group


def starts_page(block: Paragraph | Table) -> bool:
    """Tell whether a page begins before it."""
    return isinstance(block, Paragraph) and (block.page_break or block.style.page_break)


def _kept(paragraph: Paragraph) -> bool:
    return paragraph.style.keep_next if paragraph.keep_next is None else paragraph.keep_next


def _rows(block: Paragraph | Table, stretch: Stretch, doubt: float) -> list[int]:
    if isinstance(block, Table):
        return [line for row in row_heights(block, doubt) for line in row]
    lines, line_tw = height(block, doubt, stretch.width_tw)
    return [line_tw] * lines
