"""A layout by hand: what may be set, what it changes, and that nothing else moves."""

import hashlib
import re
from dataclasses import replace

import pytest

from docgen.adjust import STANDARD, Layout, paragraphs, read_layout
from docgen.errors import ContentError
from docgen.masthead import fit_masthead
from docgen.pages import End, end_of
from docgen.render import _main, _pitched, render, shows_text_on_page_1
from docgen.sheet import Part
from docgen.title import break_title
from tests.docgen.test_render import parts_of
from tests.docgen.twin import PARTICULARS, TWIN, notice, paragraph

HALVES = ("关于印发《2031年省直机关", "读书活动工作要点》的通知")
XML_BEFORE = "a1e175858ef75896c95ad79940e8d263cf56676bf9c1b2e475acde7be8faaebb"
"""SHA-256 of the twin's document part, as it was before anything could be laid out by hand."""

TABLED = notice(
    "甲。\n乙。\n| 序号 | 单位 |\n|---|---|\n| 1 | 示例 |\n丙。", attachments=(Part("附表", "丁。\n戊。"),)
)


def document_xml(docx: bytes) -> str:
    return parts_of(docx)["word/document.xml"].decode()


def problems_of(**data: object) -> dict[str, str]:
    with pytest.raises(ContentError) as refused:
        read_layout(data, TWIN)
    return {problem.where: problem.message % problem.params for problem in refused.value.problems}


def test_the_standard_layout_has_the_bytes_that_it_had_before_there_were_others() -> None:
    made = render(TWIN, PARTICULARS)
    assert made == render(TWIN, PARTICULARS, STANDARD) == render(TWIN, PARTICULARS, Layout.from_dict(None))
    assert hashlib.sha256(document_xml(made).encode()).hexdigest() == XML_BEFORE


def test_an_unset_layout_is_nothing_and_a_set_one_survives_being_stored() -> None:
    assert Layout().to_dict() is None
    some = Layout(HALVES, 560, 50, 80, (4, 9))
    assert Layout.from_dict(some.to_dict()) == some
    assert Layout(line_tw=560).to_dict() == {"line_tw": 560}


def test_title_lines_are_the_title_cut_where_the_lines_end() -> None:
    typed = f" {HALVES[0]} \r\n\n\u3000{HALVES[1]}"
    assert read_layout({"title_lines": typed}, TWIN).title_lines == HALVES
    assert read_layout({"title_lines": ""}, TWIN) == STANDARD
    assert read_layout({"title_lines": list(break_title(TWIN.title))}, TWIN) == STANDARD
    spaced = replace(TWIN, title="关于 ISO 9001 标准的通知")
    lines = read_layout({"title_lines": ["关于 ISO", "9001 标准的通知"]}, spaced).title_lines
    assert lines == ("关于 ISO ", "9001 标准的通知")


def test_everything_wrong_with_a_layout_is_told_at_once() -> None:
    found = problems_of(
        title_lines=["关于印发的通知"],
        line_tw=500,
        masthead_size_pt=63,
        masthead_percent="80",
        page_breaks=[1, 3, 99],
        margin=3,
    )
    assert found == {
        "title_lines": f"The lines together must be the title: {TWIN.title}",
        "line_tw": "This must be between 26.55 and 31.85 pt.",
        "masthead_size_pt": "This must be a whole number from 20 to 62.",
        "masthead_percent": "This must be a whole number from 30 to 100.",
        "page_breaks": "There is no paragraph 99.",
        "margin": "There is no such field.",
    }


def test_a_title_line_wider_than_the_type_area_is_refused() -> None:
    assert problems_of(title_lines=TWIN.title) == {"title_lines": "Line 1 is longer than 20 characters."}


def test_no_page_begins_before_the_first_paragraph_of_a_text() -> None:
    assert [one.number for one in paragraphs(TABLED) if not one.may_begin_a_page] == [1, 5]
    assert [(one.field, one.beginning) for one in paragraphs(TABLED)][2:5] == [
        ("body", "序号 | 单位"),
        ("body", "丙。"),
        ("attachments[0].body", "丁。"),
    ]


def test_a_page_begins_before_the_paragraphs_that_are_named() -> None:
    xml = document_xml(render(TABLED, PARTICULARS, Layout(page_breaks=(2, 3, 6))))
    begun = re.findall(r'<w:pStyle w:val="(\w+)"/>(?:<w:keepNext/>)?<w:pageBreakBefore/>', xml)
    assert begun == ["Body", "TableGap", "Body"]
    assert "<w:pageBreakBefore/>" not in document_xml(render(TABLED, PARTICULARS))


def test_the_pitch_is_that_of_the_text_and_no_line_above_it_moves() -> None:
    plain, close = (
        document_xml(render(TWIN, PARTICULARS, layout)) for layout in (STANDARD, Layout(line_tw=540))
    )
    head, text = close.split("省直和中央驻豫")[0], close.split("省直和中央驻豫")[1]
    assert head.rpartition("<w:p>")[0] == plain.split("省直和中央驻豫")[0].rpartition("<w:p>")[0]
    assert text.count('w:line="540"') > 20
    assert 'w:line="579"' not in text


@pytest.mark.parametrize(("line_tw", "lines"), [(531, 24), (555, 22), (579, 22), (607, 21), (637, 20)])
def test_page_ends_are_foreseen_at_the_pitch_that_is_set(line_tw: int, lines: int) -> None:
    short = notice("\n".join(["甲。"] * 200))
    flow = _pitched(_main(short, PARTICULARS, STANDARD)[:-5], line_tw)
    assert end_of(flow[:lines]) == End(1, lines * line_tw)
    assert end_of(flow[: lines + 1]).page == 2


def test_a_page_break_ends_the_page_even_before_what_a_heading_is_kept_with() -> None:
    body = notice("甲。\n一、标题\n乙。")
    assert end_of(_main(body, PARTICULARS, STANDARD)[:3]).page == 1
    assert end_of(_main(body, PARTICULARS, Layout(page_breaks=(3,)))[:3]).page == 2


def test_a_given_masthead_keeps_its_size_and_scale_and_takes_more_lines() -> None:
    fitted = fit_masthead(PARTICULARS.masthead, 60, 80)
    assert (fitted.size_pt, fitted.percent, fitted.lines) == (
        60,
        80,
        ("河南省省直机关", "精神文明建设办公室", "文件"),
    )
    assert fit_masthead(PARTICULARS.masthead, None, 90).size_pt == 26
    assert fit_masthead(PARTICULARS.masthead, 50).lines == ("河南省省直机关", "精神文明建设办公室文件")


def test_a_masthead_that_leaves_page_1_no_text_is_found() -> None:
    large, long_name = Layout(masthead_size_pt=62, masthead_percent=100), PARTICULARS.masthead * 2
    assert shows_text_on_page_1(TWIN, PARTICULARS, large)
    assert not shows_text_on_page_1(TWIN, replace(PARTICULARS, masthead=long_name), large)


def test_what_a_changed_text_leaves_behind_no_longer_counts() -> None:
    layout = Layout(HALVES, 560, page_breaks=(3, 9))
    assert layout.fitting(TWIN) == layout
    assert layout.fitting(notice("甲。\n乙。\n丙。")) == Layout(line_tw=560, page_breaks=(3,))


def test_equal_layouts_have_equal_bytes_and_the_room_of_the_red_stays() -> None:
    layout = Layout(HALVES, 560, 40, 60, (4,))
    assert render(TWIN, PARTICULARS, layout) == render(TWIN, PARTICULARS, replace(layout))
    blank = document_xml(render(TWIN, PARTICULARS, layout, overprint=True))
    assert "FF0000" not in blank
    assert PARTICULARS.masthead not in blank
    assert 'w:after="200"' in blank
    assert paragraph(318) in blank
