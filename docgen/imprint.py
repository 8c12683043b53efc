"""Lay out the imprint (版记, 7.4): a box that stands on the type area's lower edge."""

from dataclasses import dataclass
from math import ceil

from . import layout
from .body import chinese_date
from .floating import text_box
from .measure import count_lines, width
from .oxml import Paragraph, run
from .sheet import Content, Particulars

_THICK, _THIN = layout.IMPRINT_THICK_EIGHTHS, layout.IMPRINT_THIN_EIGHTHS
_RULES = (
    f'<w:tblBorders><w:top w:val="single" w:sz="{_THICK}" w:space="0" w:color="000000"/>'
    f'<w:bottom w:val="single" w:sz="{_THICK}" w:space="0" w:color="000000"/>'
    f'<w:insideH w:val="single" w:sz="{_THIN}" w:space="0" w:color="000000"/></w:tblBorders>'
)
_LIST_ROOM = (layout.AREA_WIDTH_TW - 5 * layout.SMALL_TW) // layout.SMALL_TW
_LINE_ROOM = (layout.AREA_WIDTH_TW - 2 * layout.SMALL_TW) // layout.SMALL_TW
_DATE_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{layout.AREA_WIDTH_TW - layout.SMALL_TW}"/></w:tabs>'


@dataclass(frozen=True)
class Imprint:
    """The imprint's cells from top to bottom: (their XML, their lines); rules divide them, or nothing."""

    cells: tuple[tuple[str, int], ...]
    ruled: bool = True

    @property
    def height_tw(self) -> int:
        """Height from the first rule's upper to the last rule's lower edge."""
        rules_tw = _THICK * 20 // 8 if self.ruled else 0
        return sum(self._cell_height(lines) for _, lines in self.cells) + rules_tw

    @property
    def reserve_tw(self) -> int:
        """Room that it takes from the text: whole lines."""
        return ceil(self.height_tw / layout.LINE_TW) * layout.LINE_TW

    @property
    def fits_a_page(self) -> bool:
        """Tell whether it is no higher than the type area."""
        return self.reserve_tw <= layout.AREA_HEIGHT_TW

    def place(self) -> Paragraph:
        """Return the paragraph that holds the box and is as high, so that no text comes under it.

        The paragraph goes to the next page as a whole where its page has too little room.
        """
        return Paragraph(layout.IMPRINT_PLACE, line_tw=self.reserve_tw, xml=self._box())

    def table(self) -> str:
        """Return `w:tbl`."""
        width_tw = layout.AREA_WIDTH_TW
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{width_tw}" w:type="dxa"/>{_RULES if self.ruled else ""}'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{width_tw}"/></w:tblGrid>'
            + "".join(
                f'<w:tr><w:trPr><w:trHeight w:val="{self._cell_height(lines)}" w:hRule="atLeast"/></w:trPr>'
                f'<w:tc><w:tcPr><w:tcW w:w="{width_tw}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
                f"{xml}</w:tc></w:tr>"
                for xml, lines in self.cells
            )
            + "</w:tbl>"
        )

    def _cell_height(self, lines: int) -> int:
        padding_tw = layout.IMPRINT_PADDING_TW if self.ruled else 0
        return lines * layout.IMPRINT_LINE_TW + 2 * padding_tw

    def _box(self) -> str:
        end = Paragraph(layout.IMPRINT_PLACE, line_tw=20).to_xml()
        top_tw = layout.PAGE_HEIGHT_TW - layout.MARGIN_BOTTOM_TW - self.height_tw
        return text_box(f"{self.table()}{end}", top_tw=top_tw, height_tw=self.height_tw, name="版记")


def imprint(content: Content, particulars: Particulars, moved_addressees: str) -> Imprint:
    """Return the imprint; addressees that page 1 has no room for stand above the copies (7.4.2)."""
    return Imprint((*names(content, moved_addressees), _printed(particulars)))


def names(content: Content, moved_addressees: str) -> tuple[tuple[str, int], ...]:
    """Return the cell of addressees and copies; none where there are neither."""
    lists = [("主送", moved_addressees), ("抄送", content.copy_to)]
    texts = [f"{label}：{names}。" for label, names in lists if names]
    if not texts:
        return ()
    lines = sum(count_lines(words[3:], _LIST_ROOM) for words in texts)
    return (("".join(Paragraph(layout.COPIES, words).to_xml() for words in texts), lines),)


def _printed(particulars: Particulars) -> tuple[str, int]:
    day = f"{chinese_date(particulars.printed_on)}印发" if particulars.printed_on else ""
    agency = particulars.printed_by
    if width(agency) + width(day) + 1 <= _LINE_ROOM:
        words = run(f"{agency}\t{day}")
        return f'<w:p><w:pPr><w:pStyle w:val="{layout.PRINTED.id}"/>{_DATE_TAB}</w:pPr>{words}</w:p>', 1
    above = Paragraph(layout.PRINTED, agency).to_xml()
    below = Paragraph(layout.PRINTED, day, align="right").to_xml()
    return above + below, count_lines(agency, _LINE_ROOM) + 1
