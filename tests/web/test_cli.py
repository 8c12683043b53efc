"""The office's commands."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

import web
from app import create_app
from tests.web.browsing import filled, form_to
from tests.web.conftest import settings_in
from workflow import jobs
from workflow.db import Database
from workflow.installation import here

Run = Callable[..., Result]
TWIN = {
    "content": {
        "type": "通知",
        "title": "关于开展读书活动的通知",
        "agency": "省直文明办",
        "addressees": "省直各单位",
        "body": "现将有关事项通知如下。\n一、时间\n本月底前完成。",
    },
    "number": "豫直文明办〔2024〕4号",
    "dated": "2024-04-07",
    "printed_on": "2024-04-08",
}


@pytest.fixture
def run(office_app: Flask) -> Run:
    """Give a function that runs a command over the demonstration office: run("demo", "load")."""

    def run(*words: object, app: Flask = office_app) -> Result:
        return app.test_cli_runner().invoke(args=[str(word) for word in words])

    return run


@pytest.fixture
def empty_app(tmp_path: Path) -> Flask:
    data = tmp_path / "empty"
    data.mkdir()
    return create_app(settings_in(data))


def test_migrate_makes_the_database_and_does_nothing_the_second_time(run: Run, empty_app: Flask) -> None:
    for _ in range(2):
        result = run("migrate", app=empty_app)
        assert result.exit_code == 0, result.output
    database = Database(empty_app.config["DATABASE_URL"])
    with database.read_tx() as session:
        assert session.execute(text("SELECT count(*) FROM documents")).scalar_one() == 0
    database.dispose()


def test_an_old_database_is_named_with_the_command_that_helps(run: Run, empty_app: Flask) -> None:
    result = run("verify", app=empty_app)
    assert result.exit_code == 1
    assert "flask --app app migrate" in result.output
    assert "Traceback" not in result.output


def test_a_loaded_office_is_not_loaded_again(run: Run) -> None:
    result = run("demo", "load")
    assert result.exit_code == 0
    assert result.output == ""
    here().database.dispose()


def test_the_first_administrator_of_a_new_office_signs_in_and_finds_the_administration(
    run: Run, tmp_path: Path
) -> None:
    data = tmp_path / "new"
    data.mkdir()
    app = create_app(settings_in(data, production=True))
    assert run("migrate", app=app).exit_code == 0
    given = run("office", "administrator", "zhangsan", "张某", app=app)
    assert given.exit_code == 0, given.output
    password = given.output.strip()
    again = run("office", "administrator", "lisi", "李某", app=app)
    assert (again.exit_code, "--another" in again.output) == (1, True)
    wrong = run("office", "administrator", "admin", " ", "--another", app=app)
    assert wrong.exit_code == 1
    assert "A name is needed" in wrong.output
    assert "demonstration office's" in wrong.output
    assert run("office", "administrator", "lisi", "李某", "--another", app=app).exit_code == 0
    web.open_office(app)
    client = app.test_client()
    secure: Any = {"base_url": "https://localhost", "headers": {"Referer": "https://localhost/"}}
    page = client.get("/sign-in", **secure)
    client.post(
        "/sign-in", data=filled(form_to(page, "/sign-in"), username="zhangsan", password=password), **secure
    )
    page = client.get("/", follow_redirects=True, **secure)
    assert page.request.path == "/password"
    new = {"password": password, "new_password": "一江春水向东流-2024", "again": "一江春水向东流-2024"}
    client.post("/password", data=filled(form_to(page, "/password"), **new), **secure)
    assert client.get("/", **secure).status_code == 200
    for path in ("agencies", "units", "people", "new-person", "people/zhangsan", "handovers"):
        assert client.get(f"/administration/{path}", **secure).status_code == 200, path
    here().database.dispose()


def test_production_takes_no_demonstration(run: Run, office_data: Path) -> None:
    result = run("demo", "load", app=create_app(settings_in(office_data, production=True)))
    assert result.exit_code == 1
    assert "production" in result.output


def test_verify_says_nothing_about_an_office_that_is_whole(run: Run) -> None:
    result = run("verify")
    assert (result.exit_code, result.output) == (0, "")
    here().database.dispose()


def test_verify_prints_what_is_missing_and_fails(run: Run, office_data: Path) -> None:
    with here().database.read_tx() as session:
        sha256 = session.execute(text("SELECT min(sha256) FROM files")).scalar_one()
    (lost,) = (path for path in office_data.rglob("*") if path.is_file() and sha256 in path.name)
    lost.unlink()
    result = run("verify")
    assert result.exit_code == 1
    assert sha256 in result.output
    here().database.dispose()


def test_the_worker_ends_when_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []

    def work(
        handlers: dict[str, object],
        stop: Callable[[], bool],
        hourly: tuple[Callable[[], object], ...],
        by_the_minute: tuple[Callable[[], object], ...],
    ) -> None:
        import signal

        assert {act.__name__ for act in hourly} >= {"sweep", "ask_if_due"}
        by_name = [act.__name__ for act in by_the_minute]
        assert by_name == ["settle_due", "come_back", "climb", "expire_due"]
        assert handlers.keys() >= {"email", "webhook"}
        told.append(stop())
        signal.raise_signal(signal.SIGTERM)
        told.append(stop())

    monkeypatch.setattr(jobs, "work", work)
    assert run("jobs", "work").exit_code == 0
    assert told == [False, True]
    here().database.dispose()


def test_render_lays_out_a_document_without_an_office_and_prints_its_hash(
    run: Run, empty_app: Flask, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.json", tmp_path / "out.docx"
    source.write_text(json.dumps(TWIN, ensure_ascii=False), encoding="utf-8")
    printed = []
    for _ in range(2):
        result = run("docgen", "render", source, target, app=empty_app)
        assert result.exit_code == 0, result.output
        printed.append(result.output.strip())
    assert printed == [hashlib.sha256(target.read_bytes()).hexdigest()] * 2


def test_intake_prints_what_render_takes_and_says_what_it_did_not_understand(
    run: Run, empty_app: Flask, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.json", tmp_path / "out.docx"
    source.write_text(json.dumps(TWIN, ensure_ascii=False), encoding="utf-8")
    run("docgen", "render", source, target, app=empty_app)
    result = run("docgen", "intake", target, app=empty_app)
    taken = json.loads(result.stdout)
    assert {name: taken["content"][name] for name in ("type", "title", "addressees", "body")} == {
        name: value
        for name, value in TWIN["content"].items()
        if name != "agency"  # type: ignore[attr-defined]
    }
    assert [taken[name] for name in ("number", "dated", "printed_on")] == [
        TWIN[name] for name in ("number", "dated", "printed_on")
    ]
    source.write_bytes(
        "关于读书的通知\n各单位：\n于 5 月读书。\n示例市文明办\n2031年4月7日\n某话".encode("gb18030")
    )
    result = run("docgen", "intake", source, app=empty_app)
    assert json.loads(result.stdout)["content"]["body"] == "于5月读书。"
    assert "not understood: 某话" in result.stderr


def test_intake_refuses_what_is_no_draft(run: Run, empty_app: Flask, tmp_path: Path) -> None:
    source = tmp_path / "草稿.docx"
    source.write_bytes(b"PK\x03\x04")
    result = run("docgen", "intake", source, app=empty_app)
    assert result.exit_code == 1
    assert "草稿.docx is damaged: it cannot be opened." in result.output


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("{", "Expecting property name"),
        ("[]", "expected an object with content"),
        ('{"content": {}, "extra": 1}', "nothing else"),
        ('{"content": {"type": "通知", "title": "", "body": "x"}}', "title: This must not be empty."),
        ('{"content": {"type": "通知", "title": "t", "body": "x"}, "dated": "7 April"}', "7 April"),
    ],
)
def test_render_says_what_is_wrong_and_writes_nothing(
    run: Run, empty_app: Flask, tmp_path: Path, given: str, told: str
) -> None:
    source, target = tmp_path / "in.json", tmp_path / "out.docx"
    source.write_text(given, encoding="utf-8")
    result = run("docgen", "render", source, target, app=empty_app)
    assert result.exit_code == 1
    assert told in result.output
    assert "Traceback" not in result.output
    assert not target.exists()
