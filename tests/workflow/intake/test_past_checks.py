"""Everything that is wrong with a register or a file is told with row, column and reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import opening_day
from tests.workflow.desk import Desk, opened
from tests.workflow.intake.past import CODE, TITLE, enter_series, register, row, small
from workflow.intake import past
from workflow.intake.findings import Finding
from workflow.intake.past.rows import HEADINGS, type_of

OTHER = f"{CODE}〔2024〕2号"
CODED = "Z109-WS·2024-D30-BGS-0004"


@pytest.fixture(scope="module")
def office(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give an office for all these tests: checking changes nothing."""
    folder = tmp_path_factory.mktemp("checks")
    (folder / "office.db").write_bytes(office_template.read_bytes())
    with opened(f"sqlite:///{folder / 'office.db'}", folder) as desk:
        enter_series()
        yield desk


def told(findings: tuple[Finding, ...]) -> list[tuple[int, str, str]]:
    return [(one.row, one.heading, str(one.reason)) for one in findings]


def one_row(folder: Path, **changes: Any) -> past.Checked:
    return past.check(small(folder, row(**changes)))


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no number": ({"字号": None}, "字号", "This must be filled in"),
    "no title": ({"标题": None}, "标题", "This must be filled in"),
    "no date": ({"成文日期": None}, "成文日期", "This must be filled in"),
    "a number that is none": ({"字号": "第四号"}, "字号", "第四号 cannot be read as a document's number"),
    "a formula for a number": ({"字号": "=A1"}, "字号", "=A1 cannot be read as a document's number"),
    "a number without code": (
        {"字号": "〔2024〕4号"},
        "字号",
        "〔2024〕4号 has no agency code",
    ),
    "an unknown code": (
        {"字号": "某某办〔2024〕4号"},
        "字号",
        "No series has the agency code 某某办",
    ),
    "a number with too many holes": (
        {"字号": f"{CODE}〔2024〕9999号"},
        "字号",
        "That would leave 9998",
    ),
    "a title that is too long": (
        {"标题": "关于" + "长" * 200 + "的通知"},
        "标题",
        "205 characters",
    ),
    "a title of two lines": ({"标题": "关于\n通知"}, "标题", "single line"),
    "a title of no type": ({"标题": "工作要点"}, "标题", "does not end with one of the 15 types"),
    "a title marked as secret": ({"标题": "机密★关于开展活动的通知"}, "标题", "no state secrets"),
    "a date that is none": ({"成文日期": "去年春天"}, "成文日期", "去年春天 is not a date"),
    "a day that there is not": ({"成文日期": "2024-02-30"}, "成文日期", "There is no such day"),
    "a day to come": ({"成文日期": "2199-01-01"}, "成文日期", "2199-01-01 is still to come"),
    "printed before it was signed": (
        {"印发日期": "2024-03-04"},
        "印发日期",
        "before the date",
    ),
    "copies that are no number": ({"份数": "若干"}, "份数", "若干 is not a whole number"),
    "copies below one": ({"份数": 0}, "份数", "0 is not a whole number"),
    "an archival code of no form": ({"档号": "2024年第3卷"}, "档号", "is not an archival code"),
    "a signatory that is too long": ({"签发人": "甲" * 201}, "签发人", "201 characters are too many"),
    "a character that cannot be printed": ({"主送": "各\u202e单位"}, "主送", "cannot be printed"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_cell_is_an_error_with_its_place(office: Desk, tmp_path: Path, what: str) -> None:
    changes, heading, reason = WRONG[what]
    checked = one_row(tmp_path, **changes)
    ((number, place, message),) = told(checked.errors)
    assert (number, place) == (2, heading)
    assert reason in message
    assert checked.errors[0].column == "ABCDEFGH"[HEADINGS.index(heading)]
    assert checked.documents == ()


GOOD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a date in words": ({"成文日期": "二〇二四年三月五日"}, {"dated": "2024-03-05"}),
    "a date of the old words": ({"成文日期": "二○二四年二月二十九日"}, {"dated": "2024-02-29"}),
    "eight figures": ({"成文日期": 20240305}, {"dated": "2024-03-05"}),
    "points": ({"成文日期": "2024.3.5"}, {"dated": "2024-03-05"}),
    "no printing": ({"印发日期": None}, {"printed_on": "None"}),
    "figures as text": ({"份数": "60"}, {"copies": "60"}),
    "a code of today": (
        {"档号": CODED},
        {"archival_code": CODED},
    ),
    "a code without section": ({"档号": "Q021-WS·2024-Y-0004"}, {"archival_code": "Q021-WS·2024-Y-0004"}),
    "a code of before": ({"档号": "0109-2-15-003"}, {"archival_code": "0109-2-15-003"}),
    "an older form of the number": ({"字号": f"{CODE}[2024]第04号"}, {"serial": "4", "year": "2024"}),
}


@pytest.mark.parametrize("what", GOOD)
def test_what_can_be_read_is_read(office: Desk, tmp_path: Path, what: str) -> None:
    changes, expected = GOOD[what]
    checked = one_row(tmp_path, **changes)
    assert told(checked.errors) == []
    assert {name: str(getattr(checked.documents[0], name)) for name in expected} == expected


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("关于印发工作意见的通知", "通知"),
        ("关于同意成立协会的批复", "批复"),
        ("关于商请支持的函", "函"),
        ("工作推进会会议纪要", "纪要"),
        ("关于命名先进单位的决定（第二批）", "决定"),
        ("实施意见 (试行)", "意见"),
        ("关于情况的报告。", "报告"),
        ("工作简报", ""),
        ("通知单", ""),
        ("", ""),
    ],
)
def test_the_type_is_what_the_title_ends_with(title: str, type_: str) -> None:
    assert type_of(title) == type_


def test_a_column_names_the_type_where_the_title_does_not(office: Desk) -> None:
    headings = (*HEADINGS, "文种")
    rows = [(*row(标题="工作要点"), "通知"), (*row(字号=OTHER, 标题="工作规划"), "规划")]
    checked = past.check(past.Source("簿.xlsx", register(*rows, headings=headings), {}))
    assert told(checked.errors) == [(3, "文种", "规划 is not among the 15 types of document")]


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        (("编号", "标题"), "No sheet has a first row with the heading 字号"),
        (("字号", "标题"), "This column is missing"),
        ((*HEADINGS, "标题"), "This column is there twice"),
    ],
)
def test_headings_that_are_missing_or_twice_are_told(
    office: Desk, headings: tuple[str, ...], reason: str
) -> None:
    cells = [(*row(), "")[: len(headings)]]
    checked = past.check(past.Source("簿.xlsx", register(*cells, headings=headings), {}))
    assert reason in [str(one.reason) for one in checked.errors]


def test_other_words_for_the_headings_are_understood(office: Desk) -> None:
    headings = ("发文字号", "文件标题", "成文日期", "印发日期", "主送机关", "签发", "印数", "档号")
    checked = past.check(past.Source("簿.xlsx", register(row(), headings=headings), {}))
    assert told(checked.errors) == []


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04"])
def test_a_file_that_is_no_workbook_is_told(office: Desk, data: bytes) -> None:
    checked = past.check(past.Source("簿.xlsx", data, {}))
    ((number, _, reason),) = told(checked.errors)
    assert number == 0
    assert "damaged" in reason or "empty" in reason or "XLSX" in reason


def test_an_empty_register_is_told(office: Desk) -> None:
    checked = past.check(past.Source("簿.xlsx", register(), {}))
    assert told(checked.errors) == [(0, "", "The register has no row below its headings")]


def test_archival_codes_that_are_there_twice_are_told(office: Desk, tmp_path: Path) -> None:
    code = "Z109-WS·2024-Y-BGS-0001"
    checked = past.check(small(tmp_path, row(档号=code), row(字号=OTHER, 档号=code)))
    assert told(checked.errors) == [(3, "档号", "Row 2 has the same archival code")]


def test_what_does_not_stop_is_told_too(office: Desk, tmp_path: Path) -> None:
    rows = [
        row(字号=f"{CODE}[2024]1号"),
        row(字号=f"{CODE}〔2024〕4号", 成文日期="2021-01-05"),
        row(标题="关于同号的函"),
    ]
    checked = past.check(small(tmp_path, *rows))
    assert checked.errors == ()
    assert told(checked.warnings) == [
        (
            0,
            "字号",
            f"1 numbers are not written as they are now (such as {CODE}[2024]1号); they are kept as written"
            " and found in both forms",
        ),
        (0, "字号", f"{CODE}〔2024〕2号、{CODE}〔2024〕3号 have no row: the register lists them as missing"),
        (2, "字号", "No file has this number"),
        (3, "字号", "No file has this number"),
        (3, "成文日期", f"This is not the year of the number {CODE}〔2024〕4号"),
        (
            4,
            "字号",
            f"{CODE}〔2024〕1号 is the number of row 2 too: both are kept apart, this one as a duplicate",
        ),
        (4, "字号", "No file has this number"),
    ]
    assert checked.report["holes"] == [{"code": CODE, "year": 2024, "count": 2, "serials": [2, 3]}]
    assert [one.duplicate for one in checked.documents] == [False, False, True]


def taken(checked: past.Checked) -> list[list[str]]:
    return [[file.name for file in one.files] for one in checked.documents]


def warned(checked: past.Checked) -> list[str]:
    return [str(one.reason) for one in checked.warnings if "No file" not in str(one.reason)]


TEXT = opening_day.docx([f"{CODE}〔2024〕1号", TITLE, "正文"])
SCAN = opening_day.scan(7)


def test_files_find_their_rows_by_name_by_text_and_by_title(office: Desk, tmp_path: Path) -> None:
    rows = [row(), row(字号=OTHER, 标题="关于表彰的决定"), row(字号=OTHER, 标题="关于复查的函")]
    files = {
        "2024/通知.docx": TEXT,
        f"{CODE}2024-2 关于复查的函.jpg": SCAN,
        f"{CODE}（2024）2号+关于表彰的决定.pdf": opening_day.pdf([]),
    }
    checked = past.check(small(tmp_path, *rows, files=files))
    names = list(files)
    assert taken(checked) == [[names[0]], [names[2]], [names[1]]]


def test_a_docx_comes_before_its_pdf_and_both_are_kept(office: Desk, tmp_path: Path) -> None:
    files = {f"{CODE}2024-1.pdf": opening_day.pdf([TITLE]), f"{CODE}2024-1.docx": TEXT}
    checked = past.check(small(tmp_path, row(), files=files))
    assert taken(checked) == [[f"{CODE}2024-1.docx", f"{CODE}2024-1.pdf"]]
    (warning,) = warned(checked)
    assert "all are taken" in warning


def test_a_second_file_of_a_kind_stays_out_and_is_named(office: Desk, tmp_path: Path) -> None:
    files = {f"{CODE}2024-1 p2.jpg": SCAN, f"{CODE}2024-1 {TITLE}.jpg": SCAN}
    checked = past.check(small(tmp_path, row(), files=files))
    assert taken(checked) == [[f"{CODE}2024-1 {TITLE}.jpg"]]
    assert f"{CODE}2024-1 p2.jpg stays out" in warned(checked)[0]
    assert checked.report["without_row"] == [f"{CODE}2024-1 p2.jpg"]


def test_a_file_that_could_be_of_two_rows_is_given_to_none(office: Desk, tmp_path: Path) -> None:
    rows = [row(), row(标题="关于同号的函")]
    checked = past.check(small(tmp_path, *rows, files={f"{CODE}2024-1.jpg": SCAN}))
    assert taken(checked) == [[], []]
    assert any("could belong to each of the rows 2、3" in one for one in warned(checked))


def test_files_without_row_or_number_are_named(office: Desk, tmp_path: Path) -> None:
    files = {f"{CODE}2024-8.jpg": SCAN, "扫描0001.jpg": SCAN, "说明.txt": b"text"}
    checked = past.check(small(tmp_path, row(), files=files))
    assert checked.errors == ()
    assert warned(checked) == [
        "说明.txt is not a document: only DOCX, PDF, TIFF, PNG and JPEG are taken",
        f"{CODE}2024-8.jpg: no row has its number, {CODE}〔2024〕8号",
        "扫描0001.jpg: no number stands in its name or at its beginning",
    ]
    assert checked.report["without_row"] == [f"{CODE}2024-8.jpg", "扫描0001.jpg"]


def test_a_text_without_the_title_is_pointed_at(office: Desk, tmp_path: Path) -> None:
    checked = past.check(small(tmp_path, row(标题="关于别的事的函"), files={f"{CODE}2024-1.docx": TEXT}))
    assert "This title does not stand at the beginning" in warned(checked)[0]


UNUSABLE = {
    "残.docx": (TEXT[:-40], "is damaged"),
    "旧.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "is of an old kind"),
    "密.docx": (opening_day.docx(["机密★10年", TITLE]), "is marked as a state secret"),
    "坏.docx": (b"%PDF-1.7", "is damaged"),
}


def test_files_that_cannot_be_used_are_errors(office: Desk, tmp_path: Path) -> None:
    files = {name: content for name, (content, _) in UNUSABLE.items()}
    found = told(past.check(small(tmp_path, row(), files=files)).errors)
    assert {(number, heading) for number, heading, _ in found} == {(0, "")}
    assert len(found) == len(UNUSABLE)
    for (name, (_, reason)), (_, _, message) in zip(UNUSABLE.items(), found, strict=True):
        assert message.startswith(f"{name} {reason}")


def test_what_a_computer_leaves_in_a_folder_is_not_looked_at(tmp_path: Path) -> None:
    for name in ("簿.xlsx", ".DS_Store", "Thumbs.db", "~$1号.docx", "2024/1号.docx", "__MACOSX/1号.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert list(past.gather(tmp_path / "簿.xlsx", tmp_path).files) == ["2024/1号.docx"]
