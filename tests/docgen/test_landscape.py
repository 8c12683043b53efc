"""Wide tables lie, names stand in columns and rare characters are there: measured on the pages in mm."""

from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from docgen.coverage import missing_characters
from docgen.render import render
from docgen.screen import screen_copy
from docgen.sheet import Content, Part
from tests.docgen.batch import AS_PDF, converted
from tests.docgen.paper import MM_A_POINT, Page, read_pages
from tests.docgen.test_doubts import RARE
from tests.docgen.twin import PARTICULARS, notice, paragraph

pytestmark = pytest.mark.paper

HEADS = (
    "序号",
    "单位名称",
    "责任人",
    "联系电话",
    "参赛人数",
    "获奖等次",
    "活动时间",
    "活动地点",
    "经费预算",
    "备注",
)
CELLS = ("示例单位", "甲乙丙", "0371-00000000", "128", "一等奖", "2031年5月", "第一会议室", "12,500.00", "无")


def table(rows: int) -> str:
    lines = [HEADS, *((str(number), *CELLS) for number in range(1, rows + 1))]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


LONG = "各单位要把读书活动作为提高素养的重要抓手。"
UPRIGHT = "\n".join(
    [
        "| 序号 | 工作内容 | 责任单位 | 完成时限 | 分值 |",
        f"| 1 | {LONG * 3} | 示例单位甲、示例单位乙 | 2031年5月底前 | 10 |",
        "| 2 | 督导 | 示例单位丙 | 长期 | 100.5 |",
        f"| 3 | {LONG * 40} | 示例单位丁 | 长期 | 5 |",
    ]
)
NAMES = "\n".join(["甲乙  丙丁戊  己庚  辛壬癸  子丑", "寅卯辰  巳午", "  ".join(["申酉戌"] * 130)])

PAPERS: dict[str, Content] = {
    "in between": notice(
        "\n".join([paragraph(90), "一、安排情况", "表1 安排一览表", table(30), paragraph(70)]),
        attachments=(
            Part("汇总表", table(20)),
            Part("说明", f"{paragraph(50)}\n{table(3)}"),
            Part("简表", "| 序号 | 单位 |\n| 1 | 甲 |"),
        ),
        copy_to="省委宣传部",
    ),
    "last of an attachment": notice(paragraph(60), attachments=(Part("汇总表", table(12)),)),
    "last of the issued text": notice(paragraph(60), issued_text=Part("工作要点", table(25))),
    "letter": Content(
        "函", "关于支持的函", paragraph(60), "示例厅", attachments=(Part("汇总表", table(4)),), copy_to="甲"
    ),
    "upright": notice(f"{UPRIGHT}\n{NAMES}\n参加人员{RARE}等。"),
}


@cache
def pdfs() -> dict[str, bytes]:
    made = converted((screen_copy(render(content, PARTICULARS)) for content in PAPERS.values()), AS_PDF)
    return dict(zip(PAPERS, made, strict=True))


@cache
def pages(name: str) -> list[Page]:
    return read_pages(pdfs()[name])


@cache
def sizes(name: str) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(pdfs()[name]) as document:
        return [tuple(round(side * MM_A_POINT) for side in page.get_size()) for page in document]


def lying(name: str) -> list[Page]:
    return [page for page, size in zip(pages(name), sizes(name), strict=True) if size == (297, 210)]


@cache
def dashes(name: str) -> list[list[tuple[float, float]]]:
    """Return for each page where on the upright sheet the dashes of its number have their middles."""
    found = []
    with pypdfium2.PdfDocument(pdfs()[name]) as document:
        for page in document:
            text, (width, height) = page.get_textpage(), page.get_size()
            middles = []
            for index in range(text.count_chars()):
                if text.get_text_range(index, 1) == "—":
                    left, bottom, right, top = text.get_charbox(index)
                    across, down = (left + right) / 2, height - (top + bottom) / 2
                    turned = width > height
                    middles.append((down, width - across) if turned else (across, down))
            found.append(sorted((x * MM_A_POINT, y * MM_A_POINT) for x, y in middles))
    return found


def test_a_wide_table_lies_on_pages_of_its_own_with_what_belongs_above_it() -> None:
    upright, turned = (210, 297), (297, 210)
    assert sizes("in between") == [
        upright,
        *[turned] * 2,
        upright,
        *[turned] * 2,
        upright,
        turned,
        *[upright] * 2,
    ]
    first, _, _, after, attachment = pages("in between")[0], *pages("in between")[1:5]
    assert any("各单位" in line.text for line in first.text_lines)
    texts = [line.text for line in lying("in between")[0].lines]
    assert [words for words in texts if "安排" in words] == ["一、安排情况", "表1安排一览表"]
    assert after.line("附件：")
    assert attachment.line("附件1").ink_top == pytest.approx(28 + 5.2, abs=0.6)


def test_a_lying_table_fills_225_mm_and_repeats_its_header_on_each_page() -> None:
    for name in PAPERS:
        for page in lying(name):
            assert page.line("单位名称")
            wide = [rule for rule in page.rules if rule.right - rule.left > 200]
            assert all((rule.left, rule.right) == pytest.approx((35, 260), abs=0.6) for rule in wide)
            assert wide[-1].bottom < 184.3
            assert all(glyph.ink_top > 28 for line in page.lines for glyph in line.glyphs)


@pytest.mark.parametrize("name", ["in between", "last of an attachment", "last of the issued text"])
def test_the_number_of_a_lying_page_keeps_its_place_on_the_sheet(name: str) -> None:
    for page in pages(name):
        middles = dashes(name)[page.number - 1]
        assert [y for _, y in middles] == pytest.approx([269, 269], abs=0.4)
        outer, inner = middles[::-1] if page.number % 2 else middles
        place = 179.1 - 4.94 / 2 if page.number % 2 else 32.9 + 4.94 / 2
        assert outer[0] == pytest.approx(place, abs=0.3)
        assert abs(outer[0] - inner[0]) == pytest.approx(10.7 if page.number < 10 else 13.1, abs=0.3)


def test_numbers_are_turned_as_the_sheet_is() -> None:
    with pypdfium2.PdfDocument(pdfs()["in between"]) as document:
        text = document[1].get_textpage()
        angles = {
            round(pdfium.FPDFText_GetCharAngle(text, index), 2)
            for index in range(text.count_chars())
            if chr(pdfium.FPDFText_GetUnicode(text, index)) == "—"
        }
    assert angles == {1.57}


@pytest.mark.parametrize("name", ["in between", "last of an attachment", "last of the issued text"])
def test_the_imprint_stands_upright_on_an_even_page_after_lying_ones(name: str) -> None:
    last = pages(name)[-1]
    assert len(pages(name)) % 2 == 0
    assert sizes(name)[-1] == (210, 297)
    assert last.rules[-1].middle == pytest.approx(262, abs=0.5)


def test_a_letters_copies_stand_at_the_foot_of_an_upright_page_after_a_lying_one() -> None:
    assert sizes("letter") == [(210, 297), (297, 210), (210, 297)]
    assert pages("letter")[-1].line("抄送").baseline == pytest.approx(262, abs=4)


def test_columns_of_figures_are_narrow_headings_whole_and_a_high_row_runs_over_pages() -> None:
    first = pages("upright")[0]
    heads = [first.line("工作内容").text]
    assert heads == ["序号工作内容责任单位完成时限分值"]
    left = {glyph.text: glyph.left for glyph in first.line("工作内容").glyphs}
    assert left["工"] - left["序"] < 60
    assert left["分"] - left["完"] < 40
    rules = [rule for rule in first.rules if rule.right - rule.left > 150 and rule.middle > 150]
    assert all((rule.left, rule.right) == pytest.approx((28, 184), abs=0.6) for rule in rules)
    written = "".join(line.text for page in pages("upright") for line in page.lines)
    assert written.count("素养") == 43
    assert all(line.ink_bottom < 262 for page in pages("upright") for line in page.text_lines)


def test_names_stand_in_equal_columns_and_run_over_pages() -> None:
    found = [line for page in pages("upright") for line in page.text_lines]
    row = next(line for line in found if line.text == "甲乙丙丁戊己庚辛壬癸子丑")
    left = {glyph.text: glyph.left for glyph in row.glyphs}
    steps = [left[b] - left[a] for a, b in ("甲丙", "丙己", "己辛", "辛子")]
    assert steps == pytest.approx([steps[0]] * 4, abs=0.2)
    assert left["乙"] - left["甲"] == pytest.approx(left["戊"] - left["丙"], abs=0.2)
    assert left["甲"] == pytest.approx(28 + 11.1, abs=0.3)
    assert sum(line.text == "申酉戌" * 5 for line in found) == 26
    assert len({page.number for page in pages("upright") for line in page.lines if "申酉戌" in line.text}) > 1


def test_rare_characters_are_printed_with_an_embedded_font() -> None:
    glyphs = [glyph for page in pages("upright") for line in page.lines for glyph in line.glyphs]
    rare = {glyph.text: glyph for glyph in glyphs if glyph.text in RARE}
    assert set(rare) == set(RARE)
    shown = {character for character, glyph in rare.items() if glyph.ink_bottom - glyph.ink_top > 3}
    assert set(RARE) - shown == set(missing_characters(RARE)) <= {"䶮"}
    assert all("UKai" in glyph.font for character, glyph in rare.items() if character != "䶮")
    (plain,) = {glyph.font for glyph in glyphs if glyph.text == "抓"}
    assert plain not in {glyph.font for glyph in rare.values()}
