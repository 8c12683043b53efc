"""The administrator brings the office in in the browser: checked, seen, confirmed, the passwords once."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.opening_day import OFFICE, OpeningDay
from tests.web.browsing import form_to, send, text_of
from tests.workflow.desk import Desk
from workflow.installation import read_tx
from workflow.models import Unit
from workflow.spreadsheets import Table, read_workbook, write_workbook

SignIn = Callable[..., FlaskClient]
BODIES = Table("往来单位", ("名称", "份数"), [("市直各单位", 64), ("=省直各单位", 96)])


def upload(client: FlaskClient, content: bytes | None, name: str = OFFICE) -> TestResponse:
    """Send a workbook by the page's form and follow where it leads."""
    form = form_to(client.get("/imports/office"), "/imports/office")
    fields = dict(form.form_values())
    if content is not None:
        fields["workbook"] = (io.BytesIO(content), name)
    return client.post(form.action, data=fields, follow_redirects=True)


def test_the_office_comes_in_by_its_workbook_and_the_passwords_are_offered_once(
    administrator: FlaskClient, opening_day: OpeningDay, new_office: Flask
) -> None:
    seen = upload(administrator, opening_day.office)
    assert seen.status_code == 200
    assert text_of(seen, "//div[contains(@class, 'counts')]//tr[th='人员']/td") == "40 – –"
    assert "系统一（xtgl）" in seen.text
    form = form_to(seen, "/confirm")
    done = send(administrator, form)
    assert done.status_code == 200
    book = send(administrator, form_to(done, "/passwords"))
    assert book.status_code == 200
    assert book.headers["Cache-Control"] == "no-store"
    rows = read_workbook(book.data)["初始口令"].rows
    password = {row.cells["用户名"]: row.cells["初始口令"] for row in rows}
    assert len(set(password.values())) == 40
    page = f"/imports/office/{form.action.split('/')[-2]}"
    again = send(administrator, form)
    assert (again.status_code, again.location) == (302, page)
    assert "/passwords" not in administrator.get(page).text
    assert administrator.post(f"{page}/passwords", data={**_token(done), "passwords": "x"}).status_code == 404
    newcomer = new_office.test_client()
    signed_in = form_to(newcomer.get("/sign-in"), "/sign-in")
    assert send(newcomer, signed_in, username="zhc02", password=password["zhc02"]).status_code == 302
    assert newcomer.get("/documents/new").location == "/password"


def _token(page: TestResponse) -> dict[str, str]:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    return {"csrf_token": found[1]}


def test_every_error_is_shown_with_its_place_and_nothing_can_be_confirmed(
    administrator: FlaskClient, opening_day: OpeningDay
) -> None:
    book = load_workbook(io.BytesIO(opening_day.office))
    book["人员"]["C3"], book["字号"]["E2"], book["机关"]["D2"] = "总务处", "", "去年"
    book.create_sheet("车辆")
    stream = io.BytesIO()
    book.save(stream)
    page = upload(administrator, stream.getvalue())
    assert [text_of(page, f"//tbody/tr[{n}]/td") for n in range(1, 6)] == [
        "车辆 — — 开办表没有这张表，应有的各表为：机关、字号、签发权限、部门、人员、往来单位",
        "机关 2 D 启用日期 “去年”不是日期，请写成 2024-03-05 的样式",
        "字号 2 E 起始年度 起始年度和起始号要同时填写或同时留空",
        "人员 3 C 部门 没有名为“总务处”的部门",
        "",
    ]
    assert "共有 4 处错误，未作任何改动" in page.text
    assert "/confirm" not in page.text
    with read_tx() as session:
        assert session.scalars(select(Unit)).all() == []
    assert text_of(upload(administrator, opening_day.office), "//h1").endswith("待确认")


def test_the_workbook_of_the_office_as_it_is_changes_nothing(office_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    present = admin.get("/imports/office/present.xlsx")
    assert present.headers["Content-Disposition"].startswith("attachment")
    page = upload(admin, present.data)
    assert "没有需要改动的" in page.text
    assert "/confirm" not in page.text
    template = read_workbook(admin.get("/imports/office/template.xlsx").data)
    assert list(template) == ["机关", "字号", "签发权限", "部门", "人员", "往来单位", "说明"]


def test_an_office_that_has_changed_is_shown_again(office_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    content = write_workbook([BODIES])
    form = form_to(upload(admin, content), "/confirm")
    Desk().execute("INSERT INTO correspondents (name, copies, position) VALUES ('市直各单位', 1, 99)")
    refused = send(admin, form)
    assert refused.status_code == 409
    assert "请重新核对" in refused.text
    assert "份数 1 → 64" in text_of(refused, "//table[contains(@class, 'changes')]")
    assert send(admin, form_to(refused, "/confirm")).status_code == 200


@pytest.mark.parametrize("content", [None, b"PK no workbook"])
def test_what_is_no_workbook_is_told_on_the_same_page(
    office_app: Flask, sign_in: SignIn, content: bytes | None
) -> None:
    page = upload(sign_in("admin"), content)
    assert page.status_code == 422
    assert text_of(page, "//p[@role='alert']")


def test_the_list_leads_to_each_import_and_says_how_far_it_came(office_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    upload(admin, write_workbook([BODIES]), "单位\u202e.xlsx")
    index = admin.get("/imports")
    assert "单位.xlsx" in text_of(index, "//table")
    assert "待确认" in text_of(index, "//table")
    assert "/imports/office/" in index.text


@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_the_office_workbook_is_for_the_administrator_alone(sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    for path in (
        "/imports/office",
        "/imports/office/template.xlsx",
        "/imports/office/present.xlsx",
        "/imports/office/0",
    ):
        assert client.get(path).status_code == 403, path
    token = _token(client.get("/"))
    for path in ("/imports/office", "/imports/office/0/confirm", "/imports/office/0/passwords"):
        assert client.post(path, data=token).status_code == 403, path
