"""A letter keeps the measures of GB/T 9704-2012, 10.1, in millimetres."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from docx import Document

from docgen import pdf
from docgen.adjust import Layout
from docgen.errors import ContentError
from docgen.formats.table import TABLE, forms_of
from docgen.reading import read_content
from docgen.redline import redline
from docgen.render import render
from docgen.sheet import TYPES, Content, Particulars
from tests.docgen.paper import Page, read_pages
from tests.docgen.test_overprint import has_red
from tests.docgen.twin import PARTICULARS, notice, paragraph

LINE = 579 / 1440 * 25.4
LETTER = Content(
    "函",
    "关于商请支持开展省直机关读书活动的函",
    "\n".join([paragraph(60), *[paragraph(150)] * 3]),
    addressees="河南省示例厅",
    copy_to="省委宣传部，省文明办",
    urgency="特急",
)
PLAIN = replace(LETTER, body=paragraph(60), copy_to="", urgency=None)
LONG_NAME = replace(
    PARTICULARS, masthead="河南省省直机关精神文明建设指导委员会办公室河南省示例机关工作委员会文件"
)


@cache
def made(content: Content, particulars: Particulars = PARTICULARS) -> bytes:
    return pdf.to_pdf(render(content, particulars))


def pages(content: Content, particulars: Particulars = PARTICULARS) -> list[Page]:
    return read_pages(made(content, particulars))


def heights(page: Page) -> list[float]:
    return [rule.bottom - rule.top for rule in page.rules]


def keeps_the_head(page: Page, lines: int) -> bool:
    """Tell whether masthead and first double rule of a letter stand where they should."""
    mark = [line for line in page.lines if line.glyphs[0].size_pt > 25]
    return (
        len(mark) == lines
        and abs(mark[0].ink_top - 30) < 0.3
        and abs(page.rules[0].top - mark[-1].ink_bottom - 4) < 0.3
        and all(abs(line.middle - 106) < 0.8 for line in mark)
        and not mark[-1].text.endswith("文件")
    )


@pytest.mark.paper
def test_the_mark_is_30_mm_from_the_top_and_the_first_rule_4_mm_under_it() -> None:
    assert keeps_the_head(pages(LETTER)[0], 1)


@pytest.mark.paper
def test_two_double_rules_170_mm_long_stand_in_the_middle_of_page_1_only() -> None:
    first, *others = pages(LETTER)
    assert len(first.rules) == 4
    for rule in first.rules:
        assert rule.right - rule.left == pytest.approx(170, abs=0.3)
        assert (rule.left + rule.right) / 2 == pytest.approx(105, abs=0.2)
    thick, thin, thin_again, thick_again = heights(first)
    assert thick == pytest.approx(thick_again, abs=0.05)
    assert thin == pytest.approx(thin_again, abs=0.05)
    assert thick > 2 * thin
    assert 297 - first.rules[-1].bottom == pytest.approx(20, abs=0.3)
    assert has_red(made(LETTER))
    assert others
    assert not any(page.rules for page in others)


@pytest.mark.paper
def test_urgency_and_number_stand_flush_7_8_of_a_character_under_the_rule() -> None:
    page = pages(LETTER)[0]
    line = page.line("〔2031〕14号")
    assert line.text == "特急豫直文明办〔2031〕14号"
    assert line.left == pytest.approx(28, abs=0.2)
    assert line.right == pytest.approx(184, abs=0.3)
    assert line.ink_top - page.rules[1].bottom == pytest.approx(4.94, abs=0.3)
    assert [line.glyphs[at].font.split("+")[-1][:9] for at in (0, 2)] == ["FandolHei", "FandolFan"]
    title = page.line("关于商请")
    assert 2 * LINE < title.ink_top - line.ink_bottom < 2.5 * LINE


@pytest.mark.paper
def test_page_1_has_no_number_and_the_others_have_theirs() -> None:
    first, *others = pages(LETTER)
    assert not [line for line in first.lines if line.baseline > 262]
    assert [line.text for page in others for line in page.lines if line.baseline > 265] == [
        f"—{page.number}—" for page in others
    ]


@pytest.mark.paper
def test_the_copies_stand_alone_and_without_rules_at_the_foot_of_the_last_page() -> None:
    last = pages(LETTER)[-1]
    copies = last.text_lines[-1]
    assert copies.text == "抄送：省委宣传部，省文明办。"
    assert 262 - copies.ink_bottom == pytest.approx(0.5, abs=0.6)
    assert copies.left == pytest.approx(28 + 14 * 25.4 / 72, abs=0.2)
    assert not any("印发" in line.text for line in last.lines)


@pytest.mark.paper
def test_a_letter_without_copies_has_one_page_and_a_long_name_takes_two_lines() -> None:
    (page,) = pages(PLAIN, replace(LONG_NAME, number=None))
    assert keeps_the_head(page, 2)
    assert page.line("2031年4月7日")


@pytest.mark.long
@pytest.mark.paper
def test_printed_red_paper_gets_the_black_of_a_letter_where_it_stands() -> None:
    blank = pdf.to_pdf(render(LETTER, PARTICULARS, overprint=True))
    assert not has_red(blank)
    expected = black(made(LETTER))
    assert len(expected) > 300
    for (text, *place), (same, *there) in zip(expected, black(blank), strict=True):
        assert text == same
        assert place == pytest.approx(there, abs=0.1)


def black(pdf_file: bytes) -> list[tuple[str, float, float]]:
    """Return each character that is no masthead's, and where it stands."""
    return [
        (glyph.text, glyph.left, glyph.baseline)
        for page in read_pages(pdf_file)
        for line in page.lines
        for glyph in line.glyphs
        if glyph.size_pt < 25
    ]


def xml_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


def test_what_stands_at_fixed_places_has_numbers_of_its_own() -> None:
    found = re.findall(r'<wp:docPr id="(\d+)"', xml_of(render(LETTER, PARTICULARS)))
    assert len(found) == len(set(found)) == 6


def test_a_letter_has_the_masthead_that_was_set_for_it() -> None:
    paper = xml_of(render(LETTER, PARTICULARS, Layout(masthead_size_pt=30, masthead_percent=80)))
    assert '<w:w w:val="80"/><w:sz w:val="60"/>' in paper


def test_a_marked_letter_reads_as_the_new_one_and_keeps_its_rules() -> None:
    new = replace(LETTER, body=LETTER.body + "\n特此函达。", copy_to="省文明办")
    marked = xml_of(redline(LETTER, new, PARTICULARS, author="拟稿人", at="2031-04-07T09:00:00+08:00"))
    assert marked.count('name="红色双线"') == 4
    assert "<w:ins " in marked
    assert "<w:del " in marked
    assert "<w:titlePg/>" in marked


def test_a_notice_may_be_a_letter_and_a_letter_a_file() -> None:
    as_letter = xml_of(render(replace(notice("甲。"), form="letter"), PARTICULARS))
    as_file = xml_of(render(replace(LETTER, form="file"), PARTICULARS))
    assert "红色双线" in as_letter
    assert "办公室文件<" not in as_letter
    assert "红色双线" not in as_file
    assert "印发<" in as_file


def test_every_type_has_a_direction_and_its_usual_form() -> None:
    assert tuple(TABLE) == TYPES
    usual = {type_: forms_of(type_)[0] for type_ in TYPES}
    assert {type_ for type_, form in usual.items() if form == "letter"} == {"函"}
    assert {type_ for type_, form in usual.items() if form == "upward"} == {"请示", "报告"}


@pytest.mark.parametrize(
    ("type_", "form", "allowed"),
    [
        ("通知", "letter", True),
        ("通知", "upward", False),
        ("函", "file", True),
        ("意见", "upward", True),
        ("请示", "file", False),
        ("纪要", "letter", False),
        ("函", "poster", False),
    ],
)
def test_a_form_that_the_type_cannot_have_is_refused(type_: str, form: str, allowed: bool) -> None:
    given = {"type": type_, "title": f"关于甲的{type_}", "body": "甲。", "form": form}
    if allowed:
        assert read_content(given).form == form
        return
    with pytest.raises(ContentError) as refusal:
        read_content(given)
    assert [problem.where for problem in refusal.value.problems] == ["form"]


def test_the_form_is_left_out_of_the_stored_text_while_unset() -> None:
    assert '"form"' not in LETTER.canonical()
    assert '"form":"file"' in replace(LETTER, form="file").canonical()


def test_no_paragraph_of_a_letter_lacks_a_style() -> None:
    document = Document(io.BytesIO(render(LETTER, PARTICULARS)))
    assert "Normal" not in {paragraph.style.name for paragraph in document.paragraphs}
