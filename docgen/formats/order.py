"""Lay out an order (命令, 10.2): masthead and number, then the text without a title."""

from dataclasses import replace

from .. import layout
from ..adjust import Layout
from ..header import mark_and_room
from ..oxml import Paragraph
from ..sheet import Content, Particulars
from .table import masthead_of

DROP_TW = layout.twips(20)  # from the type area's top to the masthead's ink


def header(content: Content, particulars: Particulars, adjusted: Layout, red: bool) -> list[Paragraph]:
    """Return the paragraphs from the top of page 1 to the two blank lines under the number (令号)."""
    name = particulars.full_name or particulars.masthead
    marked = replace(particulars, masthead=masthead_of(content, name), co_mastheads=())
    return [
        *mark_and_room(content, marked, adjusted, red, ink_top_tw=DROP_TW),
        Paragraph(layout.ORDER_NUMBER, particulars.number or ""),
        *[Paragraph(layout.GAP)] * 2,
    ]


def title(content: Content, adjusted: Layout) -> list[Paragraph]:
    """Return nothing: under the number comes the text."""
    return []
