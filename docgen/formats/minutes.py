"""Lay out minutes (纪要, 10.3): the masthead, who issues them and when, and who was there."""

from dataclasses import replace

from .. import layout
from ..adjust import Layout
from ..body import annotated, chinese_date
from ..header import mark_and_room
from ..measure import width
from ..oxml import Paragraph, run
from ..sheet import Attendance, Content, Particulars
from ..styles import fonts
from .table import masthead_of

LABELS = (("present", "出席："), ("absent", "请假："), ("observers", "列席："))
_LABEL_TW = 3 * layout.CHAR_TW
_ROOM = layout.AREA_WIDTH_TW / layout.CHAR_TW - 2  # a character's space on each side


def header(content: Content, particulars: Particulars, adjusted: Layout, red: bool) -> list[Paragraph]:
    """Return the paragraphs from the top of page 1 to the red rule.

    Above the rule stand who issues the minutes, one character in, and their date, one character from the
    right: minutes have no signature under their text.
    """
    marked = replace(particulars, masthead=masthead_of(content, particulars.masthead), co_mastheads=())
    *above, last = _issued(particulars)
    return [
        *mark_and_room(content, marked, adjusted, red),
        Paragraph(layout.NUMBER, particulars.number or ""),
        *above,
        replace(last, rule="red" if red else "blank"),
    ]


def attendance(there: Attendance | None) -> list[Paragraph]:
    """Return the lists after a blank line, a paragraph each; turnovers stand under the first name."""
    listed = [(label, names) for field, label in LABELS if (names := there and getattr(there, field))]
    gap = [Paragraph(layout.GAP)] if listed else []
    return [*gap, *(_list(label, names) for label, names in listed)]


def closing(content: Content, particulars: Particulars, annotations: tuple[str, ...]) -> list[Paragraph]:
    """Return the annotations; minutes are neither signed nor sealed."""
    notes = [words for note in annotations if (words := note.strip("（）()"))]
    return annotated(notes)


def _issued(particulars: Particulars) -> list[Paragraph]:
    """Return who issues the minutes and when: one line, or two where the name is long."""
    name = "、".join((particulars.signature, *particulars.co_signatures))
    day = chinese_date(particulars.dated) if particulars.dated else ""
    if width(name) + 1 + width(day) <= _ROOM:
        return [_line(f"{name}\t{day}")]
    inset = (layout.CHAR_TW, layout.CHAR_TW, 0)
    return [Paragraph(layout.MINUTES_ISSUED, name, indents_tw=inset), _line(f"\t{day}")]


def _line(words: str) -> Paragraph:
    return Paragraph(layout.MINUTES_ISSUED, words, tabs=(("right", layout.AREA_WIDTH_TW - layout.CHAR_TW),))


def _list(label: str, names: str) -> Paragraph:
    first = layout.TWO_CHARS_TW
    return Paragraph(
        layout.ATTENDANCE,
        f"{label}{names}",
        indents_tw=(first + _LABEL_TW, 0, -_LABEL_TW),
        xml=run(label, fonts=fonts(layout.HEI)) + run(names),
    )
