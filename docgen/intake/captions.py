"""Put the captions that stand below pictures into the pictures' lines."""

import re
from collections.abc import Iterable
from dataclasses import replace

from .. import layout
from ..picture_list import LONGEST_CAPTION
from .elements import Block, Line
from .mending import ends_sentence, is_picture

_NUMBERED = re.compile(r"(附?图|照片)\s*[0-9０-９一二三四五六七八九十]{1,3}(?![0-9年月日])")
_WORDED = re.compile("(附?图|照片)")
_LONGEST_NUMBERED, _LONGEST_WORDED = 60, 30


def captioned(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks, each caption in the line of the picture above it."""
    found: list[Block] = []
    for block in blocks:
        above = found[-1] if found else None
        pictured = isinstance(above, Line) and above.style == layout.PICTURE.id
        if not pictured or not isinstance(block, Line) or (block.text and not _is_caption(block)):
            found.append(block)
        elif block.text and isinstance(above, Line):
            found[-1] = replace(above, text=_with_caption(above.text, block.text), style="")
    return found


def _is_caption(line: Line) -> bool:
    """Say whether a line below a picture is its caption: by our style, or as captions are worded."""
    if line.style == layout.CAPTION.id:
        return True
    if len(line.text) > _LONGEST_NUMBERED or ends_sentence(line.text) or is_picture(line.text):
        return False
    worded = line.align == "center" and len(line.text) <= _LONGEST_WORDED and _WORDED.match(line.text)
    return bool(worded or _NUMBERED.match(line.text))


def _with_caption(line: str, caption: str) -> str:
    """Return a picture's line with a caption; one that is too long for a line is cut."""
    words = " ".join(caption.split("\n")).replace("](", "] (").strip()[:LONGEST_CAPTION]
    return f"![{words}{line[2:]}"
