"""How a PDF that is being made stands, and what becomes of one that could not be made."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.browsing import form_to, forms, send, text_of
from tests.web.conftest import token_of
from workflow import conversions, jobs, papers

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


class Office:
    """LibreOffice for an office: a program that writes what it is told to, or fails."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "soffice"

    def says(self, script: str) -> None:
        self.program.write_text(f"#!/bin/sh\n{script}\n")
        self.program.chmod(0o755)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Stand in for LibreOffice at the edge: a script of that name on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    found = Office(folder)
    found.says("echo 'source file could not be loaded' >&2; exit 3")
    return found


def do_jobs() -> int:
    """Do every job; return how often a sheet was turned into PDF, or that was tried."""
    turns: list[str] = []

    def count(key: str, payload: Mapping[str, str]) -> None:
        turns.append(key)
        conversions.make_paper(key, payload)

    while jobs.work_one({**papers.HANDLERS, conversions.PAPER: count}):
        pass
    return len(turns)


def buttons(page: TestResponse) -> list[str]:
    return [form.action for form in forms(page) if "/again/" in (form.action or "")]


def test_a_failed_sheet_says_why_and_is_tried_again_by_who_may(
    sign_in: SignIn, document_at: DocumentAt, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"/documents/{document_at('signing')}/slip.pdf"
    clerk = sign_in("clerk")
    waiting = clerk.get(path)
    assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "2")
    assert "排队" in text_of(waiting, "//h1")
    assert do_jobs() == 2  # once, and once again
    failed = clerk.get(path)
    assert failed.status_code == 503
    assert "LibreOffice 未能生成 PDF" in text_of(failed, "//*[@role='alert']")
    assert "could not be loaded" in text_of(failed, "//details")
    assert do_jobs() == 0
    signatory = sign_in("signatory")
    form = form_to(failed, "/again/slip")
    assert buttons(signatory.get(path)) == []
    assert "可请拟稿人、文秘" in signatory.get(path).text
    assert send(clerk, form).location == path
    assert clerk.get(path).status_code == 202
    assert do_jobs() == 2
    assert clerk.get(path).status_code == 503
    capsys.readouterr()


def test_what_is_no_pdf_a_is_told_and_not_kept(
    sign_in: SignIn,
    document_at: DocumentAt,
    office: Office,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    blank = tmp_path / "blank.pdf"
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(595, 842)
        document.save(blank)
    office.says(f'for last; do :; done; cp {blank} "${{last%.docx}}.pdf"')
    issued = document_at("printing")
    registrar, signatory = sign_in("registrar"), sign_in("signatory")
    assert registrar.get(f"/documents/{issued}/files/pdf").status_code == 202
    do_jobs()
    failed = registrar.get(f"/documents/{issued}/files/pdf")
    assert failed.status_code == 503
    assert "不符合 PDF/A" in text_of(failed, "//*[@role='alert']")
    assert "no output intent" in text_of(failed, "//details")
    page = registrar.get(f"/documents/{issued}")
    assert "PDF 未能生成" in page.text
    token = form_to(page, "/again/pdf")
    assert signatory.post(token.action, data={}).status_code == 400  # no token
    assert send(registrar, token).location == f"/documents/{issued}/files/pdf"
    assert "PDF 正在排队" in registrar.get(f"/documents/{issued}").text
    capsys.readouterr()


def test_a_failed_preview_is_tried_again(
    sign_in: SignIn, document_at: DocumentAt, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    document = document_at("signing")
    clerk = sign_in("clerk")
    assert 'class="paper-again"' in clerk.get(f"/documents/{document}").text
    do_jobs()
    page = clerk.get(f"/documents/{document}")
    form = form_to(page, "/again/pictures")
    assert form.get("hidden") is None
    assert "paper-again" not in sign_in("signatory").get(f"/documents/{document}").text
    assert send(clerk, form).location == f"/documents/{document}"
    assert clerk.get(f"/documents/{document}/paper").get_json()["state"] == "making"
    capsys.readouterr()


def test_nobody_tries_again_what_they_may_not_see_or_see_to(
    sign_in: SignIn, document_at: DocumentAt, office: Office
) -> None:
    document = document_at("signing")
    clerk, signatory = sign_in("clerk"), sign_in("signatory")
    token = form_to(clerk.get(f"/documents/{document}"), "/again/pictures")
    clerk.get(f"/documents/{document}/paper")
    for who, status in ((signatory, 403), (sign_in("unit1"), 404)):
        own = token_of(who, "/password")
        assert who.post(token.action, data={"csrf_token": own}).status_code == status
    own = token.fields["csrf_token"]
    for what in ("pdf", "slip"):
        path = token.action.replace("pictures", what)
        assert clerk.post(path, data={"csrf_token": own}).status_code == 404  # never asked for
