"""Measure a PDF's pages in millimetres from the page's upper left corner."""

import ctypes
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

MM_A_POINT = 25.4 / 72
_INVISIBLE = "\u2060\u200b"


@dataclass(frozen=True)
class Glyph:
    """One character: its box, the ink's top and bottom, its baseline, its font, size and colour."""

    text: str
    left: float
    right: float
    ink_top: float
    ink_bottom: float
    baseline: float
    font: str
    size_pt: float
    colour: tuple[int, int, int]


@dataclass(frozen=True)
class Line:
    """The glyphs on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def ink_top(self) -> float:
        return min(glyph.ink_top for glyph in self.glyphs)

    @property
    def ink_bottom(self) -> float:
        return max(glyph.ink_bottom for glyph in self.glyphs)


@dataclass(frozen=True)
class Rule:
    """A horizontal rule; `weight` is its ink's."""

    left: float
    right: float
    top: float
    bottom: float
    weight: float
    colour: tuple[int, int, int]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Page:
    """What stands on a page."""

    number: int
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]

    def line(self, words: str) -> Line:
        """Return the one line with these words."""
        (found,) = [line for line in self.lines if words in line.text]
        return found

    @property
    def text_lines(self) -> list[Line]:
        """Return the lines within the type area."""
        return [line for line in self.lines if line.baseline < 262]


def read_pages(pdf: bytes) -> list[Page]:
    """Return every page of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(page, number) for number, page in enumerate(document, 1)]


def _page(page: pypdfium2.PdfPage, number: int) -> Page:
    height = page.get_height()
    glyphs = sorted(_glyphs(page, height), key=lambda g: (round(g.baseline, 1), g.left))
    lines = tuple(Line(tuple(group)) for _, group in groupby(glyphs, key=lambda g: round(g.baseline, 1)))
    return Page(number, lines, tuple(sorted(_rules(page, height), key=lambda rule: rule.top)))


def _glyphs(page: pypdfium2.PdfPage, height: float) -> list[Glyph]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    tint = [ctypes.c_uint() for _ in range(4)]
    name = ctypes.create_string_buffer(200)
    glyphs = []
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not character.strip() or character in _INVISIBLE:
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetFontInfo(text, index, name, 200, None)
        pdfium.FPDFText_GetFillColor(text, index, *tint)
        left, _, right, _ = text.get_charbox(index, loose=True)
        _, bottom, _, top = text.get_charbox(index)
        glyphs.append(
            Glyph(
                character,
                left * MM_A_POINT,
                right * MM_A_POINT,
                (height - top) * MM_A_POINT,
                (height - bottom) * MM_A_POINT,
                (height - y.value) * MM_A_POINT,
                name.value.decode(),
                pdfium.FPDFText_GetFontSize(text, index),
                _colour(tint),
            )
        )
    return glyphs


def _rules(page: pypdfium2.PdfPage, height: float) -> list[Rule]:
    """Return the paths that are wide and flat; pieces that touch are one rule."""
    pieces = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = (value * MM_A_POINT for value in item.get_bounds())
        if right - left > 5 and top - bottom < 1:
            edges = (left, right, height * MM_A_POINT - top, height * MM_A_POINT - bottom)
            pieces.append(Rule(*edges, *_weight_and_colour(item, top - bottom)))
    return pieces


def _weight_and_colour(path: pypdfium2.PdfObject, high: float) -> tuple[float, tuple[int, int, int]]:
    """Return them of a filled path or of a stroke, around which the bounds are twice as high as its ink."""
    filled, stroked, tint = ctypes.c_int(), ctypes.c_int(), [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPath_GetDrawMode(path, filled, stroked)
    read = pdfium.FPDFPageObj_GetStrokeColor if stroked.value else pdfium.FPDFPageObj_GetFillColor
    read(path, *tint)
    return high / 2 if stroked.value else high, _colour(tint)


def _colour(tint: list[ctypes.c_uint]) -> tuple[int, int, int]:
    return tint[0].value, tint[1].value, tint[2].value
