"""Minutes, orders and name chops keep the standard's measures (10.2, 10.3, 7.3.5.3), in millimetres."""

from dataclasses import replace
from functools import cache

import pytest

from docgen.adjust import STANDARD
from docgen.formats.table import TABLE, forms_of, masthead_of
from docgen.formats.upward import notes
from docgen.render import render, shows_text_on_page_1
from docgen.sheet import TYPES, Attendance, Content, Particulars
from docgen.stamped import CHOP_HEIGHT_TW, CHOP_WIDTH_TW, GAP_TW
from tests.docgen.batch import pages_of
from tests.docgen.paper import Line, Page
from tests.docgen.test_letter import xml_of
from tests.docgen.twin import PARTICULARS, notice, paragraph

CHAR = 315 / 1440 * 25.4
LINE = 579 / 1440 * 25.4
CHOP_WIDTH, CHOP_HEIGHT, GAP = (tw / 1440 * 25.4 for tw in (CHOP_WIDTH_TW, CHOP_HEIGHT_TW, GAP_TW))
FULL_NAME = "河南省省直机关精神文明建设办公室"
MINUTES = Content(
    "纪要",
    "关于研究省直机关读书活动有关工作的会议纪要",
    f"{paragraph(70)}\n{paragraph(60)}",
    addressees="省直各单位",
    attendance=Attendance("综合处张某某、李某某，宣传处王某某，创建处赵某某、钱某某", "办公室孙某", "吴某某"),
    copy_to="省文明办",
    note="此件不公开",
    seal=False,
)
ORDER = Content(
    "命令",
    "嘉奖令",
    f"{paragraph(70)}\n{paragraph(90)}",
    addressees="省直各单位",
    urgency="特急",
    numbered=True,
)
STAMPED = notice(f"{paragraph(70)}\n{paragraph(90)}", stamp=True, note="此件公开发布")
POSTS = (("河南省省直机关精神文明建设办公室主任", "张某某"), ("副主任", "李某"))
ONE_POST = replace(PARTICULARS, stamped=(("主任", "张某某"),), full_name=FULL_NAME, copy_number="000012")
PAPERS: dict[str, tuple[Content, Particulars]] = {
    "minutes": (MINUTES, PARTICULARS),
    "order": (ORDER, replace(ONE_POST, masthead="省直文明办文件")),
    "stamped": (STAMPED, replace(PARTICULARS, stamped=POSTS)),
}


@cache
def papers() -> dict[str, list[Page]]:
    made = pages_of([render(*given) for given in PAPERS.values()])
    return dict(zip(PAPERS, made, strict=True))


def whole(name: str, words: str) -> Line:
    """Return the one line of a paper with these words."""
    (found,) = [line for page in papers()[name] for line in page.text_lines if words in line.text]
    return found


def font_of(line: Line, words: str) -> str:
    return line.glyphs[line.text.index(words)].font.split("+")[-1][:10]


@pytest.mark.paper
def test_the_mark_of_minutes_is_35_mm_down_and_the_rule_under_who_issues_them() -> None:
    page = papers()["minutes"][0]
    mark, number = page.line("办公室纪要"), page.line("〔2031〕14号")
    issued, title = page.line("2031年4月7日"), page.line("关于研究")
    assert mark.text == f"{FULL_NAME}纪要"
    assert mark.ink_top == pytest.approx(37 + 35, abs=0.3)
    assert number.middle == pytest.approx(106, abs=0.5)
    assert number.ink_top - mark.ink_bottom == pytest.approx(2 * LINE + 4, abs=1)
    assert issued.text == "省直文明办2031年4月7日"
    assert issued.baseline - number.baseline == pytest.approx(LINE, abs=0.1)
    assert issued.left == pytest.approx(28 + CHAR, abs=0.2)
    assert issued.right == pytest.approx(184 - CHAR, abs=0.3)
    rule = page.rules[0]
    assert rule.middle - issued.ink_bottom == pytest.approx(4.2, abs=0.3)
    assert rule.right - rule.left == pytest.approx(156, abs=1)
    assert 2 * LINE < title.ink_top - rule.middle < 2.5 * LINE


@pytest.mark.paper
def test_the_lists_begin_two_in_and_turn_over_under_the_first_name() -> None:
    present, absent, observers = (whole("minutes", f"{label}：") for label in ("出席", "请假", "列席"))
    turned = whole("minutes", "钱某某")
    for line in (present, absent, observers):
        assert line.left == pytest.approx(28 + 2 * CHAR, abs=0.2)
        assert font_of(line, line.text[0]) == "FandolHei-"
        assert font_of(line, line.text[3]) == "FandolFang"
    assert turned.left == pytest.approx(present.glyphs[3].left, abs=0.2)
    assert absent.baseline - turned.baseline == pytest.approx(LINE, abs=0.1)
    assert observers.text == "列席：吴某某"


@pytest.mark.paper
def test_minutes_have_no_signature_and_an_imprint_as_usual() -> None:
    pages = papers()["minutes"]
    assert sum("2031年4月7日" in line.text for page in pages for line in page.lines) == 1
    assert whole("minutes", "（此件不公开）").left == pytest.approx(28 + 2 * CHAR, abs=0.3)
    assert pages[-1].text_lines[-1].text == "省直文明办2031年4月8日印发"
    assert pages[-1].rules[-1].bottom == pytest.approx(262, abs=0.3)


@pytest.mark.paper
def test_the_mark_of_an_order_is_20_mm_down_and_its_number_stands_between_blank_lines() -> None:
    page = papers()["order"][0]
    mark, number = page.line(f"{FULL_NAME}令"), page.line("〔2031〕14号")
    first = page.text_lines[page.text_lines.index(number) + 1]
    assert mark.ink_top == pytest.approx(37 + 20, abs=0.3)
    assert number.middle == pytest.approx(106, abs=0.5)
    assert 2 * LINE < number.ink_top - mark.ink_bottom < 2.8 * LINE
    assert first.baseline - number.baseline == pytest.approx(3 * LINE, abs=0.2)
    assert not page.rules
    copy, urgency = page.line("000012"), page.line("特急")
    assert copy.left == urgency.left == pytest.approx(28, abs=0.2)
    assert copy.ink_top > 37
    assert copy.ink_bottom < urgency.ink_top
    assert urgency.ink_bottom < mark.ink_top
    assert not any("嘉奖" in line.text for page in papers()["order"] for line in page.lines)


@pytest.mark.paper
def test_the_addressees_of_an_order_stand_in_the_imprint() -> None:
    assert whole("order", "省直各单位").text == "主送：省直各单位。"


@pytest.mark.paper
@pytest.mark.parametrize("name", ["order", "stamped"])
def test_a_name_chop_has_its_room_the_post_left_of_it_and_the_date_below(name: str) -> None:
    dated = whole(name, "2031年4月7日")
    page = next(page for page in papers()[name] if dated in page.lines)
    posts = [line for line in page.text_lines if line.right == pytest.approx(post_right(), abs=0.3)]
    assert "".join(line.text for line in posts) == "".join(post for post, _ in PAPERS[name][1].stamped)
    top = bottom_of(page.text_lines[page.text_lines.index(posts[0]) - 1]) + 2 * LINE
    for row, of_post in enumerate([posts] if name == "order" else [posts[:2], posts[2:]]):
        middle = (of_post[0].ink_top + of_post[-1].ink_bottom) / 2
        assert middle == pytest.approx(top + row * (CHOP_HEIGHT + GAP) + CHOP_HEIGHT / 2, abs=0.5)
    assert dated.right == pytest.approx(184 - 4 * CHAR, abs=0.3)
    rows = len(PAPERS[name][1].stamped)
    bottom = top + rows * CHOP_HEIGHT + (rows - 1) * GAP
    assert bottom_of(dated) - bottom == pytest.approx(2 * LINE, abs=0.3)


def post_right() -> float:
    return 184 - 6 * CHAR - CHOP_WIDTH


def bottom_of(line: Line) -> float:
    """Return where the line of text ends: so far under its baseline as on the first line of a page."""
    return line.baseline + 37 + LINE - 45.33


def test_before_sign_off_the_room_of_the_chop_is_there_and_no_agency_signs() -> None:
    paper = xml_of(render(STAMPED, replace(PARTICULARS, dated=None)))
    assert paper.count('<w:pStyle w:val="StampPost"/>') == 1
    assert '<w:pStyle w:val="Signed"/>' not in paper


def test_an_order_always_has_a_name_chop_and_minutes_never() -> None:
    assert "StampPost" in xml_of(render(ORDER, PARTICULARS))
    assert "StampPost" not in xml_of(render(MINUTES, PARTICULARS))


@pytest.mark.parametrize(
    ("type_", "title", "mark"),
    [
        ("命令", "关于嘉奖的命令", "某办命令"),
        ("命令", "嘉奖令", "某办令"),
        ("纪要", "会议纪要", "某办纪要"),
    ],
)
def test_the_masthead_ends_as_the_type_and_its_title_say(type_: str, title: str, mark: str) -> None:
    assert masthead_of(Content(type_, title, "甲。"), "某办文件") == mark
    assert masthead_of(Content(type_, title, "甲。"), mark) == mark


def test_every_type_has_a_row_and_what_goes_upwards_the_head_signs() -> None:
    assert tuple(TABLE) == TYPES
    for kind in TABLE.values():
        assert kind.principal or kind.direction != "up"
        assert kind.forms[0] != "upward" or kind.contact
    assert forms_of("纪要") == ("minutes", "file")
    assert notes(replace(MINUTES, type="意见", contact="张某某"))[1] == "联系人：张某某"


ADDRESSEES = "、".join(["省直机关各有关单位"] * 220)
LONG_TITLE = "关于在省直机关和中央驻豫单位深入开展读书活动" * 9
TITLES = {type_: f"{LONG_TITLE[: 199 - len(type_)]}的{type_}" for type_ in TYPES}


@pytest.mark.parametrize("type_", TYPES)
def test_the_longest_title_leaves_room_for_text_in_every_form(type_: str) -> None:
    for form in forms_of(type_):
        content = Content(type_, TITLES[type_], "甲。", addressees=ADDRESSEES, form=form)
        assert len(content.title) == 200
        paper = xml_of(render(content, PARTICULARS))
        assert shows_text_on_page_1(content, PARTICULARS, STANDARD)
        assert "主送：" in paper
        assert '<w:pStyle w:val="Addressees"/>' not in paper


@pytest.mark.long
@pytest.mark.paper
def test_three_pages_of_addressees_and_the_longest_title_stand_as_they_should_in_every_form() -> None:
    given = [
        Content(type_, TITLES[type_], paragraph(40), addressees=ADDRESSEES, form=form)
        for type_ in ("通知", "函", "请示", "纪要", "命令", "批复", "决定", "通报", "意见")
        for form in forms_of(type_)
    ]
    for content, pages in zip(given, pages_of(render(one, PARTICULARS) for one in given), strict=True):
        assert any(paragraph(40)[:8] in line.text for line in pages[0].lines), (content.type, content.form)
        assert not any("单位、省直机关" in line.text for line in pages[0].lines)
        assert "".join(line.text for page in pages for line in page.text_lines).count("各有关单位") == 220
