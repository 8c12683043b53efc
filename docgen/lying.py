"""Part a flow into stretches of upright and of lying pages (GB/T 9704-2012, 8)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import layout
from .outline import Table
from .oxml import Paragraph
from .tables import fit

Blocks = Sequence[Paragraph | Table]

_HEADS = (layout.GAP.id, layout.ISSUED_TITLE.id, layout.ATTACHMENT_TITLE.id)
_CAPTION = re.compile(r"附?表\s*[0-9一二三四五六七八九十]+|单位[：:]|（单位[：:]")


@dataclass(frozen=True)
class Stretch:
    """Blocks on pages that stand the same way; the next stretch begins a page."""

    blocks: tuple[Paragraph | Table, ...]
    lying: bool = False

    @property
    def width_tw(self) -> int:
        return layout.LYING_WIDTH_TW if self.lying else layout.AREA_WIDTH_TW

    @property
    def height_tw(self) -> int:
        return layout.LYING_HEIGHT_TW if self.lying else layout.AREA_HEIGHT_TW


def stretches(flow: Blocks) -> Iterator[Stretch]:
    """Yield the flow's stretches: a table too wide for an upright page lies, with what belongs above it.

    That is its caption and the headings over it, and the whole head of an attachment or issued text that
    begins with it; the first lines of a document's text stay upright, for page 1 must show text (7.3.3).
    """
    start = 0
    for begin, end in _lying(flow):
        if begin > start:
            yield Stretch(tuple(flow[start:begin]))
        yield Stretch(_without_outer_gaps(flow[begin:end]), lying=True)
        start = end
    if start < len(flow):
        yield Stretch(tuple(flow[start:]))


def _lying(flow: Blocks) -> Iterator[tuple[int, int]]:
    """Yield from where to where the flow lies; tables that follow each other lie together."""
    open_: tuple[int, int] | None = None
    for at, block in enumerate(flow):
        if isinstance(block, Table) and fit(block).lying:
            begin, end = _begin(flow, at), at + 1
            if end < len(flow) and _is(flow[end], layout.TABLE_GAP.id):
                end += 1
            if open_ and open_[1] >= begin:
                begin = open_[0]
            elif open_:
                yield open_
            open_ = begin, end
    if open_:
        yield open_


def _begin(flow: Blocks, at: int) -> int:
    """Return where what belongs above a table begins."""
    begin = at
    while begin and (_is(flow[begin - 1], layout.TABLE_GAP.id) or _belongs(flow[begin - 1])):
        begin -= 1
    head = begin
    while head and _is(flow[head - 1], *_HEADS):
        head -= 1
    if head and _is(flow[head - 1], layout.ATTACHMENT_MARK.id, layout.PAGE_START.id):
        return head - 1
    first = head < begin or (begin > 0 and _is(flow[begin - 1], layout.ADDRESSEES.id))
    return at if first else begin


def _belongs(block: Paragraph | Table) -> bool:
    if not isinstance(block, Paragraph):
        return False
    heading = block.style in layout.LEVELS and block.keep_next
    return bool(heading or (block.style == layout.BODY and _CAPTION.match(block.text)))


def _is(block: Paragraph | Table, *styles: str) -> bool:
    return isinstance(block, Paragraph) and block.style.id in styles


def _without_outer_gaps(blocks: Blocks) -> tuple[Paragraph | Table, ...]:
    kept = list(blocks)
    if _is(kept[0], layout.TABLE_GAP.id):
        del kept[0]
    if _is(kept[-1], layout.TABLE_GAP.id):
        del kept[-1]
    return tuple(kept)
