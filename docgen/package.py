"""Prepare a DOCX package once, and pack documents into it so that equal content has equal bytes."""

import io
import zipfile
from dataclasses import dataclass
from functools import cache

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from . import layout
from .floating import turned_number
from .layout import Style
from .oxml import Paragraph, escape
from .styles import SETTINGS, font_table, style_sheet

_DATE = (1980, 1, 1, 0, 0, 0)
_DOCUMENT, _CORE = "word/document.xml", "docProps/core.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DRAWING_SPACES = (
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_DOCUMENT_SPACES = (
    f'{_W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"{_DRAWING_SPACES}'
)
_UNUSED = (RT.THEME, RT.NUMBERING, RT.WEB_SETTINGS, RT.CUSTOM_XML, RT.THUMBNAIL)
_STYLES_WITH_EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_PAGE_NUMBER = "".join(
    f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{piece}</w:r>'
    for piece in (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    )
)
_FOOTERS = {
    "odd": Paragraph(layout.ODD_NUMBER, xml=_PAGE_NUMBER),
    "even": Paragraph(layout.EVEN_NUMBER, xml=_PAGE_NUMBER),
    "none": Paragraph(layout.GAP),
}
_LYING_FOOTERS = {
    "lying odd": Paragraph(
        layout.IMPRINT_PLACE, xml=turned_number(_FOOTERS["odd"].to_xml(), number=8), line_tw=20
    ),
    "lying even": Paragraph(
        layout.IMPRINT_PLACE, xml=turned_number(_FOOTERS["even"].to_xml(), number=9), line_tw=20
    ),
}


@dataclass(frozen=True)
class _Prepared:
    archive: bytes
    footers: dict[str, str]  # relationship ids


def section(*, numbered: bool = True, even_page: bool = False, first_numbered: bool = True) -> str:
    """Return `w:sectPr`: the page's measures and its numbers (7.5), on its first page too or not."""
    footers = _prepared().footers
    odd, even = (footers["odd"], footers["even"]) if numbered else (footers["none"],) * 2
    first = "" if first_numbered else "<w:titlePg/>"  # LibreOffice moves the text where it has a footer
    start = '<w:type w:val="evenPage"/>' if even_page else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/>{start}'
        f'<w:pgSz w:w="{layout.PAGE_WIDTH_TW}" w:h="{layout.PAGE_HEIGHT_TW}"/>'
        f'<w:pgMar w:top="{layout.MARGIN_TOP_TW}" w:right="{layout.MARGIN_RIGHT_TW}"'
        f' w:bottom="{layout.MARGIN_BOTTOM_TW}" w:left="{layout.MARGIN_LEFT_TW}" w:header="851"'
        f' w:footer="{layout.FOOTER_DISTANCE_TW}" w:gutter="0"/>{first}'
        f'<w:docGrid w:type="lines" w:linePitch="{layout.LINE_TW}"/></w:sectPr>'
    )


def lying_section() -> str:
    """Return `w:sectPr` of A4 landscape: the sheet turned, its type area and its numbers with it (8).

    The upright page's left edge is the top of this one, so a table's head is at the binding on odd pages
    and at the cut side on even ones.
    """
    footers = _prepared(lying=True).footers
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footers["lying odd"]}"/>'
        f'<w:footerReference w:type="even" r:id="{footers["lying even"]}"/>'
        f'<w:pgSz w:w="{layout.PAGE_HEIGHT_TW}" w:h="{layout.PAGE_WIDTH_TW}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{layout.MARGIN_LEFT_TW}" w:right="{layout.MARGIN_TOP_TW}"'
        f' w:bottom="{layout.MARGIN_RIGHT_TW}" w:left="{layout.MARGIN_BOTTOM_TW}" w:header="851"'
        ' w:footer="851" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{layout.LINE_TW}"/></w:sectPr>'
    )


def pack(body: str, *, title: str, creator: str) -> bytes:
    """Return the DOCX whose `w:body` has these children."""
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="http://schemas'
        f'.openxmlformats.org/package/2006/metadata/core-properties"><dc:title>{escape(title)}</dc:title>'
        f"<dc:creator>{escape(creator)}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
    document = (
        f'{_HEAD}<w:document {_DOCUMENT_SPACES} mc:Ignorable="wps"><w:body>{body}</w:body></w:document>'
    )
    rare = tuple(style for style in layout.RARE if f'<w:pStyle w:val="{style.id}"/>' in body)
    stream = io.BytesIO()
    stream.write(_prepared(rare, ' w:orient="landscape"' in body).archive)
    with zipfile.ZipFile(stream, "a") as archive:
        write_part(archive, _CORE, core.encode())
        write_part(archive, _DOCUMENT, document.encode())
    return stream.getvalue()


@cache
def _prepared(rare: tuple[Style, ...] = (), lying: bool = False) -> _Prepared:
    document = Document()
    part = document.part
    for owner, kinds in ((part, (*_UNUSED, _STYLES_WITH_EFFECTS)), (part.package, (RT.THUMBNAIL,))):
        for key in [key for key, rel in owner.rels.items() if rel.reltype in kinds]:
            del owner.rels[key]
    _fill(document.styles.element, style_sheet(rare))
    _fill(document.settings.element, SETTINGS)
    part.part_related_by(RT.FONT_TABLE)._blob = f"{_HEAD}<w:fonts {_W}>{font_table()}</w:fonts>".encode()
    footers = {}
    for name, paragraph in (_FOOTERS | _LYING_FOOTERS if lying else _FOOTERS).items():
        footer, footers[name] = part.add_footer_part()
        _fill(footer.element, paragraph.to_xml())
    return _Prepared(_archive(document), footers)


def _fill(element: BaseOxmlElement, children: str) -> None:
    spaces = _W + _DRAWING_SPACES if "<wps:" in children else _W
    element[:] = list(parse_xml(f"<w:x {spaces}>{children}</w:x>"))


def _archive(document: DocumentObject) -> bytes:
    saved, stream = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(stream, "w") as archive:
        for name in source.namelist():
            if name not in (_DOCUMENT, _CORE):
                write_part(archive, name, source.read(name))
    return stream.getvalue()


def write_part(archive: zipfile.ZipFile, name: str, data: bytes, *, packed: bool = True) -> None:
    """Write a part so that equal parts make equal packages."""
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
