"""Lines made of names alone stand in columns, and stay the text that they are."""

import io
from itertools import pairwise

import pytest
from docx import Document

from docgen import layout
from docgen.intake import intake
from docgen.names import in_columns
from docgen.outline import Line, Names, read_outline
from docgen.reading import read_content
from docgen.render import render
from tests.docgen.twin import PARTICULARS, notice

PEOPLE = "甲乙  丙丁戊  己庚\n辛壬癸  子丑  寅卯  辰巳"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("甲乙  丙丁戊  己庚", ("甲乙", "丙丁戊", "己庚")),
        ("甲乙\t丙丁戊\t己庚", ("甲乙", "丙丁戊", "己庚")),
        ("甲乙　丙丁戊　己庚", ("甲乙", "丙丁戊", "己庚")),
        ("甲　乙　　丙丁戊　　己　庚", ("甲　乙", "丙丁戊", "己　庚")),
        ("甲　乙　丙丁戊　己　庚", ("甲　乙", "丙丁戊", "己　庚")),
        (
            "示例局机关党委   示例中心（示例站）   甲乙·丙丁",
            ("示例局机关党委", "示例中心（示例站）", "甲乙·丙丁"),
        ),
    ],
)
def test_wide_blanks_part_names(line: str, names: tuple[str, ...]) -> None:
    assert list(read_outline(line)) == [Names((names,))]


@pytest.mark.parametrize(
    "line",
    [
        "甲乙 丙丁戊 己庚",
        "甲乙  丙丁戊",
        "甲乙、丙丁戊  己庚  辛壬",
        "甲  乙  丙",
        "各单位要认真落实。  甲乙  丙丁",
        "联系人：甲乙  电话：0371  地址：示例路",
        "甲乙  " + "长" * 15 + "  丙丁",
    ],
)
def test_other_lines_stay_text(line: str) -> None:
    assert list(read_outline(line)) == [Line(line)]


def test_two_names_are_a_list_beside_other_lines_of_names_only() -> None:
    text = "甲乙  丙丁\n戊己  庚辛\n\n壬癸  子丑\n特此通知。"
    assert list(read_outline(text)) == [
        Names((("甲乙", "丙丁"), ("戊己", "庚辛"))), Line("壬癸  子丑"), Line("特此通知。"),
    ]  # fmt: skip


def test_columns_are_equal_and_as_many_as_fit() -> None:
    (many,) = in_columns(Names((tuple(["甲乙丙"] * 12),)))
    assert [row.count("\t") + 1 for row in many.text.split("\n")] == [5, 5, 2]
    steps = [layout.TWO_CHARS_TW, *(place for _, place in many.tabs)]
    assert len({b - a for a, b in pairwise(steps)}) == 1
    (few,) = in_columns(Names((tuple(["甲乙丙"] * 3),)))
    assert (few.text.count("\t"), len(few.tabs)) == (2, 2)
    (wide,) = in_columns(Names((tuple(["示例局机关党委办公室"] * 4),)))
    assert wide.text.count("\n") == 1
    (single,) = in_columns(Names((tuple(["示" * 14] * 3),)))
    assert single.text.count("\n") == 2


def test_intake_of_our_paper_gives_the_names_back() -> None:
    long_line = "  ".join(["甲乙", "丙丁戊"] * 9)
    content = read_content(notice(f"名单如下。\n{PEOPLE}\n以上。\n{long_line}").to_dict())
    assert content.body.split("\n")[1:3] == PEOPLE.split("\n")
    paper = render(content, PARTICULARS)
    assert "".join(p.text for p in Document(io.BytesIO(paper)).paragraphs).count("甲乙") == 10
    assert intake(paper).content["body"] == content.body
