"""Lay out a letter (信函格式, 10.1): its masthead, its two double rules, its imprint without rules."""

from .. import layout
from ..adjust import Layout
from ..floating import bar, text_box
from ..imprint import Imprint, names
from ..masthead import Masthead, fit_masthead
from ..oxml import Paragraph, run
from ..sheet import Content, Particulars
from ..styles import fonts

MARK_TOP_TW = layout.twips(30)  # from the page's top to the ink
MARK_FOOT, LATER_MARK_FOOT = 0.03, 0.06  # of its size: between the ink's lower edge and the line's
RULE_GAP_TW = layout.twips(4)  # from the mark's ink to the first rule
RULE_WIDTH_TW = layout.twips(170)
RULE_LEFT_TW = (layout.PAGE_WIDTH_TW - RULE_WIDTH_TW) // 2
FOOT_TW = layout.PAGE_HEIGHT_TW - layout.twips(20)  # the second rule's lower edge
THICK_TW, BETWEEN_TW, THIN_TW = 40, 28, 16  # 0.7, 0.5 and 0.3 mm: the standard leaves these open
RULE_HEIGHT_TW = THICK_TW + BETWEEN_TW + THIN_TW
NUMBER_GAP_TW = 280  # 7/8 of a character of 16 pt, from the first rule to the number's ink
NUMBER_LINE_TW = 320
_OF_A_FILE = "文件"


def header(content: Content, particulars: Particulars, adjusted: Layout, red: bool) -> list[Paragraph]:
    """Return the room down to the number with all that stands at fixed places, and the number's line.

    Without `red` neither masthead nor rules stand there.
    """
    mark = letter_masthead(particulars.masthead, adjusted)
    height_tw = mark.size_pt * 20 + mark.next_line_tw * (len(mark.lines) - 1)
    top_tw = MARK_TOP_TW - round(mark.size_pt * 20 * layout.MASTHEAD_INK_DROP)
    foot = MARK_FOOT if len(mark.lines) == 1 else LATER_MARK_FOOT
    rule_tw = top_tw + height_tw - round(mark.size_pt * 20 * foot) + RULE_GAP_TW
    words = "".join(paragraph.to_xml() for paragraph in mark.paragraphs())
    box = text_box(words, top_tw=top_tw, height_tw=height_tw, name="发文机关标志", number=2, place=7)
    rules = _rule(rule_tw, (THICK_TW, THIN_TW), 3) + _rule(FOOT_TW - RULE_HEIGHT_TW, (THIN_TW, THICK_TW), 5)
    room_tw = rule_tw + RULE_HEIGHT_TW + NUMBER_GAP_TW - layout.MARGIN_TOP_TW
    return [
        Paragraph(layout.DROP, line_tw=room_tw, xml=box + rules if red else ""),
        *_marks(content, particulars),
    ]


def letter_masthead(name: str, adjusted: Layout) -> Masthead:
    """Return the masthead of a letter: the agency's name without 文件."""
    return fit_masthead(
        name.removesuffix(_OF_A_FILE) or name, adjusted.masthead_size_pt, adjusted.masthead_percent
    )


def imprint(content: Content, particulars: Particulars, moved_addressees: str) -> Imprint | None:
    """Return the copies alone, without rules; None where there are none."""
    cells = names(content, moved_addressees)
    return Imprint(cells, ruled=False) if cells else None


def _rule(top_tw: int, heights_tw: tuple[int, int], number: int) -> str:
    places = (top_tw, top_tw + heights_tw[0] + BETWEEN_TW)
    return "".join(
        bar(
            left_tw=RULE_LEFT_TW,
            top_tw=place,
            width_tw=RULE_WIDTH_TW,
            height_tw=height,
            name="红色双线",
            number=number + index,
        )
        for index, (place, height) in enumerate(zip(places, heights_tw, strict=True))
    )


def _marks(content: Content, particulars: Particulars) -> list[Paragraph]:
    """Return 份号 and urgency one below the other at the left edge; in their first line the number."""
    heads = [(particulars.copy_number or "", layout.FANG)] if content.numbered else []
    heads += [(content.urgency, layout.HEI)] if content.urgency else []
    (first, font), *others = heads or [("", layout.HEI)]
    number = particulars.number or ""
    line = Paragraph(
        layout.NUMBER,
        f"{first}\t{number}",
        line_tw=NUMBER_LINE_TW,
        align="left",
        tabs=(("right", layout.AREA_WIDTH_TW),),
        xml=run(first, fonts=fonts(font)) + run(f"\t{number}"),
    )
    return [line, *(Paragraph(layout.URGENCY, words) for words, _ in others)]
