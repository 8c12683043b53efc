"""What changed between two texts, sentence by sentence."""

import pytest

from workflow.comparison import FieldChange, changed_sentences, compare, runs

CONTENT = {"type": "通知", "title": "关于值班的通知", "body": "一、安排。\n请值班。", "attachments": []}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("请值班。", "请值班。", [("same", "请值班。")]),
        ("甲。乙。", "甲。乙。丙。", [("same", "甲。乙。"), ("in", "丙。")]),
        ("甲。乙。丙。", "甲。丙。", [("same", "甲。"), ("out", "乙。"), ("same", "丙。")]),
        (
            "报送时间为本月底。",
            "报送时间为下月底。",
            [("same", "报送时间为"), ("out", "本"), ("in", "下"), ("same", "月底。")],
        ),
        ("完全不同的一句。", "Nothing alike！", [("out", "完全不同的一句。"), ("in", "Nothing alike！")]),
        ("", "新。", [("in", "新。")]),
        ("旧。", "", [("out", "旧。")]),
        ("没有句号", "没有逗号", [("same", "没有"), ("out", "句"), ("in", "逗"), ("same", "号")]),
    ],
)
def test_runs_say_what_stayed_went_and_came(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert runs(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"), [("甲。\n乙；丙", "甲。\n丁；丙！"), ("a\n\nb", "a\nb"), ("　", "。。")]
)
def test_both_texts_can_be_read_back_from_the_runs(old: str, new: str) -> None:
    found = runs(old, new)
    assert "".join(text for kind, text in found if kind != "in") == old
    assert "".join(text for kind, text in found if kind != "out") == new


def test_only_fields_that_differ_are_named() -> None:
    after = {
        **CONTENT,
        "title": "关于夜间值班的通知",
        "seal": False,
        "issued_text": {"title": "表", "body": "甲"},
        "attachments": [{"title": "单", "body": "乙"}],
    }
    names = [change.field for change in compare({**CONTENT, "seal": True}, after)]
    assert names == [
        "title",
        "issued_text.title",
        "issued_text.body",
        "attachments[0].title",
        "attachments[0].body",
        "seal",
    ]


def test_equal_contents_differ_in_nothing() -> None:
    assert compare(CONTENT, dict(CONTENT)) == []


def test_sentences_without_a_change_are_left_out() -> None:
    change = FieldChange(
        "body", runs("甲照旧。\n乙报送本月底。\n丙照旧。", "甲照旧。\n乙报送下月底。\n丙照旧。")
    )
    assert changed_sentences(change) == [
        [("same", "乙报送"), ("out", "本"), ("in", "下"), ("same", "月底。")]
    ]
