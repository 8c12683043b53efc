"""Hold back the foot of page 1, so that a short text does not leave its signature alone (7.3.5.5)."""

from dataclasses import replace
from itertools import takewhile
from typing import cast

from . import layout
from .body import Flow
from .floating import blank
from .oxml import Paragraph
from .pages import end_of, height, starts_page

_NUMBER = 20  # of the drawing; those of letters and joint mastheads are smaller
_LONG, _ALONG = 4, 2  # of so many lines, two go with the signature; of fewer, one


def held_back(flow: Flow, at: int) -> Flow:
    """Return the flow, whose text begins `at` there, with the foot of page 1 blank if that is needed.

    Page 1 must show text (7.3.3), and no page has a signature alone. So where a text's only paragraph and
    the signature have no room on page 1 together, the paragraph's last lines go with it to page 2.
    """
    if not _leaves_alone(flow, at):
        return flow
    text = cast(Paragraph, flow[at])
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


def crowded(flow: Flow, at: int) -> bool:
    """Tell whether a text of one line leaves its signature alone: it has no line to take along."""
    text = flow[at]
    return isinstance(text, Paragraph) and height(text)[0] == 1 and _leaves_alone(flow, at)


def _leaves_alone(flow: Flow, at: int) -> bool:
    """Tell whether the text is one paragraph on page 1, and its signature stands on page 2."""
    text, signed = flow[at], list(takewhile(lambda block: not starts_page(block), flow[at + 1 :]))
    first = signed[0] if signed else None
    if not isinstance(text, Paragraph) or text.keep_next or not isinstance(first, Paragraph):
        return False
    if first.style is not layout.KEPT_GAP or end_of([*flow[: at + 1], *signed]).page == 1:
        return False
    return end_of(flow[: at + 1]).page == 1
