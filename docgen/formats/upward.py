"""Lay out what goes to a higher body (上行文): the number at the left, 签发人 at the right (7.2.5, 7.2.6)."""

import re
from dataclasses import replace
from itertools import zip_longest

from .. import layout
from ..adjust import Layout
from ..header import mark_and_room
from ..measure import width
from ..oxml import Paragraph, run
from ..sheet import Content, Particulars
from ..styles import fonts

LABEL = "签发人："
NAMES_A_LINE = 2
_BETWEEN = 1.0  # characters, between two names and between the number and the label
_ROOM = layout.AREA_WIDTH_TW / layout.CHAR_TW - 2  # a character's space on each side
_NAME = 3.0  # the room kept for a name that is not known yet
_TELEPHONE = re.compile(
    r"(?P<name>[^0-9+]*?)[\s,，、;；]*(?:(?:联系)?(?:电话|手机))?\s*[:：]?\s*(?P<number>[+0-9][-0-9 ]{5,})"
)


def header(content: Content, particulars: Particulars, adjusted: Layout, red: bool) -> list[Paragraph]:
    """Return the paragraphs from the top of page 1 to the red rule, under the last of those who signed."""
    above, last = _lines(particulars.number or "", particulars.signers or ("",))
    return [
        *mark_and_room(content, particulars, adjusted, red),
        *above,
        replace(last, rule="red" if red else "blank"),
    ]


def notes(content: Content) -> tuple[str, ...]:
    """Return the note, and whom to ask: a document upwards says so in the 附注 (7.3.6 and practice)."""
    return content.note, _contact(content.contact)


def _contact(contact: str) -> str:
    """Return 联系人：… 电话：… of a name and a telephone as they were written."""
    found = _TELEPHONE.fullmatch(contact)
    if not contact or "联系人" in contact:
        return contact
    if not found or not found["name"]:
        return f"联系人：{contact}"
    return f"联系人：{found['name']}　电话：{found['number']}"


def _lines(number: str, signers: tuple[str, ...]) -> tuple[list[Paragraph], Paragraph]:
    """Return the lines before the last, and the last one, which has the number too."""
    for a_line in range(NAMES_A_LINE, 0, -1):
        rows = [signers[start : start + a_line] for start in range(0, len(signers), a_line)]
        columns = [max(_NAME, *map(width, column)) for column in zip_longest(*rows, fillvalue="")]
        block = width(LABEL) + sum(columns) + _BETWEEN * (len(columns) - 1)
        beside = block - (width(LABEL) if len(rows) > 1 else 0)  # the number, in the last line
        if width(number) + _BETWEEN + beside <= _ROOM >= block:
            break
    first = 1 + _ROOM - block + width(LABEL)  # in characters from the left edge
    places = [first + sum(columns[:index]) + _BETWEEN * index for index in range(len(columns))]
    made = [
        _line("" if row is not rows[-1] else number, row, places, LABEL if row is rows[0] else "")
        for row in rows
    ]
    return made[:-1], made[-1]


def _line(number: str, names: tuple[str, ...], places: list[float], label: str) -> Paragraph:
    stops = [places[0] - width(label), *places[1:]]
    return Paragraph(
        layout.NUMBER,
        f"{number}\t{label}" + "\t".join(names),
        align="left",
        indents_tw=(0, 0, layout.CHAR_TW),
        tabs=tuple(("left", round(place * layout.CHAR_TW)) for place in stops),
        xml=run(f"{number}\t{label}") + run("\t".join(names), fonts=fonts(layout.KAI)),
    )
