"""The administrator's pages of agencies, series and correspondents."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.web.oracle import ACCOUNTS
from workflow.installation import write_tx
from workflow.models import Series

PAGES = (
    "/administration/agencies",
    "/administration/agencies/wmb",
    "/administration/new-agency",
    "/administration/correspondents",
)
LOOK = {
    "masthead": "省直文明办文件",
    "printed_by": "省直文明办综合处",
    "seal": "yes",
    "fonds": "Z109",
    "section": "BGS",
    "masthead_size_pt": "36",
    "masthead_percent": "70",
    "copy_to": "省委宣传部",
}
NEW = {**LOOK, "code": "gwb", "full": "省直机关工会工作办公室", "short": "省直工会办", "since": "2024-03-01"}
NEW["agency_code"] = "豫直工办"


@pytest.fixture
def admin(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("admin")


@pytest.fixture
def send(admin: FlaskClient, token_of: Callable[..., str]) -> Callable[..., tuple[int, str]]:
    """Give a function that sends a form of the administration and follows where that leads."""
    token = token_of(admin, PAGES[1])

    def send(path: str, data: dict[str, Any]) -> tuple[int, str]:
        sent = admin.post(
            f"/administration/{path}", data={**data, "csrf_token": token}, follow_redirects=True
        )
        return sent.status_code, sent.text

    return send


def test_the_pages_are_the_administrators_alone(
    sign_in: Callable[..., FlaskClient], token_of: Callable[..., str]
) -> None:
    for who in ("clerk", "registrar", "signatory", "auditor"):
        assert who in ACCOUNTS
        client = sign_in(who)
        token = token_of(client, "/")
        assert "/administration/" not in client.get("/", follow_redirects=True).text
        for path in PAGES:
            assert client.get(path).status_code == 403
        sent = client.post("/administration/agencies/wmb/paper", data={**LOOK, "csrf_token": token})
        assert sent.status_code == 403


def test_the_list_shows_names_series_and_the_masthead_as_it_is_printed(admin: FlaskClient) -> None:
    page = admin.get("/administration/agencies").text
    assert "河南省省直机关精神文明建设委员会" in page
    assert "豫直文明办函" in page
    assert re.search(r'font-size="40" textLength="432\.0"[^>]*>河南省省直机关精神文明建设办公室文件<', page)
    assert '/administration/agencies"' in admin.get("/", follow_redirects=True).text
    assert admin.get("/administration/agencies/none").status_code == 404


def test_an_agency_is_added_changed_and_renamed(
    admin: FlaskClient, send: Callable[..., tuple[int, str]]
) -> None:
    status, page = send("new-agency", NEW | {"short": "", "copy_to": "省委宣传部<b>"})
    assert status == 422
    assert 'value="省直机关工会工作办公室"' in page  # what was typed is not lost
    assert "省委宣传部&lt;b&gt;" in page
    assert 'aria-describedby="short-about"' in page
    status, page = send("new-agency", NEW)
    assert (status, "省直工会办" in page, "起始号待确认" in page) == (200, True, True)
    status, page = send("agencies/gwb/paper", LOOK | {"masthead_size_pt": "40"})
    assert (status, 'font-size="40"' in page) == (200, True)
    status, page = send("agencies/gwb/paper", LOOK | {"masthead_size_pt": "400"})
    assert (status, 'value="400"' in page) == (422, True)
    renamed = {**NEW, "full": "省直机关工会", "short": "省直工会", "since": "2023-01-01"}
    status, page = send("agencies/gwb/names", renamed)
    assert (status, "2024-03-01" in page) == (422, True)
    status, page = send("agencies/gwb/names", renamed | {"since": "2025-01-01"})
    assert (status, "2024年12月31日" in page) == (200, True)
    status, page = send("agencies/gwb/names", renamed | {"short": "省直工会会", "since": "2999-01-01"})
    assert (status, "收回名称“省直工会会”" in page) == (200, True)
    status, page = send("agencies/gwb/names/withdraw", {})
    assert (status, "省直工会会" in page) == (200, False)
    assert "原名省直机关工会工作办公室" in admin.get("/administration/agencies").text


def test_signing_rights_are_set_by_boxes(send: Callable[..., tuple[int, str]]) -> None:
    given = {"right": [":deputy"], "new_type": "决定", "new_right": ["principal"]}
    status, page = send("agencies/wmb/signing", given)
    assert status == 200
    assert re.findall(r'value="([^"]*:\w+)" checked', page) == ["决定:principal", ":deputy"]
    status, page = send("agencies/wmb/signing", {"right": ["决定:principal", "函:driver"]})
    assert (status, "driver" in page) == (422, True)
    status, page = send("agencies/wmb/signing", {})
    assert (status, "checked" in page.split('id="signing"')[1].split("</table>")[0]) == (200, False)


def test_series_are_opened_changed_retired_and_deleted(send: Callable[..., tuple[int, str]]) -> None:
    new = {"agency_code": "豫直文明办令", "name": "令", "types": ["命令"]}
    status, page = send("agencies/wmb/series", new | {"types": ["函"]})
    assert (status, "豫直文明办函、豫直文明办令" in page, 'value="豫直文明办令"' in page) == (422, True, True)
    status, page = send("agencies/wmb/series", new)
    number = int(re.findall(r'id="series-(\d+)"', page)[-1])
    assert status == 200
    status, _ = send(f"agencies/wmb/series/{number}", {"name": "令", "types": ["命令", "决定"]})
    assert status == 200
    for act, told in (("retire", "已停用"), ("revive", "恢复使用"), ("delete", "已删除")):
        status, page = send(f"agencies/wmb/series/{number}/{act}", {})
        assert (status, told in page) == (200, True)
    assert "豫直文明办令" not in page
    status, page = send("agencies/wmb/series/1/retire", {})
    assert (status, "每个发文机关须有一个代字" in page) == (422, True)
    status, page = send("agencies/wmb/series/1/delete", {})
    assert (status, "只能停用，不能删除" in page) == (422, True)


def test_usual_addressees_are_added_changed_and_removed(
    admin: FlaskClient, send: Callable[..., tuple[int, str]]
) -> None:
    status, page = send("correspondents", {"name": "省总工会", "copies": "3", "position": "0"})
    assert (status, "省总工会" in page) == (200, True)
    row = int(re.findall(r'id="row-(\d+)"', page)[1])  # placed among the first
    status, page = send(f"correspondents/{row}", {"name": "省总工会", "copies": "x", "position": "0"})
    assert (status, 'value="x"' in page) == (422, True)
    status, page = send(f"correspondents/{row}/remove", {})
    assert (status, "省总工会" in page) == (200, False)
    assert send(f"correspondents/{row}/remove", {})[0] == 404


def test_a_new_document_starts_with_the_agencys_usual_copies(
    send: Callable[..., tuple[int, str]], sign_in: Callable[..., FlaskClient]
) -> None:
    send("agencies/wmb/paper", LOOK)
    page = sign_in("drafter").get("/documents/new").text
    copies = re.search(r'<textarea name="copy_to"[^>]*>\s*([^<]*)</textarea>', page)
    assert copies
    assert copies[1].strip() == "省委宣传部"
    assert re.findall(r'data-copies="([^"]*)"', page) == ["省委宣传部", ""]  # for another choice of agency


def test_a_document_that_no_series_numbers_says_so_where_it_would_be_registered(
    sign_in: Callable[..., FlaskClient], document_at: Callable[..., str]
) -> None:
    with write_tx() as session:
        session.execute(update(Series).values(retired=True))
    page = sign_in("registrar").get(f"/documents/{document_at('registration')}")
    assert page.status_code == 200
    assert "请联系系统管理员设置" in page.text


def test_the_administrator_opens_no_document(admin: FlaskClient, document_at: Callable[..., str]) -> None:
    assert admin.get(f"/documents/{document_at('issued')}").status_code == 404


def test_the_pages_speak_english_too(admin: FlaskClient, token_of: Callable[..., str]) -> None:
    admin.post("/language/en", data={"csrf_token": token_of(admin, PAGES[1])})
    for path in PAGES:
        words = re.sub(r"<[^>]+>", " ", admin.get(path).text)
        assert "{{" not in words
        assert "Agencies and series" in words
