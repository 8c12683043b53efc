"""Make of a PDF what is put into the printer: without its red, or one side of the sheets."""

import ctypes
import io
from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as pdfium

_RED_FROM, _OTHERS_BELOW = 128, 96
_Colour = Callable[..., int]


def without_red(pdf: bytes) -> bytes:
    """Return the PDF for paper on which the red is printed already (套印): the red is taken out, no more."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            red = [item for item in page.get_objects(max_depth=1) if _is_red(item)]
            for item in red:
                page.remove_obj(item)
            if red:
                page.gen_content()
        return _saved(document)


def odd_pages(pdf: bytes) -> bytes:
    """Return the pages for the sheets' front sides."""
    with pypdfium2.PdfDocument(pdf) as document, pypdfium2.PdfDocument.new() as chosen:
        chosen.import_pages(document, list(range(0, len(document), 2)))
        return _saved(chosen)


def even_pages_backwards(pdf: bytes) -> bytes:
    """Return the pages for the back sides, last first, to be printed on the turned pile.

    Where the last sheet has no back, a blank page keeps the order.
    """
    with pypdfium2.PdfDocument(pdf) as document, pypdfium2.PdfDocument.new() as chosen:
        pages = len(document)
        if pages % 2:
            chosen.new_page(*document[0].get_size())
        if pages > 1:
            chosen.import_pages(document, list(range(pages - 1 - pages % 2, 0, -2)))
        return _saved(chosen)


def _is_red(item: pypdfium2.PdfObject) -> bool:
    return any(map(_red, _inks(item)))


def _inks(item: pypdfium2.PdfObject) -> list[tuple[int, int, int]]:
    """Return the colours that a text or a path is painted with."""
    if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
        return [_colour(item, pdfium.FPDFPageObj_GetFillColor)]
    if item.type != pdfium.FPDF_PAGEOBJ_PATH:
        return []
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    inks = [_colour(item, pdfium.FPDFPageObj_GetFillColor)] if fill.value else []
    return [*inks, _colour(item, pdfium.FPDFPageObj_GetStrokeColor)] if stroke.value else inks


def _colour(item: pypdfium2.PdfObject, read: _Colour) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    read(item, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _red(colour: tuple[int, int, int]) -> bool:
    return colour[0] >= _RED_FROM and max(colour[1:]) < _OTHERS_BELOW


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
