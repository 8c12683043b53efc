"""Lay out a signature by name chop (签名章, 7.3.5.3): the leader's post, room for the chop, the date."""

from . import layout
from .body import annotated, chinese_date
from .oxml import Paragraph
from .sheet import Content, Particulars
from .title import break_title

CHOP_WIDTH_TW, CHOP_HEIGHT_TW = layout.twips(40), layout.twips(20)  # practice; the standard names no size
GAP_TW = layout.twips(4)  # between two chops
INSET_CHARS, BETWEEN_CHARS = 4, 2  # right of chop and date; between post and chop
_POST_RIGHT_TW = (INSET_CHARS + BETWEEN_CHARS) * layout.CHAR_TW + CHOP_WIDTH_TW
_POST_ROOM = (layout.AREA_WIDTH_TW - _POST_RIGHT_TW) / layout.CHAR_TW
_CLOSE_TW = 460  # the lines of a post that takes more than one
_INK_LOW_TW = layout.twips(1.5)  # by how much the ink of a line stands under its middle


def stamped(content: Content, particulars: Particulars, annotations: tuple[str, ...]) -> list[Paragraph]:
    """Return two blank lines, each leader's post beside the blank room of the chop, the date, the notes.

    The chop itself is the name: it is put there by hand or as an electronic seal.
    """
    first, *others = [post for post, _ in particulars.stamped] or [""]
    day = chinese_date(particulars.dated) if particulars.dated else ""
    notes = [words for note in annotations if (words := note.strip("（）()"))]
    return [
        *[Paragraph(layout.KEPT_GAP)] * 2,
        *_chop(first),
        *(paragraph for post in others for paragraph in (*_room(GAP_TW), *_chop(post))),
        Paragraph(layout.KEPT_GAP),
        Paragraph(
            layout.DATED,
            day,
            indents_tw=(0, INSET_CHARS * layout.CHAR_TW, 0),
            align="right",
            keep_next=bool(notes) or None,
        ),
        *annotated(notes),
    ]


def _chop(post: str) -> list[Paragraph]:
    """Return the post in the middle of room as high as the chop."""
    lines = break_title(post, _POST_ROOM, _POST_ROOM)
    line_tw = layout.LINE_TW if len(lines) == 1 else _CLOSE_TW
    free_tw = CHOP_HEIGHT_TW - len(lines) * line_tw
    above_tw = max(free_tw // 2 - _INK_LOW_TW + (layout.LINE_TW - line_tw) // 2, 0)
    below_tw = max(free_tw - above_tw, 0)
    return [
        *_room(above_tw),
        Paragraph(layout.STAMP_POST, "\n".join(lines), line_tw=line_tw, indents_tw=(0, _POST_RIGHT_TW, 0)),
        *_room(below_tw),
    ]


def _room(height_tw: int) -> list[Paragraph]:
    return [Paragraph(layout.KEPT_GAP, line_tw=height_tw)] if height_tw else []
