"""The whole office opens in the browser: its workbook, then the register of former years with its files."""

import io
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.opening_day import OFFICE, REGISTER, OpeningDay, make
from tests.web.browsing import form_to, send
from tests.web.imports.opened import check_opened
from workflow import jobs
from workflow.intake.past import waiting


def bring(
    client: FlaskClient, page: TestResponse, end: str, field: str, name: str, content: bytes
) -> TestResponse:
    """Send a file by a page's form and follow where it leads."""
    form = form_to(page, end)
    fields = {**dict(form.form_values()), field: (io.BytesIO(content), name)}
    return client.post(form.action, data=fields, follow_redirects=True)


def zipped(day: OpeningDay) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for file in day.files:
            archive.write(file, file.name)
    return stream.getvalue()


def work() -> None:
    while jobs.work_one(waiting.HANDLERS):
        pass


def open_in_the_browser(client: FlaskClient, day: OpeningDay) -> None:
    page = client.get("/imports/office")
    seen = bring(client, page, "/imports/office", "workbook", OFFICE, day.office)
    assert send(client, form_to(seen, "/confirm")).status_code == 200
    page = bring(client, client.get("/imports/past"), "/imports/past", "workbook", REGISTER, day.register)
    page = bring(client, page, "/files", "files", "文件.zip", zipped(day))
    where = page.request.path
    assert send(client, form_to(page, "/check")).status_code == 302
    work()
    assert send(client, form_to(client.get(where), "/confirm")).status_code == 302
    work()
    done = client.get(where)
    assert "已导入" in done.text
    check_opened(day, people=41)


def test_an_office_opens_in_the_browser(administrator: FlaskClient, opening_day: OpeningDay) -> None:
    open_in_the_browser(administrator, opening_day)


@pytest.mark.long
def test_three_agencies_forty_people_and_six_hundred_past_documents_open_in_the_browser(
    administrator: FlaskClient, tmp_path: Path
) -> None:
    open_in_the_browser(administrator, make(tmp_path / "day"))
