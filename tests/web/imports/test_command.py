"""One command opens an office from a folder, or says every error and changes nothing."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.opening_day import OFFICE, REGISTER, OpeningDay, make
from tests.web.imports.opened import check_opened
from tests.workflow.desk import Desk
from workflow.spreadsheets import Table, read_workbook, write_workbook

Command = Callable[..., Result]


def passwords_in(file: Path) -> dict[str, str]:
    rows = read_workbook(file.read_bytes())["初始口令"].rows
    return {str(row.cells["用户名"]): str(row.cells["初始口令"]) for row in rows}


def spoil(workbook: Path, sheet: str, row: int, heading: str, value: object) -> None:
    """Write another value into a cell of a workbook; rows count as the spreadsheet program shows them."""
    tables = []
    for read in read_workbook(workbook.read_bytes()).values():
        rows = [[one.cells.get(name) for name in read.headings] for one in read.rows]
        if read.name == sheet:
            rows[row - 2][read.headings.index(heading)] = value  # type: ignore[call-overload]
        tables.append(Table(read.name, read.headings, rows))
    workbook.write_bytes(write_workbook(tables))


def test_a_folder_is_rehearsed_opens_an_office_and_changes_nothing_the_second_time(
    command: Command, opening_day: OpeningDay
) -> None:
    before = Desk().fingerprint()
    rehearsed = command("office", "import", opening_day.folder, "--dry-run")
    assert rehearsed.exit_code == 0, rehearsed.output
    assert "未作任何改动" in rehearsed.output
    assert f"下一个号为 青文明办〔{opening_day.year}〕" in rehearsed.output
    assert Desk().fingerprint() == before
    file = opening_day.folder / "初始口令.xlsx"
    assert not file.exists()
    result = command("office", "import", opening_day.folder)
    assert result.exit_code == 0, result.output
    assert "人员：新增 40，修改 0，不变 0" in result.output
    assert "历史公文 60 件，其中 57 件有文件；缺号 9 个，重号 2 个" in result.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    passwords = passwords_in(file)
    assert len(passwords) == 40
    assert not any(password in result.output for password in passwords.values())
    before = Desk().fingerprint()
    again = command("office", "import", opening_day.folder)
    assert again.exit_code == 0, again.output
    assert "人员：新增 0，修改 0，不变 40" in again.output
    assert "发文登记簿.xlsx 此前已经导入" in again.output
    assert Desk().fingerprint() == before
    check_opened(opening_day)


@pytest.mark.long
def test_errors_in_either_workbook_change_nothing_and_the_mended_ones_go_in(
    command: Command, workbooks: OpeningDay, tmp_path: Path
) -> None:
    folder = workbooks.folder
    good = (folder / OFFICE).read_bytes(), (folder / REGISTER).read_bytes()
    spoil(folder / OFFICE, "人员", 3, "部门", "总务处")
    spoil(folder / REGISTER, "发文登记簿", 5, "字号", "没有号")
    before = Desk().fingerprint()
    result = command("office", "import", folder)
    assert result.exit_code == 1
    assert "开办表.xlsx: “人员”表第 3 行 C 列 部门：没有名为“总务处”的部门" in result.output
    assert "“发文登记簿”表第 5 行 A 列 字号：" in result.output
    assert "未作任何改动" in result.output
    (folder / OFFICE).write_bytes(good[0])
    spoil(folder / REGISTER, "发文登记簿", 5, "字号", "无此代字〔2023〕1号")
    result = command("office", "import", folder)
    assert result.exit_code == 1
    assert "“发文登记簿”表第 5 行 A 列 字号：" in result.output
    assert Desk().fingerprint() == before
    assert not (folder / "初始口令.xlsx").exists()
    (folder / REGISTER).write_bytes(good[1])
    elsewhere = tmp_path / "passwords.xlsx"
    result = command("office", "import", folder, "--passwords", elsewhere)
    assert result.exit_code == 0, result.output
    assert len(passwords_in(elsewhere)) == 40


def test_passwords_are_never_written_over_a_file(command: Command, workbooks: OpeningDay) -> None:
    (workbooks.folder / "初始口令.xlsx").write_text("of somebody else")
    (workbooks.folder / REGISTER).unlink()
    before = Desk().fingerprint()
    result = command("office", "import", workbooks.folder)
    assert result.exit_code == 1
    assert "已存在" in result.output
    assert Desk().fingerprint() == before


def test_a_folder_with_neither_workbook_is_refused_in_words(command: Command, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    result = command("office", "import", empty)
    assert result.exit_code == 1
    assert "文件夹中既没有 开办表.xlsx，也没有 发文登记簿.xlsx" in result.output
    (empty / OFFICE).write_bytes(b"no workbook")
    result = command("office", "import", empty)
    assert result.exit_code == 1
    assert "XLSX" in result.output


@pytest.mark.long
def test_three_agencies_forty_people_and_six_hundred_past_documents_open_by_one_command(
    command: Command, tmp_path: Path
) -> None:
    day = make(tmp_path / "day")
    result = command("office", "import", day.folder)
    assert result.exit_code == 0, result.output
    assert "历史公文 600 件，其中 570 件有文件；缺号 9 个，重号 2 个" in result.output
    check_opened(day)
