"""A past document is shown as what it is: what a register said, a file, and nothing that was done here."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import opening_day
from tests.web.browsing import form_to, text_of
from tests.web.conftest import settings_in
from tests.workflow.intake.past import CODE, TITLE, enter_series, row, small
from workflow.db import Database
from workflow.installation import Installation, here, install, read_tx
from workflow.intake import past
from workflow.models import Document, User

SignIn = Callable[..., FlaskClient]
ROWS = [row(), row(字号=f"{CODE}[2024]第3号", 标题="=关于表彰的决定"), row(标题="关于同号的函")]
TEXT = opening_day.docx([f"{CODE}〔2024〕1号", TITLE, "正文在此"])
FILES = {f"{CODE}2024-1 {TITLE}.docx": TEXT, f"{CODE}2024-3.jpg": opening_day.scan(3)}


@pytest.fixture(scope="module")
def loaded_office(opened_office: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration office with three past documents, never to be changed."""
    data = tmp_path_factory.mktemp("past") / "office"
    shutil.copytree(opened_office.data, data)
    install(replace(opened_office, database=Database(settings_in(data).database_url), data=data))
    enter_series()
    with read_tx() as session:
        clerk = session.scalars(select(User.id).where(User.username == "clerk")).one()
    past.run(small(data.parent, *ROWS, files=FILES), clerk)
    here().database.dispose()
    return data


@pytest.fixture
def clerk(sign_in: SignIn) -> FlaskClient:
    return sign_in("clerk")


def document_of(title: str) -> str:
    with read_tx() as session:
        return session.scalars(select(Document.public_id).where(Document.title == title)).one()


def test_the_page_of_a_past_document_shows_what_the_register_says(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    page = drafter.get(f"/documents/{document_of('=关于表彰的决定')}")
    assert text_of(page, "//h1") == "=关于表彰的决定"
    facts = text_of(page, "//section[contains(@class, 'facts')]//*[self::dt or self::dd or self::p]")
    assert f"原字号 {CODE}[2024]第3号" in facts
    assert "签发人 某人" in facts
    assert "没有在本系统中办理审核、签发" in facts
    assert text_of(page, "//ol[@class='way']").startswith("历史导入 · 文秘")
    for claimed in ("审核", "签发", "复核", "用印", "发文稿纸"):
        assert claimed not in text_of(page, "//ol[@class='way']")
    assert "/slip" not in page.text
    assert "/steps/" not in page.text
    assert drafter.get(f"{page.request.path}/slip").status_code == 404


def test_only_the_archivist_is_offered_a_step(sign_in: SignIn) -> None:
    page = sign_in("archivist").get(f"/documents/{document_of(TITLE)}")
    assert re.findall(r"/steps/(\w+)", page.text) == ["archive"]


def test_a_duplicate_is_called_so_and_leads_to_the_other(clerk: FlaskClient) -> None:
    page = clerk.get(f"/documents/{document_of('关于同号的函')}")
    assert "重号" in text_of(page, "//p[@class='lead-line']")
    assert f"{CODE}〔2024〕1号" in text_of(page, "//p[@class='lead-line']")
    assert TITLE in text_of(page, "//p[contains(@class, 'told-warning')]")
    first = clerk.get(f"/documents/{document_of(TITLE)}")
    assert "关于同号的函" in text_of(first, "//p[contains(@class, 'told-warning')]")
    assert "本文导入时没有附带文件" in page.text


def test_its_file_is_downloaded_as_it_came(clerk: FlaskClient) -> None:
    scan = document_of("=关于表彰的决定")
    answer = clerk.get(f"/documents/{scan}/files/jpeg")
    assert (answer.mimetype, answer.data) == ("image/jpeg", FILES[f"{CODE}2024-3.jpg"])
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert clerk.get(f"/documents/{scan}/files/docx").status_code == 404
    assert clerk.get(f"/documents/{scan}/files/pdf").status_code == 404
    assert clerk.get(f"/documents/{document_of(TITLE)}/files/docx").data == TEXT


def test_the_archive_finds_it_by_both_numbers_and_by_its_text(clerk: FlaskClient) -> None:
    for q in (f"{CODE}〔2024〕3号", f"{CODE}[2024]3", "2024 3", f"{CODE}【2024】第3号"):
        page = clerk.get("/archive", query_string={"q": q})
        assert text_of(page, "//ol/li//a[@class='title']") == "=关于表彰的决定", q
        assert f"（原写作 {CODE}[2024]第3号）" in page.text
    page = clerk.get("/archive", query_string={"q": "正文在此"})
    assert text_of(page, "//ol/li//a[@class='title']") == TITLE
    doubles = clerk.get("/archive", query_string={"q": f"{CODE}〔2024〕1号"})
    assert text_of(doubles, "//ol/li//span[@class='badge-soon']") == "重号"


def test_it_serves_as_a_base(sign_in: SignIn) -> None:
    page = sign_in("drafter").get("/documents/new", query_string={"base": document_of(TITLE)})
    values = dict(form_to(page, "/documents/new").form_values())
    assert (values["title"], values["addressees"]) == (TITLE, "市直各单位")
    assert "正文在此" in values["body"]


def test_the_api_shows_it(office_app: Any) -> None:
    api = office_app.test_client()
    token = api.post("/api/v1/tokens", json={"username": "drafter", "password": "hongtou"}).json["token"]
    headers = {"Authorization": f"Bearer {token}"}
    scan, double = document_of("=关于表彰的决定"), document_of("关于同号的函")
    shown = api.get(f"/api/v1/documents/{scan}", headers=headers).json
    assert (shown["number"], shown["state"]) == (f"{CODE}〔2024〕3号", "issued")
    assert [file["format"] for file in shown["files"]] == ["jpeg"]
    assert api.get(shown["files"][0]["href"], headers=headers).data == FILES[f"{CODE}2024-3.jpg"]
    assert [act["name"] for act in shown["actions"]] == ["archive"]
    shown = api.get(f"/api/v1/documents/{double}", headers=headers).json
    assert (shown["number"], shown["files"]) == (None, [])
    (movement,) = api.get(f"/api/v1/documents/{scan}/movements", headers=headers).json["items"]
    assert (movement["action"], movement["details"]["written"]) == ("import", f"{CODE}[2024]第3号")
    found = api.get("/api/v1/archive", query_string={"q": f"{CODE}〔2024〕1号"}, headers=headers).json
    assert {item["number"] for item in found["items"]} == {f"{CODE}〔2024〕1号", None}


def test_nothing_of_a_past_document_claims_that_it_was_drafted_here(clerk: FlaskClient) -> None:
    for path in ("/drafts", "/begun", "/handled"):
        page = clerk.get(path)
        assert TITLE not in page.text
