"""Lay out addressees, text, signature, annotation, the issued text and the attachments (7.3)."""

from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from . import layout
from .cosigned import under_seals
from .measure import width
from .names import in_columns
from .outline import Line, Names, Table, read_outline
from .oxml import Paragraph
from .sheet import Content, Part, Particulars
from .title import break_title

Flow = list[Paragraph | Table]
Breaks = Mapping[str, Container[int]]  # by a text's field: the paragraphs before which a page begins


def chinese_date(day: date) -> str:
    """Return 2024年4月7日: Arabic numerals without leading noughts (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def text(source: str, breaks: Container[int] = ()) -> Flow:
    """Return the paragraphs and tables of a plain text; a page begins before those numbered in `breaks`."""
    flow: Flow = []
    for number, block in enumerate(read_outline(source), 1):
        start = len(flow)
        if isinstance(block, Table):
            flow += [Paragraph(layout.TABLE_GAP, keep_next=True), block, Paragraph(layout.TABLE_GAP)]
        elif isinstance(block, Names):
            flow += in_columns(block)
        else:
            flow.append(_paragraph(block))
        if number in breaks:
            flow[start] = replace(cast(Paragraph, flow[start]), page_break=True)
    return flow


def _paragraph(line: Line) -> Paragraph:
    if not line.level:
        return Paragraph(layout.BODY, line.text)
    style = layout.LEVELS[line.level - 1]
    if line.level > 2:
        return Paragraph(style, line.text)
    if line.lead == len(line.text):
        return Paragraph(style, line.text, keep_next=True)
    return Paragraph(layout.BODY, line.text, lead=line.lead, lead_style=f"{style.id}Lead")


def addressees(names: str) -> list[Paragraph]:
    """Return the addressees' paragraph, if there are any."""
    return [Paragraph(layout.ADDRESSEES, f"{names}：")] if names else []


def attachment_note(attachments: tuple[Part, ...]) -> list[Paragraph]:
    """Return the list of attachments after a blank line; turnovers stand under the name (7.3.4)."""
    if not attachments:
        return []
    start = layout.TWO_CHARS_TW
    names = start + 3 * layout.CHAR_TW
    if len(attachments) == 1:
        indent = (names, 0, start - names)
        return [Paragraph(layout.GAP), _note(f"附件：{attachments[0].title}", indent)]
    digits = len(str(len(attachments)))
    hang = names + (digits + 1) * layout.CHAR_TW // 2
    notes = [Paragraph(layout.GAP)]
    for number, part in enumerate(attachments, 1):
        label, first = (f"附件：{number}.", start) if number == 1 else (f"{number}.", names)
        notes.append(_note(f"{label}\t{part.title}", (hang, 0, first - hang)))
    return notes


def _note(words: str, indents: tuple[int, int, int]) -> Paragraph:
    return Paragraph(layout.ATTACHMENT_NOTE, words, indents_tw=indents)


def closing(content: Content, particulars: Particulars, annotations: tuple[str, ...]) -> list[Paragraph]:
    """Return signature and date (7.3.5.1 with a seal, 7.3.5.2 without), and the annotations (7.3.6)."""
    day = chinese_date(particulars.dated) if particulars.dated else ""
    notes = [words for note in annotations if (words := note.strip("（）()"))]
    signatures = (particulars.signature, *particulars.co_signatures)
    if len(signatures) > 1 and content.seal is not False:
        signed = under_seals(signatures, day, kept=bool(notes))
    else:
        signed = _signed(signatures, day, sealed=content.seal is not False, kept=bool(notes))
    return [*signed, *annotated(notes)]


def annotated(notes: list[str]) -> list[Paragraph]:
    """Return the annotations in brackets, one below the other on one page."""
    kept = [True] * (len(notes) - 1)
    return [
        Paragraph(layout.ANNOTATION, f"（{note}）", keep_next=keep)
        for note, keep in zip(notes, [*kept, None], strict=False)
    ]


def _signed(signatures: tuple[str, ...], day: str, *, sealed: bool, kept: bool) -> list[Paragraph]:
    """Return the signatures one below the other, the one that leads first, and the date below them."""
    place = _under_seal if sealed else _without_seal
    left, dated = place(max(map(width, signatures)), width(day) if day else 7.0)
    align = "center" if sealed else "left"
    gaps = layout.SEAL_ROOM_LINES if sealed else 1
    return [
        *[Paragraph(layout.KEPT_GAP)] * gaps,
        *[Paragraph(layout.SIGNATURE, name, indents_tw=(left, 0, 0), align=align) for name in signatures],
        Paragraph(layout.DATED, day, indents_tw=(dated, 0, 0), align=align, keep_next=kept or None),
    ]


def _under_seal(signature: float, day: float) -> tuple[int, int]:
    """Return the left indents between which and the right edge both are centred on one axis."""
    axis = max(
        (layout.SEAL_DATE_INSET_CHARS + day / 2) * layout.CHAR_TW, (signature / 2 + 1) * layout.CHAR_TW
    )
    left = max(0, round(layout.AREA_WIDTH_TW - 2 * axis))
    return left, left


def _without_seal(signature: float, day: float) -> tuple[int, int]:
    """Return the left indents of the signature and, two characters further right, of the date."""
    inset, shift = layout.PLAIN_INSET_CHARS, layout.PLAIN_DATE_SHIFT_CHARS
    room = signature if day <= signature else day + shift
    left = layout.AREA_WIDTH_TW - (inset + room) * layout.CHAR_TW
    signed = max(0, round(left))
    return signed, signed + shift * layout.CHAR_TW


def issued(part: Part, breaks: Breaks) -> Flow:
    """Return the issued text, on a new page and without any attachment mark (practice)."""
    return [
        Paragraph(layout.PAGE_START),
        Paragraph(layout.GAP, keep_next=True),
        Paragraph(layout.ISSUED_TITLE, "\n".join(break_title(part.title))),
        Paragraph(layout.GAP),
        *text(part.body, breaks.get("issued_text.body", ())),
    ]


def attachments(parts: tuple[Part, ...], breaks: Breaks) -> Flow:
    """Return each attachment on a new page: mark in the first line, title in the third (7.3.7).

    One that is a file has its number but no page here: it is printed by itself.
    """
    flow: Flow = []
    for number, part in enumerate(parts, 1):
        if part.file:
            continue
        mark = "附件" if len(parts) == 1 else f"附件{number}"
        flow += [
            Paragraph(layout.ATTACHMENT_MARK, mark),
            Paragraph(layout.GAP, keep_next=True),
            Paragraph(layout.ATTACHMENT_TITLE, "\n".join(break_title(part.title))),
            Paragraph(layout.GAP),
            *text(part.body, breaks.get(f"attachments[{number - 1}].body", ())),
        ]
    return flow


def keep_with_next(flow: Flow) -> Flow:
    """Return the flow with its last paragraph bound to what follows, so that no signature stands alone.

    A text's only paragraph stays free: page 1 must show text (7.3.3).
    """
    if len(flow) < 2:
        return flow
    last = cast(Paragraph, flow[-1])  # no text ends with a table
    return [*flow[:-1], replace(last, keep_next=True)]
