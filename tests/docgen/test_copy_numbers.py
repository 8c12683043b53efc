"""Each copy bears its own number, six figures in the first line (GB/T 9704-2012, 7.2.1), in millimetres."""

from dataclasses import replace
from functools import cache

import pytest

from docgen import pdf
from docgen.adjust import STANDARD
from docgen.copy_numbers import copy_number, figures, numbered
from docgen.errors import DocgenError
from docgen.render import render
from docgen.sheet import Content
from tests.docgen.paper import Page, read_pages
from tests.docgen.test_letter import LETTER, PLAIN, xml_of
from tests.docgen.twin import PARTICULARS, TWIN, notice, paragraph

LINE = 579 / 1440 * 25.4
NOTICE = notice(paragraph(200), numbered=True, urgency="特急", copy_to="省文明办")


@cache
def copies(content: Content, first: int, last: int) -> list[Page]:
    """Return the pages of the paper with the room blank, numbered for these copies."""
    paper = pdf.to_pdf(render(content, PARTICULARS))
    made = pdf.to_pdf(figures(content, PARTICULARS, STANDARD))
    return read_pages(numbered(paper, made, first, last))


@pytest.mark.paper
def test_every_copy_has_its_number_in_the_first_line_and_all_its_pages() -> None:
    pages = copies(NOTICE, 98, 121)
    assert len(pages) == 48
    for serial, first, second in zip(range(98, 122), pages[::2], pages[1::2], strict=True):
        line = first.line(copy_number(serial))
        assert line.text == f"{serial:06}"
        assert line.left == pytest.approx(28, abs=0.2)
        assert line.right - line.left == pytest.approx(6 * 7.75 * 25.4 / 72, abs=0.3)
        assert {glyph.size_pt for glyph in line.glyphs} == {16}
        urgency, mark = first.line("特急"), first.line("办公室文件")
        assert urgency.baseline - line.baseline == pytest.approx(LINE, abs=0.1)
        assert line.baseline == pytest.approx(45.3, abs=0.2)
        assert mark.ink_top == pytest.approx(72, abs=0.3)
        assert "—2—" in second.lines[-1].text
        assert not any(copy_number(serial) in line.text for line in second.lines)


@pytest.mark.long
@pytest.mark.paper
@pytest.mark.parametrize("content", [LETTER, PLAIN, TWIN, replace(TWIN, urgency="特急")])
def test_the_number_stands_where_the_layout_itself_would_have_it(content: Content) -> None:
    content = replace(content, numbered=True)
    known = replace(PARTICULARS, copy_number="000007")
    wanted = read_pages(pdf.to_pdf(render(content, known)))[0].line("000007")
    found = copies(content, 7, 7)[0].line("000007")
    assert found.text == wanted.text
    for glyph, other in zip(found.glyphs, wanted.glyphs, strict=True):
        assert glyph.left == pytest.approx(other.left, abs=0.1)
        assert glyph.baseline == pytest.approx(other.baseline, abs=0.05)


def test_the_file_itself_has_the_room_blank() -> None:
    paper = xml_of(render(NOTICE, PARTICULARS))
    assert '<w:pStyle w:val="CopyNumber"/></w:pPr></w:p>' in paper
    assert "CopyNumber" not in xml_of(render(replace(NOTICE, numbered=None), PARTICULARS))


def test_the_figures_of_every_file_are_the_same_whatever_it_says() -> None:
    other = replace(PARTICULARS, masthead="某市文明办文件", number=None)
    assert figures(NOTICE, PARTICULARS, STANDARD) == figures(TWIN, other, STANDARD)
    assert figures(LETTER, PARTICULARS, STANDARD) != figures(TWIN, PARTICULARS, STANDARD)


@pytest.mark.parametrize(("first", "last"), [(0, 3), (5, 4), (1, 1_000_000)])
def test_copies_that_cannot_be_are_refused(first: int, last: int) -> None:
    with pytest.raises(DocgenError):
        numbered(b"", b"", first, last)
