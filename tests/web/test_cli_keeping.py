"""The commands that keep an office, as they are typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from tests.web.conftest import settings_in

Run = Callable[..., Result]


@pytest.fixture
def backed_up(run: Run, tmp_path: Path) -> Path:
    result = run("backup", tmp_path / "backups")
    assert result.exit_code == 0, result.output
    return Path(result.output.strip())


@pytest.fixture
def empty_app(tmp_path: Path) -> Flask:
    (tmp_path / "new").mkdir()
    return create_app(settings_in(tmp_path / "new"))


def last_numbers(backed_up: Path) -> list[str]:
    from workflow.keeping import manifest

    latest = {number.agency_code: number for number in manifest.load(backed_up).numbers}
    return [f"{n.agency_code}〔{n.year}〕{n.serial}号" for n in latest.values()]


def test_a_backup_is_restored_with_the_numbers_that_paper_shows(
    run: Run, backed_up: Path, empty_app: Flask
) -> None:
    options = [word for number in last_numbers(backed_up) for word in ("--last", number)]
    result = run("restore", backed_up, *options, app=empty_app)
    assert result.exit_code == 0, result.output
    assert "已恢复到" in result.output
    assert run("verify", app=empty_app).exit_code == 0


def test_a_restoration_asks_for_the_last_numbers_and_does_nothing_without_them(
    run: Run, backed_up: Path, empty_app: Flask, tmp_path: Path
) -> None:
    result = run("restore", backed_up, app=empty_app)
    assert result.exit_code == 1
    assert "--last" in result.output
    assert "豫直文明办〔" in result.output
    assert not (tmp_path / "new" / "hongtou.db").exists()


def test_a_last_number_that_cannot_be_read_is_named(run: Run, backed_up: Path, empty_app: Flask) -> None:
    result = run("restore", backed_up, "--last", "第四号", app=empty_app)
    assert result.exit_code == 1
    assert "第四号" in result.output


def test_an_office_in_use_is_not_restored_over(run: Run, backed_up: Path) -> None:
    result = run("restore", backed_up)
    assert result.exit_code == 1
    assert "not empty" in result.output


def test_the_doctor_names_what_is_wrong_in_chinese_and_ends_with_1(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    assert "✓ 系统能否打开" in result.output
    assert "✗ 备份: " in result.output
    assert "flask --app app backup" in result.output
