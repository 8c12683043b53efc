"""Hold back the foot of page 1, so that a short text does not leave its signature alone (7.3.5.5)."""

from dataclasses import replace
from itertools import takewhile

from . import layout
from .body import Flow
from .floating import blank
from .lying import Blocks
from .outline import Table
from .oxml import Paragraph
from .pages import end_of, height, starts_page

_NUMBER = 20  # of the drawing; those of letters and joint mastheads are smaller
_LONG, _ALONG = 4, 2  # of so many lines, two go with the signature; of fewer, one


def held_back(flow: Flow, at: int) -> Flow:
    """Return the flow, whose text begins `at` there, with the foot of page 1 blank if that is needed.

    Page 1 must show text (7.3.3), and no page has a signature alone. So where a text's only paragraph and
    the signature have no room on page 1 together, the paragraph's last lines go with it to page 2.
    """
    text, signed = flow[at], list(takewhile(lambda block: not starts_page(block), flow[at + 1 :]))
    if isinstance(text, Table) or text.keep_next or not _is_signature(signed):
        return flow
    if end_of([*flow[: at + 1], *signed]).page == 1 or end_of(flow[: at + 1]).page > 1:
        return flow
    lines, line_tw = height(text)
    if lines < 2:
        return flow
    stay = lines - (_ALONG if lines >= _LONG else 1)
    foot_tw = layout.AREA_HEIGHT_TW - end_of(flow[:at]).used_tw - stay * line_tw - line_tw // 2
    box = blank(height_tw=foot_tw, number=_NUMBER)
    return [
        replace(block, foot_tw=foot_tw, xml=block.xml + box)
        if isinstance(block, Paragraph) and block.style is layout.DROP
        else block
        for block in flow
    ]


def _is_signature(blocks: Blocks) -> bool:
    first = blocks[0] if blocks else None
    return isinstance(first, Paragraph) and first.style is layout.KEPT_GAP
