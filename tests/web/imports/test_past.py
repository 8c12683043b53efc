"""Past documents come in by the browser: register, files, what the check found, progress, report."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests import opening_day
from tests.web.browsing import form_to, send, text_of
from tests.workflow.intake.past import CODE, TITLE, enter_series, register, row
from workflow import jobs
from workflow.intake.past import waiting
from workflow.spreadsheets import read_workbook

SignIn = Callable[..., FlaskClient]
ROWS = [row(), row(字号=f"{CODE}[2024]第3号", 标题="=关于表彰的决定"), row(标题="关于同号的函")]
TEXT = opening_day.docx([f"{CODE}〔2024〕1号", TITLE, "正文在此"])
FILES = {f"{CODE}2024-1 {TITLE}.docx": TEXT, f"{CODE}2024-3.jpg": opening_day.scan(3), "其他.txt": b"text"}


@pytest.fixture
def clerk(sign_in: SignIn) -> FlaskClient:
    client = sign_in("clerk")
    enter_series()
    return client


def post(client: FlaskClient, page: TestResponse, end: str, **fields: Any) -> TestResponse:
    """Send a page's form with files, and follow where it leads."""
    form = form_to(page, end)
    given = dict(form.form_values()) | fields
    return client.post(form.action or page.request.path, data=given, follow_redirects=True)


def begun(client: FlaskClient, *rows: Any) -> TestResponse:
    """Bring a register and go on to its files."""
    page = client.get("/imports/past")
    sent = (io.BytesIO(register(*(rows or ROWS))), "登记簿.xlsx")
    return post(client, page, "/imports/past", workbook=sent)


def work() -> None:
    """Do the imports' jobs; those of the demonstration's papers are of no interest."""
    while jobs.work_one({**waiting.HANDLERS, "pdf": lambda key, payload: None}):
        pass


def checked(client: FlaskClient, *rows: Any) -> TestResponse:
    page = begun(client, *rows)
    send(client, form_to(page, "/check"))
    work()
    return client.get(page.request.path)


@pytest.fixture
def taken_in(clerk: FlaskClient) -> TestResponse:
    """Return the page of an import that is done."""
    page = begun(clerk)
    sent = [(io.BytesIO(content), name) for name, content in FILES.items()]
    page = post(clerk, page, "/files", files=sent)
    send(clerk, form_to(page, "/check"))
    work()
    send(clerk, form_to(clerk.get(page.request.path), "/confirm"))
    work()
    return clerk.get(page.request.path)


def test_what_was_taken_in_is_reported(taken_in: TestResponse) -> None:
    counted = text_of(taken_in, "//dl[@class='counted']/div/*")
    assert counted == "公文 3 有文件 2 缺号 1 重号 1 无登记的文件 0"
    said = text_of(taken_in, "//main")
    assert f"{CODE}〔2024〕 2 号" in said
    assert "关于同号的函 第 4 行" in said
    assert "其他.txt 不是公文文件" in said
    assert taken_in.headers.get("Refresh") is None


def test_the_page_looks_again_while_a_job_is_under_way(clerk: FlaskClient) -> None:
    page = begun(clerk)
    assert "Refresh" not in page.headers
    send(clerk, form_to(page, "/check"))
    waits = clerk.get(page.request.path)
    assert waits.headers["Refresh"] == "2"
    assert "正在检查登记簿和文件" in text_of(waits, "//*[@role='status']")
    work()
    ready = clerk.get(page.request.path)
    assert "Refresh" not in ready.headers
    send(clerk, form_to(ready, "/confirm"))
    assert clerk.get(page.request.path).headers["Refresh"] == "2"


def test_errors_are_shown_with_row_column_and_reason_and_mended(clerk: FlaskClient) -> None:
    page = checked(clerk, row(成文日期="去年"), row(字号="无号"))
    errors = html.fromstring(page.text).xpath("//table[@class='findings']/tbody")[0]
    lines = [[" ".join(cell.text_content().split()) for cell in line] for line in errors]
    assert [line[:3] for line in lines] == [["登记簿", "2", "C 成文日期"], ["登记簿", "3", "A 字号"]]
    assert lines[1][3] == "“无号”无法识别为发文字号"
    assert form_to(page, "/register") is not None
    assert not re.search(r'action="[^"]+/confirm"', page.text)
    mended = (io.BytesIO(register(*ROWS)), "改.xlsx")
    post(clerk, page, "/register", workbook=mended)
    work()
    ready = clerk.get(page.request.path)
    assert form_to(ready, "/confirm") is not None
    assert "改.xlsx" in text_of(ready, "//h1")


def test_the_report_is_a_workbook_of_texts(clerk: FlaskClient, taken_in: TestResponse) -> None:
    answer = clerk.get(f"{taken_in.request.path}/report.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    sheets = read_workbook(answer.data)
    assert list(sheets) == ["检查结果", "缺号", "重号", "无文件的登记", "无登记的文件"]
    assert [list(one.cells.values()) for one in sheets["缺号"].rows] == [[f"{CODE}〔2024〕2号"]]
    reasons = [str(one.cells["原因"]) for one in sheets["检查结果"].rows]
    assert any("其他.txt" in reason for reason in reasons)


def test_a_script_sends_file_by_file_and_asks_what_is_there(clerk: FlaskClient) -> None:
    page = begun(clerk)
    token = dict(form_to(page, "/files").form_values())["csrf_token"]
    for name, content in FILES.items():
        data = {"csrf_token": token, "name": f"文件夹/{name}", "file": (io.BytesIO(content), name)}
        assert clerk.post(f"{page.request.path}/file", data=data).status_code == 201
    there = clerk.get(f"{page.request.path}/files.json").json
    assert there == {"files": {f"文件夹/{name}": len(content) for name, content in FILES.items()}}
    nothing = clerk.post(f"{page.request.path}/file", data={"csrf_token": token})
    assert (nothing.status_code, nothing.json) == (422, {"reasons": ["请先选择文件"]})


@pytest.mark.parametrize(
    ("end", "fields", "reason"),
    [
        ("/files", {}, "请先选择文件"),
        ("/files", {"files": (io.BytesIO(b"PK\x03\x04"), "坏.zip")}, "ZIP 已损坏"),
    ],
)
def test_what_cannot_be_taken_is_told_on_the_page(
    clerk: FlaskClient, end: str, fields: dict[str, Any], reason: str
) -> None:
    page = begun(clerk)
    answer = post(clerk, page, end, **fields)
    assert answer.status_code == 422
    assert reason in text_of(answer, "//*[@role='alert']")


def test_a_workbook_that_is_none_is_told_at_once(clerk: FlaskClient) -> None:
    page = clerk.get("/imports/past")
    answer = post(clerk, page, "/imports/past", workbook=(io.BytesIO(b"no workbook"), "登记簿.xlsx"))
    assert answer.status_code == 422
    assert text_of(answer, "//*[@role='alert']") != ""
    assert post(clerk, page, "/imports/past").status_code == 422


def test_an_import_is_thrown_away(clerk: FlaskClient) -> None:
    page = begun(clerk)
    send(clerk, form_to(page, "/discard"))
    assert clerk.get(page.request.path).status_code == 404
    assert "登记簿.xlsx" not in clerk.get("/imports").text


def test_others_are_refused(clerk: FlaskClient, sign_in: SignIn) -> None:
    page = begun(clerk)
    for who in ("drafter", "auditor", "unit1"):
        other = sign_in(who)
        for path in ("/imports/past", page.request.path, f"{page.request.path}/report.xlsx"):
            assert other.get(path).status_code == 403
        token = re.search(r'name="csrf_token" value="([^"]+)"', other.get("/").text)
        assert token
        for act in ("check", "confirm", "discard", "again", "break-off", "files/remove"):
            answer = other.post(f"{page.request.path}/{act}", data={"csrf_token": token[1]})
            assert answer.status_code == 403
