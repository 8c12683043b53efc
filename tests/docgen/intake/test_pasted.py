"""Pasted text becomes what a careful clerk would have typed, and no line of it is lost."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import ContentError
from docgen.intake import Taken, intake_text
from docgen.intake.elements import Line
from docgen.intake.mending import joined, without_gaps
from docgen.reading import read_content
from docgen.sheet import Attendance
from docgen.text import clean_text
from tests.docgen.intake.drafts import ISSUED, PASTED, WHOLE
from tests.docgen.twin import SENTENCE


def told(taken: Taken) -> list[str]:
    return [problem.message % problem.params for problem in taken.reports]


def test_a_notice_out_of_a_pdf_is_mended() -> None:
    taken = intake_text(PASTED)
    content = read_content(taken.content)
    assert content.type == "通知"
    assert content.title == "关于印发《2031年省直机关读书活动工作要点》的通知"
    assert content.addressees == "省直和中央驻豫各单位、省管在郑企业和各高等院校、各省辖市驻省城办事机构"
    assert content.body == "现将《2031年省直机关读书活动工作要点》印发给你们，请结合实际，认真贯彻落实。"
    assert content.issued_text
    assert content.issued_text.title == "2031年省直机关读书活动工作要点"
    assert content.issued_text.body == ISSUED
    assert (taken.number, taken.dated) == ("豫直文明办〔2031〕14号", date(2031, 4, 7))
    assert (taken.masthead, taken.signature) == ("河南省省直机关精神文明建设办公室文件", "省直文明办")
    assert taken.left == ()
    assert told(taken)[:2] == [
        "Page numbers were left out: — 2 —",
        "4 lines that were broken in mid-sentence were joined.",
    ]


def test_every_element_of_a_whole_document_is_recognized() -> None:
    taken = intake_text(WHOLE)
    content = read_content(taken.content)
    assert (content.title, content.urgency) == ("关于开展职工读书月活动的通知", "特急")
    assert content.addressees == "各区县文明办，市直各单位"
    assert (
        content.body == "根据年度计划，定于5月开展职工读书月活动。\n一、时间\n5月1日至5月31日。\n特此通知。"
    )
    assert [(part.title, part.body) for part in content.attachments] == [
        ("书目", "甲书、乙书。"),
        ("报名表", "| 姓名 | 单位 |\n| --- | --- |\n| 甲 | 乙 |"),
    ]
    assert content.copy_to == "市委宣传部，市总工会"
    assert content.note == "联系人：甲某，电话：0371 6590 1234"
    assert (taken.number, taken.signature) == ("示文明办〔2031〕7号", "示例市文明办")
    assert (taken.dated, taken.printed_on) == (date(2031, 4, 7), date(2031, 4, 8))
    assert (taken.printed_by, taken.left) == ("示例市文明办", ("000012",))


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("2031 年 4 月 7 日", "2031年4月7日"),
        ("20 31 年度", "2031年度"),
        ("建馆 75 周年，共 3 项。", "建馆75周年，共3项。"),
        ("省委〔2031〕 5 号", "省委〔2031〕5号"),
        ("完成率 98.5 %，居 首位。", "完成率98.5%，居首位。"),
        ("一、 时间", "一、时间"),
        ("（二） 地点", "（二）地点"),
        ("1. 加强领导。", "1.加强领导。"),
        ("添书 2 000 册。", "添书2000册。"),
        ("电话：0371 6590 1234。", "电话：0371 6590 1234。"),
        ("甲市（张三 李四）来稿。", "甲市（张三 李四）来稿。"),
        ("张三 李四 王五 赵六", "张三 李四 王五 赵六"),
        ("1 张三 2 李四 3 王五", "1 张三 2 李四 3 王五"),
        ("按 GB/T 9704 执行。", "按 GB/T 9704执行。"),
        ("use 2 lines here", "use 2 lines here"),
        ("| 2031 年 | 甲 |", "| 2031 年 | 甲 |"),
    ],
)
def test_gaps_that_nobody_typed_are_taken_out(broken: str, mended: str) -> None:
    assert without_gaps(broken)[0] == mended


def test_lines_broken_at_one_width_become_paragraphs_again() -> None:
    paragraphs = [SENTENCE * 3, "一、时间", SENTENCE[:31] + "。", SENTENCE * 2, "二、地点", "甲地。"]
    lines = [p[at : at + 28] for p in paragraphs for at in range(0, len(p), 28)]
    assert joined([Line(line) for line in lines]) == paragraphs


def test_a_line_that_stands_back_begins_a_paragraph() -> None:
    lines = [Line(SENTENCE[:28], indented=True), Line("甲乙丙丁", indented=True), Line("戊己。")]
    assert joined(lines) == [SENTENCE[:28], "甲乙丙丁", "戊己。"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "只有一行", "。", "附件：", "附件1", "2031年4月7日", "|", "| 甲 |"]
)
def test_scraps_are_taken_without_a_word_lost(text: str) -> None:
    taken = intake_text(text)
    assert told(taken)
    assert isinstance(taken.content["title"], str)


@pytest.mark.parametrize("line", ["机密", "秘密★1年", "绝 密"])
def test_a_secret_document_is_refused(line: str) -> None:
    with pytest.raises(ContentError, match="state secrets"):
        intake_text(f"000001\n{line}\n关于读书的通知\n甲。")


def test_too_long_a_text_is_refused_in_words() -> None:
    with pytest.raises(ContentError, match="300000 characters are too many; the limit is 200000"):
        intake_text("甲" * 300_000)
    with pytest.raises(ContentError, match="more than 20000 lines"):
        intake_text("甲\n" * 30_000)


TOKENS = [f"{a}{b}{c}" for a in "鼠牛虎兔" for b in "甲乙丙丁" for c in "金木水火"]
"""Words that stand in nothing else, one for each line."""
FORMS = (
    *(
        "{}",
        "{}。",
        "{}，",
        "{}：",
        "一、{}",
        "（一）{}。",
        "1.{}",
        "2. {}。",
        "　　{}。",
        "{}\t{}",
        "| {} | {} |",
    ),
    *("附件：{}", "附件：1.{}", "附件1", "附件2", "附：{}", "（{}）", "— 3 —", "特急", "000001", ""),
    *(
        "关于{}的通知",
        "{}的函",
        "印发{}的通知",
        "{}文件",
        "{}办〔2031〕5号",
        "{}局[2031]第6号 {}",
        "签发人：{}",
    ),
    *("2031年4月7日", "{}局", "{}办 2031年4月7日", "{}办 2031年4月8日印发", "2031年4月9日印发"),
    *(
        "抄送：{}。",
        "抄送：{}，",
        "抄报：{}。",
        "主送：{}。",
        "现将{}如下：",
        "特此{}",
        "{}" * 9,
        "{}" * 8 + "。",
    ),
)


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return lines of all forms in any order, and the words in them."""
    forms = draw(st.lists(st.sampled_from(FORMS), max_size=12))
    words = iter(draw(st.permutations(TOKENS[:64])) * 4)
    used: list[str] = []

    def next_word() -> str:
        used.append(next(words))
        return used[-1]

    lines = ["".join(p + (next_word() if n else "") for n, p in _pieces(form)) for form in forms]
    return "\n".join(lines), used


def _pieces(form: str) -> list[tuple[bool, str]]:
    pieces = form.split("{}")
    return [(number < len(pieces) - 1, piece) for number, piece in enumerate(pieces)]


def no_word_is_lost(draft: tuple[str, list[str]]) -> None:
    text, words = draft
    taken = intake_text(text)
    everything = f"{taken.content}{taken}"
    assert [word for word in words if word not in everything] == []
    assert clean_text(taken.content["body"], where="body", limit=100_000, lines=True) is not None


@settings(max_examples=60, deadline=None)
@given(drafts())
def test_lines_in_any_order_are_taken_or_left_but_never_lost(draft: tuple[str, list[str]]) -> None:
    no_word_is_lost(draft)


@pytest.mark.long
@settings(max_examples=1500, deadline=None)
@given(drafts())
def test_no_line_of_many_drafts_is_lost(draft: tuple[str, list[str]]) -> None:
    no_word_is_lost(draft)


MINUTES = """示例市文明办会议纪要
示文明办〔2031〕3号
2031年4月7日，市文明办召开读书活动专题会议，议定以下事项。
一、办好读书会。
出席人员：甲厅张某某、乙局李某某
请假：丙委王某
列席：丁办赵某某
"""


def test_minutes_are_known_by_their_masthead_and_those_who_were_there_by_their_words() -> None:
    taken = intake_text(MINUTES)
    content = read_content(taken.content)
    assert (content.type, content.title) == ("纪要", "示例市文明办会议纪要")
    assert content.attendance == Attendance("甲厅张某某、乙局李某某", "丙委王某", "丁办赵某某")
    assert content.body.endswith("一、办好读书会。")
    titled = intake_text(MINUTES.replace("3号\n", "3号\n读书活动专题会议纪要\n"))
    assert (titled.masthead, titled.content["title"]) == ("示例市文明办会议纪要", "读书活动专题会议纪要")


def test_an_order_is_known_by_its_masthead_and_lacks_a_title() -> None:
    taken = intake_text("示例市文明委令\n示文明委〔2031〕3号\n现公布读书办法，自即日起施行。\n2031年4月7日")
    assert (taken.content["type"], taken.content["title"]) == ("命令", "")
    assert taken.content["body"] == "现公布读书办法，自即日起施行。"
    assert "No title was found; type the title." in told(taken)


JOINT = """示例市文明办
示例市教育局文件
示文明办〔2031〕7号
关于开展读书活动的通知
各学校：
请认真组织。
示例市文明办
示例市教育局
2031年4月7日
"""


def test_several_signatures_are_of_agencies_that_issue_jointly() -> None:
    taken = intake_text(JOINT)
    assert (taken.signature, taken.content["co_agencies"]) == ("示例市文明办", ["示例市教育局"])
    assert "lead_only" not in taken.content
    alone = intake_text(JOINT.replace("示例市文明办\n示例市教育局文件", "示例市文明办文件"))
    assert alone.content["lead_only"] is True
    assert read_content(alone.content).co_agencies == ("示例市教育局",)
