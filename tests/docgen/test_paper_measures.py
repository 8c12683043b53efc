"""The rendered paper keeps the measures of GB/T 9704-2012, in millimetres."""

from dataclasses import replace
from functools import cache

import pypdfium2
import pytest

from docgen import pdf
from docgen.render import render
from docgen.screen import screen_copy
from docgen.sheet import Content, Part, Particulars
from tests.docgen.batch import AS_PDF, converted
from tests.docgen.paper import Line, Page, read_pages
from tests.docgen.twin import PARTICULARS, TWIN, notice, paragraph

pytestmark = pytest.mark.paper

CHAR = 315 / 1440 * 25.4
LINE = 579 / 1440 * 25.4
TABLE = "| 序号 | 单位 | 说明 |\n|---|---|---|\n" + "\n".join(
    f"| {i} | 示例单位 | 较长的说明 |" for i in range(60)
)
LONG = "、".join(f"示例单位{number}" for number in range(40))
LONG_MASTHEAD = "河南省省直机关精神文明建设指导委员会办公室河南省示例机关工作委员会文件"

PAPERS: dict[str, tuple[Content, Particulars]] = {
    "twin": (TWIN, PARTICULARS),
    "three attachments": (
        notice(
            "\n".join([paragraph(60)] * 3),
            attachments=(
                Part("申报表", TABLE),
                Part("长" * 30 + "的说明", paragraph(90)),
                Part("名单", "甲"),
            ),
            urgency="特急",
            note="此件公开发布",
            copy_to=LONG,
        ),
        PARTICULARS,
    ),
    "no seal": (notice(paragraph(60), seal=False, attachments=(Part("申报表", "甲"),)), PARTICULARS),
    "long": (notice("\n".join([paragraph(200)] * 12)), replace(PARTICULARS, masthead=LONG_MASTHEAD)),
    "moved addressees": (replace(TWIN, addressees=LONG * 2), PARTICULARS),
    "blank page": (notice("\n".join([paragraph(80)] * 8), copy_to=LONG), PARTICULARS),
    "draft": (notice(paragraph(60)), replace(PARTICULARS, number=None, dated=None, printed_on=None)),
}


@cache
def all_made() -> dict[str, bytes]:
    """Return every paper, made with one start of LibreOffice."""
    papers = [screen_copy(render(*given)) for given in PAPERS.values()]
    return dict(zip(PAPERS, converted(papers, AS_PDF), strict=True))


def made(name: str) -> bytes:
    return all_made()[name]


@cache
def pages(name: str) -> list[Page]:
    return read_pages(made(name))


def red_rule(page: Page) -> float:
    return page.rules[0].middle


@pytest.mark.parametrize("name", ["twin", "three attachments", "no seal", "long", "draft"])
def test_the_mastheads_ink_begins_72_mm_from_the_papers_top(name: str) -> None:
    page = pages(name)[0]
    mark = [line for line in page.lines if line.glyphs[0].size_pt > 25]
    assert mark[0].ink_top == pytest.approx(72, abs=0.3)
    assert all(line.left > 27.9 and line.right < 184.1 for line in mark)
    assert all(line.middle == pytest.approx(106, abs=0.8) for line in mark)
    assert len(mark) == (2 if name == "long" else 1)


@pytest.mark.parametrize("name", ["twin", "three attachments", "no seal", "long"])
def test_the_red_rule_is_4_mm_under_the_number_and_156_mm_long(name: str) -> None:
    page = pages(name)[0]
    rule, number = page.rules[0], page.line("〔2031〕14号")
    assert rule.middle - number.ink_bottom == pytest.approx(4.2, abs=0.3)
    assert rule.right - rule.left == pytest.approx(156, abs=1)
    assert number.middle == pytest.approx(106, abs=0.8)


def test_a_draft_keeps_the_room_of_number_and_dates() -> None:
    page, complete = pages("draft")[0], pages("no seal")[0]
    assert red_rule(page) == pytest.approx(red_rule(complete), abs=0.05)
    assert page.line("关于开展").baseline == pytest.approx(complete.line("关于开展").baseline, abs=0.05)


def test_the_title_is_whole_in_22_pt_two_lines_under_the_rule() -> None:
    page = pages("twin")[0]
    title = [line for line in page.lines if line.glyphs[0].size_pt == 22]
    assert "".join(line.text for line in title) == TWIN.title
    assert {glyph.font for line in title for glyph in line.glyphs} == {title[0].glyphs[0].font}
    assert title[0].glyphs[0].font.endswith("FandolSong-Bold")
    assert all(line.middle == pytest.approx(106, abs=0.8) for line in title)
    gap = title[0].ink_top - red_rule(page)
    assert 2 * LINE < gap < 2.5 * LINE
    names = page.line("省直和中央驻豫")
    assert names.baseline - title[-1].baseline == pytest.approx(2 * LINE, abs=0.7)
    assert names.left == pytest.approx(28, abs=0.2)


def body_lines(name: str) -> list[list[Line]]:
    return [page.text_lines for page in pages(name)]


def test_a_full_line_has_28_characters_and_a_full_page_22_lines() -> None:
    page = pages("long")[1]
    assert len(page.text_lines) == 22
    full = [line for line in page.text_lines if line.left < 28.5 and line.right > 180]
    assert {len(line.text) for line in full} <= {27, 28}
    assert max(len(line.text) for line in full) == 28
    assert all(line.right < 184.2 for line in page.text_lines)
    steps = {
        round(b.baseline - a.baseline, 1) for a, b in zip(page.text_lines, page.text_lines[1:], strict=False)
    }
    assert steps == {round(LINE, 1)}
    assert page.text_lines[0].ink_top > 37
    assert page.text_lines[-1].ink_bottom < 262


def test_a_paragraph_begins_two_characters_in() -> None:
    assert pages("twin")[0].line("现将《").left == pytest.approx(28 + 2 * CHAR, abs=0.2)


@pytest.mark.parametrize("name", PAPERS)
def test_the_last_rule_is_at_262_mm_on_an_even_page(name: str) -> None:
    assert len(pages(name)) % 2 == 0
    last = pages(name)[-1]
    assert last.rules[-1].middle == pytest.approx(262, abs=0.5)
    assert last.rules[-1].right - last.rules[-1].left == pytest.approx(156, abs=1)
    above = [
        line for line in last.text_lines if line.baseline < last.rules[-3 if len(last.rules) > 2 else 0].top
    ]
    assert all(line.ink_bottom < last.rules[0].top for line in above)
    assert "省直文明办" in last.text_lines[-1].text


def test_copies_stand_one_character_in_and_turn_over_under_the_first_name() -> None:
    last = pages("three attachments")[-1]
    copies = [line for line in last.text_lines if line.baseline > last.rules[0].top][:-1]
    small = 14 * 25.4 / 72
    assert len(copies) > 5
    assert copies[0].text.startswith("抄送：示例单位0")
    assert copies[0].left == pytest.approx(28 + small, abs=0.2)
    assert all(line.left == pytest.approx(28 + 4 * small, abs=0.3) for line in copies[1:])
    assert copies[-1].text.endswith("。")
    printed = last.text_lines[-1]
    assert printed.text == "省直文明办2031年4月8日印发"
    assert printed.right == pytest.approx(184 - small, abs=0.4)


def test_page_numbers_stand_7_mm_under_the_type_area_odd_right_even_left() -> None:
    for page in pages("long"):
        (number,) = [line for line in page.lines if line.baseline > 265]
        assert number.text == f"—{page.number}—"
        assert number.glyphs[0].font.endswith("FandolSong-Regular")
        assert {glyph.size_pt for glyph in number.glyphs} == {14}
        dash = number.glyphs[0]
        assert (dash.ink_top + dash.ink_bottom) / 2 == pytest.approx(269, abs=0.5)
        small = 14 * 25.4 / 72
        if page.number % 2:
            assert number.right == pytest.approx(184 - small, abs=0.3)
        else:
            assert number.left == pytest.approx(28 + small, abs=0.3)


def test_a_blank_page_and_the_imprint_after_it_have_no_number() -> None:
    *_, text, blank, last = pages("blank page")
    assert text.number % 2 == 0
    assert text.lines[-1].text == f"—{text.number}—"
    assert blank.lines == ()
    assert not [line for line in last.lines if line.baseline > 265]


def test_signature_and_date_share_an_axis_under_the_seals_room() -> None:
    page = pages("twin")[0]
    last, signed, dated = page.line("认真贯彻落实。"), page.line("省直文明办"), page.line("2031年4月7日")
    assert signed.middle == pytest.approx(dated.middle, abs=0.2)
    assert signed.baseline - last.baseline == pytest.approx(3 * LINE, abs=0.1)
    assert dated.baseline - signed.baseline == pytest.approx(LINE, abs=0.1)
    assert 184 - dated.right == pytest.approx(4 * CHAR, abs=0.5)


def test_without_a_seal_the_signature_is_two_in_and_the_date_two_further() -> None:
    page = pages("no seal")[0]
    signed, dated = page.line("省直文明办"), page.line("2031年4月7日")
    assert dated.left - signed.left == pytest.approx(2 * CHAR, abs=0.2)
    assert 184 - dated.right == pytest.approx(2 * CHAR, abs=0.5)
    note = page.line("附件：申报表")
    assert signed.baseline - note.baseline == pytest.approx(2 * LINE, abs=0.1)


def test_attachment_names_turn_over_under_their_first_character() -> None:
    lines = [line for page in pages("three attachments")[:2] for line in page.lines]
    (first,) = [line for line in lines if line.text.startswith("附件：1.申报表")]
    (second,) = [line for line in lines if line.text.startswith("2.长")]
    turned = lines[lines.index(second) + 1]
    assert first.left == pytest.approx(28 + 2 * CHAR, abs=0.2)
    assert second.left == pytest.approx(first.left + 3 * CHAR, abs=0.3)
    assert second.glyphs[2].left == pytest.approx(first.glyphs[5].left, abs=0.1)
    assert turned.left == pytest.approx(second.glyphs[2].left, abs=0.1)


def test_an_attachment_has_its_mark_in_the_first_and_its_title_in_the_third_line() -> None:
    page = next(page for page in pages("three attachments") if page.text_lines[0].text == "附件1")
    mark, title = page.text_lines[:2]
    assert mark.left == pytest.approx(28, abs=0.2)
    assert mark.glyphs[0].font.endswith("FandolHei-Regular")
    assert mark.ink_top - 37 < LINE
    assert title.text == "申报表"
    assert title.baseline - mark.baseline == pytest.approx(2 * LINE, abs=0.7)


def test_a_table_is_as_wide_as_the_type_area_and_repeats_its_header() -> None:
    with_table = [page for page in pages("three attachments") if len(page.rules) > 10]
    assert len(with_table) > 1
    for page in with_table:
        assert any(line.text == "序号单位说明" for line in page.lines)
        assert min(rule.left for rule in page.rules) > 27.5
        assert max(rule.right for rule in page.rules) < 184.5


def test_the_issued_text_starts_a_page_without_any_attachment_mark() -> None:
    first = pages("twin")[1].text_lines[0]
    assert first.text == "2031年省直机关读书活动工作要点"
    assert first.glyphs[0].size_pt == 22
    assert not any("附件" in line.text for page in pages("twin") for line in page.lines)


def test_urgency_stands_in_the_first_line_in_hei() -> None:
    line = pages("three attachments")[0].lines[0]
    assert line.text == "特急"
    assert line.left == pytest.approx(28, abs=0.2)
    assert 37 < line.ink_top < 37 + LINE
    assert line.glyphs[0].font.endswith("FandolHei-Regular")


def test_addressees_that_leave_no_room_stand_in_the_imprint() -> None:
    assert any(line.text.startswith("现将《") for line in pages("moved addressees")[0].lines)
    assert any(line.text.startswith("主送：示例单位0") for line in pages("moved addressees")[-1].lines)


def test_figures_and_characters_stand_close_and_come_out_clean() -> None:
    line = pages("twin")[0].line("2031年4月7日")
    gaps = [b.left - a.right for a, b in zip(line.glyphs, line.glyphs[1:], strict=False)]
    assert max(gaps) < 0.1


def test_only_the_named_fonts_are_embedded() -> None:
    content = notice("一、黑体\n（一）楷体\n正文ABC 123。\n喆堃赟祎玥珺昇旻翀皞禤燚镕頔䶮㎡")
    fonts = {
        (glyph.text if "Noto" in glyph.font else "", glyph.font.split("+")[-1])
        for page in read_pages(pdf.to_pdf(render(content, PARTICULARS)))
        for line in page.lines
        for glyph in line.glyphs
    }
    families = ("FandolFang", "FandolHei", "FandolKai", "FandolSong", "AR-PL-UKai", "ARPLUKai", "UKai")
    assert {text for text, font in fonts if not font.startswith(families)} == {"䶮"}  # which all these lack
    assert any("UKai" in font for _, font in fonts)
    assert any("FandolKai" in font for _, font in fonts)


def test_pictures_come_as_png_one_a_page() -> None:
    images = pdf.pictures(made("draft"), dpi=50)
    assert len(images) == pdf.page_count(made("draft")) == 2
    assert all(image.startswith(b"\x89PNG") for image in images)


def test_the_pdf_is_a4() -> None:
    with pypdfium2.PdfDocument(made("twin")) as document:
        assert {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document} == {
            (210, 297)
        }
