"""Lay out the imprint (版记, 7.4): a box that stands on the type area's lower edge."""

from dataclasses import dataclass
from math import ceil

from . import layout
from .body import chinese_date
from .measure import count_lines, width
from .oxml import Paragraph, run
from .sheet import Content, Particulars

_THICK, _THIN = layout.IMPRINT_THICK_EIGHTHS, layout.IMPRINT_THIN_EIGHTHS
_LIST_ROOM = (layout.AREA_WIDTH_TW - 5 * layout.SMALL_TW) // layout.SMALL_TW
_LINE_ROOM = (layout.AREA_WIDTH_TW - 2 * layout.SMALL_TW) // layout.SMALL_TW
_DATE_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{layout.AREA_WIDTH_TW - layout.SMALL_TW}"/></w:tabs>'


@dataclass(frozen=True)
class Imprint:
    """The imprint's cells from top to bottom: (their XML, their lines)."""

    cells: tuple[tuple[str, int], ...]

    @property
    def height_tw(self) -> int:
        """Height from the first rule's upper to the last rule's lower edge."""
        return sum(_cell_height(lines) for _, lines in self.cells) + _THICK * 20 // 8

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
            f'<w:tbl><w:tblPr><w:tblW w:w="{width_tw}" w:type="dxa"/><w:tblBorders>'
            f'<w:top w:val="single" w:sz="{_THICK}" w:space="0" w:color="000000"/>'
            f'<w:bottom w:val="single" w:sz="{_THICK}" w:space="0" w:color="000000"/>'
            f'<w:insideH w:val="single" w:sz="{_THIN}" w:space="0" w:color="000000"/></w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{width_tw}"/></w:tblGrid>'
            + "".join(
                f'<w:tr><w:trPr><w:trHeight w:val="{_cell_height(lines)}" w:hRule="atLeast"/></w:trPr>'
                f'<w:tc><w:tcPr><w:tcW w:w="{width_tw}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
                f"{xml}</w:tc></w:tr>"
                for xml, lines in self.cells
            )
            + "</w:tbl>"
        )

    def _box(self) -> str:
        cx, cy = layout.emu(layout.AREA_WIDTH_TW), layout.emu(self.height_tw)
        top = layout.emu(layout.PAGE_HEIGHT_TW - layout.MARGIN_BOTTOM_TW - self.height_tw)
        end = Paragraph(layout.IMPRINT_PLACE, line_tw=20).to_xml()
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"'
            ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
            f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            '<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/><a:graphic>'
            '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{self.table()}{end}"
            '</w:txbxContent></wps:txbx><wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'
            ' anchor="t"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
            "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
        )


def imprint(content: Content, particulars: Particulars, moved_addressees: str) -> Imprint:
    """Return the imprint; addressees that page 1 has no room for stand above the copies (7.4.2)."""
    lists = [("主送", moved_addressees), ("抄送", content.copy_to)]
    texts = [f"{label}：{names}。" for label, names in lists if names]
    cells = []
    if texts:
        lines = sum(count_lines(words[3:], _LIST_ROOM) for words in texts)
        cells.append(("".join(Paragraph(layout.COPIES, words).to_xml() for words in texts), lines))
    return Imprint((*cells, _printed(particulars)))


def _printed(particulars: Particulars) -> tuple[str, int]:
    day = f"{chinese_date(particulars.printed_on)}印发" if particulars.printed_on else ""
    agency = particulars.printed_by
    if width(agency) + width(day) + 1 <= _LINE_ROOM:
        words = run(f"{agency}\t{day}")
        return f'<w:p><w:pPr><w:pStyle w:val="{layout.PRINTED.id}"/>{_DATE_TAB}</w:pPr>{words}</w:p>', 1
    above = Paragraph(layout.PRINTED, agency).to_xml()
    below = Paragraph(layout.PRINTED, day, align="right").to_xml()
    return above + below, count_lines(agency, _LINE_ROOM) + 1


def _cell_height(lines: int) -> int:
    return lines * layout.IMPRINT_LINE_TW + 2 * layout.IMPRINT_PADDING_TW
