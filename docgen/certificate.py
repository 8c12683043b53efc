"""Lay out the certificate of a title (荣誉证书): A4 landscape within a red frame."""

from dataclasses import dataclass
from datetime import date

from . import layout
from .body import chinese_date
from .layout import twips
from .measure import count_lines, width
from .oxml import Paragraph
from .package import pack

HEADING = "荣誉证书"
MARGIN_TW, FRAME_PT, FRAME_EIGHTHS = twips(32), 24, 24
AREA_TW = layout.PAGE_HEIGHT_TW - 2 * MARGIN_TW  # its width, the page lying
SIGNED_TW = twips(110)  # the room in whose middle the signature stands, at the right edge
SEAL_TW = twips(8)  # between the text and the signature, besides what stays blank
ABOVE_TW = twips(12)
SMALLEST_PT = 14
INDENT = "　　"
SMALLER = '<w:sz w:val="40"/><w:szCs w:val="40"/>'  # where the title is too long for a line
_FRAME = "".join(
    f'<w:{side} w:val="thinThickSmallGap" w:sz="{FRAME_EIGHTHS}" w:space="{FRAME_PT}"'
    f' w:color="{layout.RED}"/>'
    for side in ("top", "left", "bottom", "right")
)
_SECTION = (
    f'<w:sectPr><w:pgSz w:w="{layout.PAGE_HEIGHT_TW}" w:h="{layout.PAGE_WIDTH_TW}" w:orient="landscape"/>'
    f'<w:pgMar w:top="{MARGIN_TW}" w:right="{MARGIN_TW}" w:bottom="{MARGIN_TW}" w:left="{MARGIN_TW}"'
    f' w:header="567" w:footer="567" w:gutter="0"/><w:pgBorders w:offsetFrom="page">{_FRAME}</w:pgBorders>'
    "</w:sectPr>"
)


@dataclass(frozen=True)
class Certificate:
    """What a certificate says: the unit, its title, until when it holds it, who confers it, and when."""

    unit: str
    category: str
    term: str
    until: date
    agency: str
    dated: date
    number: str


def render_certificate(award: Certificate) -> bytes:
    """Return the certificate as a DOCX of one page; equal input has equal bytes."""
    unit, text = layout.AWARD_UNIT, layout.AWARD_TEXT
    words = f"被命名为{award.term}{award.category}。"
    signed = (AREA_TW - SIGNED_TW, 0, 0)
    long = count_lines(f"{INDENT}{words}", AREA_TW / text.char_tw) > 1
    above, gap, smaller = (ABOVE_TW // 3, SEAL_TW // 2, SMALLER) if long else (ABOVE_TW, SEAL_TW, "")
    paragraphs = [
        Paragraph(layout.IMPRINT_PLACE, line_tw=above),
        Paragraph(layout.AWARD_HEAD, HEADING),
        Paragraph(layout.IMPRINT_PLACE, line_tw=gap),
        Paragraph(unit, f"{award.unit}：", properties=_size(f"{award.unit}：", AREA_TW, unit.size_pt)),
        Paragraph(text, words, properties=smaller),
        Paragraph(text, "特颁此证。", properties=smaller),
        Paragraph(layout.IMPRINT_PLACE, line_tw=gap),
        Paragraph(
            layout.AWARD_SIGNED,
            award.agency,
            indents_tw=signed,
            properties=_size(award.agency, SIGNED_TW, layout.AWARD_SIGNED.size_pt),
        ),
        Paragraph(layout.AWARD_SIGNED, chinese_date(award.dated), indents_tw=signed),
        Paragraph(layout.IMPRINT_PLACE, line_tw=gap),
        Paragraph(
            layout.AWARD_NUMBER,
            f"证书编号：{award.number}\t有效期至{chinese_date(award.until)}",
            tabs=(("right", AREA_TW),),
        ),
    ]
    body = "".join(one.to_xml() for one in paragraphs)
    return pack(f"{body}{_SECTION}", title=f"{award.unit}{HEADING}", creator=award.agency)


def _size(words: str, room_tw: int, usual_pt: int) -> str:
    """Return the properties of a line that is set smaller where it would have no room; none where it has."""
    fits = int(room_tw / 20 / max(width(words), 1))
    if fits >= usual_pt:
        return ""
    half_points = 2 * max(fits, SMALLEST_PT)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
