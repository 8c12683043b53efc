"""Foresee on which page, and how far down, a flow of paragraphs and tables ends."""

from collections.abc import Iterator
from dataclasses import dataclass

from . import layout
from .body import Flow
from .measure import count_lines
from .outline import Table
from .oxml import Paragraph
from .tables import row_heights

DOUBT_CHARS = 0.4
"""By how much a line may hold more or less than foreseen, in Word or LibreOffice."""


@dataclass(frozen=True)
class End:
    """Where a flow ends: the page from 1, and the height used on it in twips."""

    page: int
    used_tw: int


def height(paragraph: Paragraph, doubt: float = 0) -> tuple[int, int]:
    """Return (lines, a line's height in twips) of a paragraph."""
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
    room = (layout.AREA_WIDTH_TW - left - right) / style.char_tw + doubt
    lines = count_lines(text, room, room - first / style.char_tw)
    return lines, line_tw


def end_of(flow: Flow, doubt: float = 0) -> End:
    """Return where the flow ends if every line holds `doubt` characters more than foreseen."""
    page, used = 1, 0
    for together in _groups(flow):
        if _starts_page(together[0]) and (page, used) != (1, 0):
            page, used = page + 1, 0
        need = (
            sum(row for block in together[:-1] for row in _rows(block, doubt)) + _rows(together[-1], doubt)[0]
        )
        if used + need > layout.AREA_HEIGHT_TW >= need:
            page, used = page + 1, 0
        for block in together:
            head = row_heights(block)[0] if isinstance(block, Table) else 0  # repeated on each page
            for row in _rows(block, doubt):
                if used + row > layout.AREA_HEIGHT_TW:
                    page, used = page + 1, head
                used += row
    return End(page, used)


def surely_ends_on_even_page(flow: Flow, reserve_tw: int) -> bool:
    """Tell whether the flow ends on an even page with that room left, however its lines fall."""
    ends = [end_of(flow, doubt) for doubt in (0, -DOUBT_CHARS, DOUBT_CHARS)]
    return all(
        end.page % 2 == 0 and end.page == ends[0].page and end.used_tw + reserve_tw <= layout.AREA_HEIGHT_TW
        for end in ends
    )


def _groups(flow: Flow) -> Iterator[Flow]:
    """Yield runs of paragraphs that stay together, each with the one that it is kept with."""
    group: Flow = []
    for block in flow:
        if group and _starts_page(block):
            yield group
            group = []
        group.append(block)
        if isinstance(block, Table) or not _kept(block):
            yield group
            group = []
    if group:
        yield group


def _starts_page(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and (block.page_break or block.style.page_break)


def _kept(paragraph: Paragraph) -> bool:
    return paragraph.style.keep_next if paragraph.keep_next is None else paragraph.keep_next


def _rows(block: Paragraph | Table, doubt: float) -> list[int]:
    if isinstance(block, Table):
        return row_heights(block)
    lines, line_tw = height(block, doubt)
    return [line_tw] * lines
