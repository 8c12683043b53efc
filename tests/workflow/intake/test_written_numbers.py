"""A number is read however somebody wrote it, and nothing is taken for one that is none."""

import pytest

from workflow.intake.written_numbers import (
    Written,
    in_present_brackets,
    numbers_in_name,
    numbers_in_text,
    read_number,
)

OFFICE, LETTERS, FORMER = "豫直文明办", "豫直文明办函", "直文明办"
CODES = (OFFICE, LETTERS, FORMER)
FOURTH = Written(OFFICE, 2024, 4)

SAME = (
    "豫直文明办〔2024〕4号",
    "豫直文明办[2024]4号",
    "豫直文明办（2024）4号",
    "豫直文明办(2024)4号",
    "豫直文明办【2024】4号",
    "豫直文明办［2024］4号",
    "豫直文明办{2024}4号",
    "豫直文明办｛2024｝4号",
    "豫直文明办〖2024〗4号",
    "豫直文明办﹝2024﹞4号",
    "豫直文明办<2024>4号",
    "豫直文明办〔2024〕第4号",
    "豫直文明办〔2024〕第 4 号",
    "豫直文明办〔2024〕04号",
    "豫直文明办〔2024〕004",
    "豫直文明办〔２０２４〕４号",
    "豫直文明办 〔 2024 〕 4 号",
    " 豫直文明办〔2024〕4号\u3000",
    "豫 直 文明办〔2024〕4号",
    "豫直文明办2024年第4号",
    "豫直文明办2024年4号",
    "豫直文明办２０２４年第４号",
    "豫直文明办2024第4号",
    "豫直文明办2024-4",
    "豫直文明办2024—4号",
    "豫直文明办 2024 4",
    "豫直文明办2024/4",
    "豫直文明办〔2024]4号",
)


@pytest.mark.parametrize("text", SAME)
def test_every_form_of_a_number_is_the_same_number(text: str) -> None:
    assert read_number(text) == FOURTH


@pytest.mark.parametrize("text", ["2024 4", "[2024]4号", "2024-4", "2024年第4号", "（2024）4"])
def test_a_number_without_code_has_none(text: str) -> None:
    assert read_number(text) == Written("", 2024, 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "豫直文明办",
        "20244",
        "豫直文明办20244号",
        "豫直文明办〔2024〕",
        "豫直文明办〔24〕4号",
        "豫直文明办〔2024〕0号",
        "豫直文明办〔2024〕四号",
        "豫直文明办〔2124〕4号",
        "豫直文明办〔2024〕1234567号",
        "豫直文明办〔2024〕4号、5号",
        "豫直文明办〔2024〕4-6号",
        "豫直文明办（〔2024〕4号",
        "Office 2024 365",
        "关于豫直文明办〔2024〕4号的通知",
        "=2024-4",
    ],
)
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert read_number(text) is None


def test_a_number_is_given_in_its_present_form() -> None:
    assert FOURTH.normal == "豫直文明办〔2024〕4号"


NAMES = {
    "豫直文明办2024-4.docx": [FOURTH],
    "豫直文明办2024.4.docx": [FOURTH],
    "豫直文明办2024_004.PDF": [FOURTH],
    "豫直文明办〔2024〕4号 关于报送2023-2024年度总结的通知.pdf": [FOURTH],
    "关于报送总结的通知（豫直文明办〔2024〕4号）.docx": [FOURTH],
    "豫直文明办(2024)4号.jpg": [FOURTH],
    "豫直文明办2024年第4号=关于总结.pdf": [FOURTH],
    "豫直文明办 2024 4-1.tif": [FOURTH],
    "2024 4 豫直文明办.pdf": [FOURTH],
    "2024年/豫直文明办2024-4.docx": [FOURTH],
    "2023/12/豫直文明办2024-4.docx": [FOURTH],
    "2024 4 豫直文明办函.pdf": [Written(LETTERS, 2024, 4)],
    "豫直文明办函〔2024〕12号.docx": [Written(LETTERS, 2024, 12)],
    "直文明办〔2009〕3号.docx": [Written(FORMER, 2009, 3)],
    "2024-4.docx": [Written("", 2024, 4)],
    "2024-04-07 豫直文明办〔2024〕4号.docx": [FOURTH],
    "转发豫直文明办函〔2023〕9号 豫直文明办〔2024〕4号.docx": [Written(LETTERS, 2023, 9), FOURTH],
    "2024-04-07 通知.docx": [],
    "2024年4月7日的通知.docx": [],
    "2024.12.05.pdf": [],
    "20240407.pdf": [],
    "扫描件0004.jpg": [],
    "某某办〔2024〕4号.docx": [Written("", 2024, 4)],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_number_is_found_in_a_name(name: str) -> None:
    assert numbers_in_name(name, CODES) == NAMES[name]


TEXTS = {
    "某某委员会办公室文件\n豫直文明办 〔 2024 〕 4 号\n关于报送总结的通知": [FOURTH],
    "豫直文\n明办〔2024〕\n4号": [FOURTH],
    "豫直文明办2024年第4号": [FOURTH],
    "根据豫直文明办函[2023]9号和豫直文明办〔2024〕4号": [Written(LETTERS, 2023, 9), FOURTH],
    "2024 4 是一个数": [],
    "豫直文明办 2024 4": [],
    "": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_number_is_found_in_a_text_where_it_stands_in_full(text: str) -> None:
    assert numbers_in_text(text, CODES) == TEXTS[text]


def test_without_codes_nothing_is_found_in_a_text() -> None:
    assert numbers_in_text("豫直文明办〔2024〕4号", ()) == []


def test_brackets_of_every_kind_become_the_present_ones() -> None:
    assert in_present_brackets("办[2024]4号（试行）【一】") == "办〔2024〕4号〔试行〕〔一〕"
