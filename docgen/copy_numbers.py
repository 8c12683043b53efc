"""Number the copies of a paper (份号, 7.2.1): on page 1 of each its own number of six figures."""

import io
from dataclasses import replace

import pypdfium2

from . import layout
from .adjust import Layout
from .errors import DocgenError
from .formats.form import laid_out_as
from .oxml import Paragraph
from .package import pack, section
from .sheet import Content, Particulars

DIGITS = 6
_AT_ONCE = 20
_FOOT_PT = layout.MARGIN_BOTTOM_TW / 20
LAST = 10**DIGITS - 1
_DIGIT_PT = (layout.CHAR_TW - layout.SPACING_TW) / 40 + layout.SPACING_TW / 20  # half a 汉字, closed up


def copy_number(serial: int) -> str:
    """Return 000001 for the first copy."""
    return f"{serial:0{DIGITS}}"


def figures(content: Content, particulars: Particulars, adjusted: Layout) -> bytes:
    """Return a DOCX of ten pages: on each one figure, where the number of a copy of this paper begins."""
    plain = replace(content, urgency=None, numbered=True)
    pages = []
    for figure in map(str, range(10)):
        known = replace(particulars, copy_number=figure, number=None)
        place = _place(laid_out_as(plain).header(plain, known, adjusted, False), figure)
        pages += [replace(place[0], page_break=figure != "0"), *place[1:]]
    body = "".join(paragraph.to_xml() for paragraph in pages)
    return pack(body + section(), title="份号", creator="")


def _place(header: list[Paragraph], figure: str) -> list[Paragraph]:
    """Return what stands above the number on page 1, and its line."""
    at = next(index for index, paragraph in enumerate(header) if paragraph.text.strip() == figure)
    return header[: at + 1]


def numbered(paper: bytes, figures_pdf: bytes, first: int, last: int) -> bytes:
    """Return the PDF once for each copy from the first number to the last, each with its own on page 1.

    `figures_pdf` is the PDF of `figures`.
    """
    if not 1 <= first <= last <= LAST:
        raise DocgenError(f"There are no copies {first} to {last}.")
    with (
        pypdfium2.PdfDocument(paper) as one,
        pypdfium2.PdfDocument(figures_pdf) as ten,
        pypdfium2.PdfDocument.new() as everything,
    ):
        for page in ten:
            _leave_the_figure(page)
        for start in range(first, last + 1, _AT_ONCE):
            with _some(one, ten, range(start, min(start + _AT_ONCE, last + 1))) as some:
                everything.import_pages(some)
        stream = io.BytesIO()
        everything.save(stream)
        return stream.getvalue()


def _leave_the_figure(page: pypdfium2.PdfPage) -> None:
    """Take the page's own number out."""
    for item in list(page.get_objects(max_depth=1)):
        if item.get_bounds()[3] < _FOOT_PT:
            page.remove_obj(item)
    page.gen_content()


def _some(one: pypdfium2.PdfDocument, ten: pypdfium2.PdfDocument, serials: range) -> pypdfium2.PdfDocument:
    """Return a few copies; pdfium takes the square of their number in time."""
    copies = pypdfium2.PdfDocument.new()
    pages = len(one)
    copies.import_pages(one, list(range(pages)) * len(serials))
    forms = [ten.page_as_xobject(figure, copies) for figure in range(10)]
    for index, serial in enumerate(serials):
        page = copies[index * pages]
        for place, figure in enumerate(copy_number(serial)):
            item = forms[int(figure)].as_pageobject()
            item.set_matrix(pypdfium2.PdfMatrix().translate(place * _DIGIT_PT, 0))
            page.insert_obj(item)
        page.gen_content()
        page.close()
    return copies
