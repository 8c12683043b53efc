"""What goes upwards names who signed it and whom to ask (GB/T 9704-2012, 7.2.5 and 7.2.6), in millimetres."""

from dataclasses import replace
from functools import cache

import pytest

from docgen import pdf
from docgen.formats.upward import notes
from docgen.render import render
from docgen.sheet import Content, Particulars
from tests.docgen.paper import Line, Page, read_pages
from tests.docgen.test_letter import xml_of
from tests.docgen.twin import PARTICULARS, paragraph

CHAR = 315 / 1440 * 25.4
LINE = 579 / 1440 * 25.4
REQUEST = Content(
    "请示",
    "关于增加读书活动经费的请示",
    paragraph(60),
    addressees="河南省示例厅",
    note="此件不公开",
    contact="张某某 0371-65900000",
)
FIVE = replace(PARTICULARS, signers=("张某某", "李某", "王某某", "赵某某", "钱某"))


@cache
def page_of(particulars: Particulars) -> Page:
    return read_pages(pdf.to_pdf(render(REQUEST, particulars)))[0]


def beginning(line: Line, words: str) -> float:
    """Return where these words begin in the line."""
    return line.glyphs[line.text.index(words)].left


@pytest.mark.paper
def test_the_number_is_one_in_at_the_left_and_the_name_one_in_at_the_right() -> None:
    page = page_of(replace(PARTICULARS, signers=("张某某",)))
    line = page.line("签发人")
    assert line.text == "豫直文明办〔2031〕14号签发人：张某某"
    assert line.left == pytest.approx(28 + CHAR, abs=0.2)
    assert line.right == pytest.approx(184 - CHAR, abs=0.4)
    fonts = {glyph.text: glyph.font.split("+")[-1] for glyph in line.glyphs}
    assert fonts["签"].startswith("FandolFang")
    assert fonts["某"].startswith("FandolKai")
    assert {glyph.size_pt for glyph in line.glyphs} == {16}


@pytest.mark.paper
def test_several_names_stand_two_a_line_and_the_number_with_the_last() -> None:
    page = page_of(FIVE)
    first, second, last = page.line("张某某"), page.line("王某某"), page.line("钱某")
    assert first.text == "签发人：张某某李某"
    assert second.text == "王某某赵某某"
    assert last.text == "豫直文明办〔2031〕14号钱某"
    column = beginning(first, "张")
    assert second.left == pytest.approx(column, abs=0.2)
    assert beginning(last, "钱") == pytest.approx(column, abs=0.2)
    assert beginning(first, "李") == pytest.approx(beginning(second, "赵"), abs=0.2)
    assert second.right == pytest.approx(184 - CHAR, abs=0.4)
    assert last.baseline - first.baseline == pytest.approx(2 * LINE, abs=0.1)


@pytest.mark.paper
def test_the_rule_goes_down_with_the_last_name_and_is_as_long_as_ever() -> None:
    page = page_of(FIVE)
    rule, last = page.rules[0], page.line("钱某")
    assert rule.middle - last.ink_bottom == pytest.approx(4.2, abs=0.3)
    assert rule.right - rule.left == pytest.approx(156, abs=1)
    mark = next(line for line in page.lines if line.glyphs[0].size_pt > 25)
    assert mark.ink_top == pytest.approx(72, abs=0.3)
    assert mark.text.endswith("文件")
    title = page.line("关于增加")
    assert 2 * LINE < title.ink_top - rule.middle < 2.5 * LINE


def test_before_it_is_signed_the_place_of_the_name_stays_empty() -> None:
    paper = xml_of(render(REQUEST, replace(PARTICULARS, number=None)))
    assert "签发人：" in paper
    assert "〔2031〕" not in paper


def test_names_that_are_too_long_for_two_beside_the_number_stand_one_a_line() -> None:
    long = replace(PARTICULARS, signers=("某某某某某·某某某某某", "甲某某某某某·某某某"))
    paper = xml_of(render(REQUEST, long))
    assert paper.count('w:pStyle w:val="Number"') == 2


def test_a_notice_names_nobody_who_signed() -> None:
    notice = replace(REQUEST, type="通知", title="关于经费的通知")
    assert "签发人" not in xml_of(render(notice, FIVE))


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("张某某 0371-65900000", "联系人：张某某　电话：0371-65900000"),
        ("张某某，电话：13800000000", "联系人：张某某　电话：13800000000"),
        ("张某某", "联系人：张某某"),
        ("联系人：张某某，分机3", "联系人：张某某，分机3"),
        ("0371-65900000", "联系人：0371-65900000"),
        ("", ""),
    ],
)
def test_the_contact_stands_in_a_note_of_its_own(contact: str, said: str) -> None:
    assert notes(replace(REQUEST, contact=contact)) == ("此件不公开", said)


def test_both_notes_stand_in_brackets_under_the_date() -> None:
    paper = xml_of(render(REQUEST, FIVE))
    assert paper.index("2031年4月7日") < paper.index("（此件不公开）") < paper.index("（联系人：张某某")
    assert "联系人" not in xml_of(render(replace(REQUEST, contact=""), FIVE))
