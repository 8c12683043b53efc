"""Plain text becomes headings, paragraphs and tables."""

from itertools import product

import pytest

from docgen.outline import Line, Table, read_outline


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("为进一步规范工作，现通知如下。", Line("为进一步规范工作，现通知如下。")),
        ("一、总体要求", Line("一、总体要求", 1, 6)),
        ("十二、组织领导", Line("十二、组织领导", 1, 7)),
        ("一、指导思想。以创建为载体，扎实推进。", Line("一、指导思想。以创建为载体，扎实推进。", 1, 7)),
        ("（一）申报范围", Line("（一）申报范围", 2, 7)),
        ("（二）申报条件。组织有力。", Line("（二）申报条件。组织有力。", 2, 8)),
        ("1.组织领导有力。专题研究。", Line("1.组织领导有力。专题研究。", 3, 0)),
        ("1. 组织领导", Line("1. 组织领导", 3, 0)),
        ("（1）有机构；", Line("（1）有机构；", 4, 0)),
        ("1.5万人参加活动。", Line("1.5万人参加活动。")),
        ("2031年是关键之年。", Line("2031年是关键之年。")),
        ("一方面，要加强领导。", Line("一方面，要加强领导。")),
        ("一、" + "长" * 90 + "。", Line("一、" + "长" * 90 + "。", 1, 2)),
        ("   （一）前有空格", Line("（一）前有空格", 2, 7)),
    ],
)
def test_a_line_is_read_by_what_it_starts_with(text: str, line: Line) -> None:
    assert list(read_outline(text)) == [line]


def test_a_pipe_table_is_a_table_between_paragraphs() -> None:
    text = "名单如下：\n| 序号 | 单位 |\n|---|:-:|\n| 1 | 甲 |\n| 2 |\n以上。"
    assert list(read_outline(text)) == [
        Line("名单如下："),
        Table((("序号", "单位"), ("1", "甲"), ("2", ""))),
        Line("以上。"),
    ]


@pytest.mark.parametrize("text", ["|", "||", "甲|乙", "| 甲", "|" * 100])
def test_a_bar_alone_makes_no_table(text: str) -> None:
    assert list(read_outline(text)) == [Line(text)]


def test_a_rule_without_rows_is_nothing() -> None:
    assert list(read_outline("|---|---|")) == []


def test_empty_lines_are_nothing() -> None:
    assert [block.text for block in read_outline("\n甲\n\n\n乙\n") if isinstance(block, Line)] == ["甲", "乙"]


_NUMBERS = {
    1: ("一、", "十二、", "二十、", "一百零一、"),
    2: ("（一）", "(一)", "（十二)", "(二十）"),
    3: ("1.", "12．", "1. ", "101."),
    4: ("（1）", "(1)", "（12)", "(101）"),
}
_HEADS = ("总体要求。", "抓什么？", "《要点》落实。", "提高认识！", "A级标准。")
_REST = ("以学习为主线，扎实推进。", "", "第二句。第三句。")


@pytest.mark.parametrize("level", _NUMBERS)
def test_a_headings_font_ends_with_its_first_sentence_whatever_follows(level: int) -> None:
    for number, head, rest in product(_NUMBERS[level], _HEADS, _REST):
        (line,) = read_outline(f"{number}{head}{rest}")
        assert isinstance(line, Line)
        assert (line.text, line.level) == (f"{number}{head}{rest}", level)
        assert line.text[: line.lead] == (f"{number}{head}" if level < 3 else "")


@pytest.mark.parametrize(
    "text", ["1.5倍以上。", "2031.5", "一是抓落实。", "（甲）方案", "第一、第二名。", "十年来，"]
)
def test_what_only_looks_like_a_heading_is_text(text: str) -> None:
    assert list(read_outline(text)) == [Line(text)]
