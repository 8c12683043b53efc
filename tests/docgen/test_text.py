"""Texts are cleaned once, at the boundary."""

import pytest

from docgen.errors import TextError
from docgen.text import clean_text

KEPT = {
    "plain": ("关于开展文明单位复查工作的通知", "关于开展文明单位复查工作的通知"),
    "full-width and curly punctuation": ("“两个”‘一’——……《〈〉》〔2024〕", "“两个”‘一’——……《〈〉》〔2024〕"),
    "rare characters of names": ("喆堃赟祎玥珺昇旻翀皞禤燚镕頔䶮㎡𠮷", "喆堃赟祎玥珺昇旻翀皞禤燚镕頔䶮㎡𠮷"),
    "a variation selector goes": ("葛\U000e0100❤\ufe0f", "葛❤"),
    "what prints nothing goes": ("精\u3164神\u2800文\u034f明\u00ad", "精神文明"),
    "blanks that print as a space become one": ("精神\u00a0文明\u2002建设", "精神 文明 建设"),
    "a blank of a character's width stays": ("张\u3000三", "张\u3000三"),
    "NFD becomes NFC": ("e\u0301te\u0301", "été"),
    "a zero-width space goes": ("精神\u200b文明", "精神文明"),
    "a byte order mark goes": ("\ufeff通知", "通知"),
    "a word joiner goes": ("2024\u2060年", "2024年"),
    "a soft hyphen goes": ("通\u00ad知", "通知"),
    "hidden tag characters go": ("通知\U000e0041\U000e0042", "通知"),
    "blanks around go": (" \u3000通知\u00a0 ", "通知"),
    "markup stays text": ("<w:p/>&amp;]]>", "<w:p/>&amp;]]>"),
    "four marks are a letter": ("a\u0316\u0317\u0318\u0319", "a\u0316\u0317\u0318\u0319"),
}

REFUSED = {
    "NUL": ("通\x00知", "U+0000"),
    "escape": ("通\x1b[31m知", "U+001B"),
    "vertical tab": ("通\x0b知", "U+000B"),
    "delete": ("通\x7f知", "U+007F"),
    "next line of C1": ("通\x85知", "U+0085"),
    "lone high surrogate": ("通\ud800知", "U+D800"),
    "lone low surrogate": ("通\udfff知", "U+DFFF"),
    "FFFE": ("通\ufffe知", "U+FFFE"),
    "FFFF": ("通\uffff知", "U+FFFF"),
    "last of plane 1": ("通\U0001ffff知", "U+1FFFF"),
    "FDD0": ("通\ufdd0知", "U+FDD0"),
    "right-to-left override": ("通\u202e知", "U+202E"),
    "left-to-right embedding": ("通\u202a知", "U+202A"),
    "isolate": ("通\u2066知", "U+2066"),
    "pop isolate": ("通\u2069知", "U+2069"),
    "a tab in a single line": ("通\t知", "U+0009"),
    "five marks on one letter": ("a" + "\u0316" * 5, "combining"),
    "a pile of marks": ("a" + "\u0316\u20dd" * 250, "combining"),
    "two lines in a single-line field": ("通\n知", "single line"),
    "a line separator in a single-line field": ("通\u2028知", "single line"),
    "too long": ("文" * 201, "201"),
}


@pytest.mark.parametrize(("given", "stored"), KEPT.values(), ids=KEPT)
def test_a_single_line_is_stored_clean(given: str, stored: str) -> None:
    assert clean_text(given, where="title", limit=200) == stored


@pytest.mark.parametrize(("given", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_refused_by_name(given: str, said: str) -> None:
    with pytest.raises(TextError) as refusal:
        clean_text(given, where="title", limit=200)
    assert said in str(refusal.value)
    assert {problem.where for problem in refusal.value.problems} == {"title"}


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("单位\t人数", "单位  人数"),
        ("\n\n  一、甲  \n\u3000\u3000乙\n\n丙\n", "一、甲\n乙\n\n丙"),
    ],
)
def test_texts_of_several_lines_get_one_kind_of_line_end(given: str, stored: str) -> None:
    assert clean_text(given, where="body", limit=200, lines=True) == stored


def test_every_problem_of_a_text_is_told_at_once() -> None:
    with pytest.raises(TextError) as refusal:
        clean_text("\x00\u202e" + "文" * 300, where="title", limit=200)
    assert [problem.params for problem in refusal.value.problems] == [
        {"code": "U+0000"},
        {"code": "U+202E"},
        {"length": "302", "limit": "200"},
    ]


def test_cleaning_twice_changes_nothing_more() -> None:
    for given, _ in KEPT.values():
        once = clean_text(given, where="body", limit=200, lines=True)
        assert clean_text(once, where="body", limit=200, lines=True) == once


def test_a_text_far_too_long_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(TextError) as refusal:
        clean_text("\x00" * 500_000, where="body", limit=100_000, lines=True)
    assert [problem.params["length"] for problem in refusal.value.problems] == ["500000"]
