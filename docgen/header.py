"""Lay out what stands above the red rule, the rule, and the title (7.2, 7.3.1)."""

from dataclasses import replace

from . import layout
from .adjust import Layout
from .joint import JointMasthead, fit_joint_masthead
from .masthead import Masthead, fit_masthead
from .oxml import Paragraph
from .sheet import Content, Particulars
from .title import break_title


def header(content: Content, particulars: Particulars, adjusted: Layout, red: bool = True) -> list[Paragraph]:
    """Return the paragraphs from the top of page 1 to the red rule; without `red` its room stays blank."""
    number = Paragraph(layout.NUMBER, particulars.number or "", rule="red" if red else "blank")
    return [*mark_and_room(content, particulars, adjusted, red), number]


def mark_and_room(
    content: Content,
    particulars: Particulars,
    adjusted: Layout,
    red: bool,
    *,
    ink_top_tw: int = layout.MASTHEAD_DROP_TW,
) -> list[Paragraph]:
    """Return the paragraphs from the top of page 1 to the two blank lines under the masthead.

    The masthead's ink begins `ink_top_tw` under the type area's top; above it stand 份号 and urgency.
    """
    mark = _mark(particulars, adjusted.masthead_size_pt, adjusted.masthead_percent)
    above = [Paragraph(layout.COPY_NUMBER, particulars.copy_number or "")] if content.numbered else []
    above += [Paragraph(layout.URGENCY, content.urgency)] if content.urgency else []
    room_tw = mark.drop_tw - layout.MASTHEAD_DROP_TW + ink_top_tw
    if len(above) * layout.LINE_TW >= room_tw:  # under an order's masthead: closer lines
        above = [replace(line, line_tw=2 * room_tw // (2 * len(above) + 1)) for line in above]
    used_tw = sum(line.line_tw or layout.LINE_TW for line in above)
    return [
        *above,
        Paragraph(layout.DROP, line_tw=room_tw - used_tw),
        *mark.paragraphs(blank=not red),
        *[Paragraph(layout.GAP)] * 2,
    ]


def _mark(particulars: Particulars, size_pt: int | None, percent: int | None) -> Masthead | JointMasthead:
    """Return the masthead of the agency, or of all that issue the document jointly."""
    if particulars.co_mastheads:
        return fit_joint_masthead((particulars.masthead, *particulars.co_mastheads), size_pt, percent)
    return fit_masthead(particulars.masthead, size_pt, percent)


def title(content: Content, adjusted: Layout) -> list[Paragraph]:
    """Return the title's paragraphs with the blank lines around it."""
    return [
        *[Paragraph(layout.GAP)] * 2,
        Paragraph(layout.TITLE, "\n".join(adjusted.title_lines or break_title(content.title))),
        Paragraph(layout.GAP),
    ]
