"""Whoever prints a paper is told what of it to look at."""

from dataclasses import replace

import pytest

from docgen.coverage import rare_characters
from docgen.doubts import doubts, tables_without_room
from docgen.outline import MOST_COLUMNS
from docgen.sheet import Part
from tests.docgen.twin import TWIN, notice

RARE = "喆堃赟祎玥珺昇旻翀皞禤燚镕頔䶮㎡"


def table(columns: int, cell: str) -> str:
    row = "| " + " | ".join([cell] * columns) + " |"
    return f"{row}\n{row}"


def test_an_ordinary_text_has_nothing_to_look_at() -> None:
    assert doubts(TWIN) == ()
    assert rare_characters("“甲”—〇……《乙》〔2031〕①℃％·A1 \u3000\n") == []


def test_each_character_that_the_named_fonts_lack_is_named_with_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("HONGTOU_FONTCONFIG", raising=False)
    content = notice(
        f"参加人员：{RARE}等同志。", note="联系人䶮", attachments=(Part("面积（㎡）", "甲\ue000"),)
    )
    told = [(one.where, one.params["character"]) for one in doubts(content)]
    assert told == [
        *(("body", character) for character in RARE),
        ("attachments[0].body", "\ue000"),
        ("attachments[0].title", "㎡"),
        ("note", "䶮"),
    ]
    found = {one.params["character"]: one for one in doubts(content)}
    assert found["镕"].params == {"character": "镕", "around": "…翀皞禤燚镕頔䶮㎡等…", "font": "仿宋_GB2312"}
    assert "check the printed page" in found["镕"].message
    assert "empty box" in found["\ue000"].message


@pytest.mark.parametrize(
    ("columns", "cell", "fits"),
    [
        (9, "项目名称", True),
        (20, "项目", True),
        (MOST_COLUMNS, "1", True),
        (40, "123456", False),
        (63, "项目", False),
    ],
)
def test_a_table_that_would_be_torn_even_lying_is_told(columns: int, cell: str, fits: bool) -> None:
    content = notice(f"甲。\n{table(columns, cell)}\n乙。")
    told = [one.params["columns"] for one in tables_without_room(content)]
    assert told == ([] if fits else [str(columns)])
    assert tables_without_room(replace(content, body="甲。")) == ()
