"""A document's DOCX and PDF: their names, their headers, and the time until there is a PDF."""

import hashlib
import io
from collections.abc import Callable
from urllib.parse import unquote

import docx
import pytest
from flask.testing import FlaskClient

from tests.web.test_papers import do_jobs, two_pages

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]

__all__ = ["two_pages"]


def test_the_docx_is_the_one_that_was_issued(sign_in: SignIn, document_at: DocumentAt) -> None:
    path = f"/documents/{document_at('archived')}/files/docx"
    client = sign_in("drafter")
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    assert "关于印发" in "".join(p.text for p in docx.Document(io.BytesIO(answer.data)).paragraphs)
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_file_is_named_for_its_number_and_title_and_runs_nothing(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    answer = sign_in("drafter").get(f"/documents/{document_at('archived')}/files/docx")
    plain, _, name = answer.headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="document.docx"'
    assert unquote(name).endswith("号 关于印发《年度省直志愿服务工作要点》的通知.docx")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_there_is_no_file_before_printing(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("signing")
    client = sign_in("signatory")
    for format_ in ("docx", "pdf", "exe"):
        assert client.get(f"/documents/{document}/files/{format_}").status_code == 404
    assert "/files/docx" not in client.get(f"/documents/{document}").text


@pytest.mark.usefixtures("two_pages")
def test_a_pdf_is_waited_for(sign_in: SignIn, document_at: DocumentAt) -> None:
    path = f"/documents/{document_at('archived')}/files/pdf"
    client = sign_in("drafter")
    waiting = client.get(path)
    assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "2")
    do_jobs()
    assert client.get(path).mimetype == "application/pdf"


def test_without_libreoffice_a_pdf_is_unavailable(
    sign_in: SignIn, document_at: DocumentAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.pdf.converter", lambda: None)
    answer = sign_in("drafter").get(f"/documents/{document_at('archived')}/files/pdf")
    assert answer.status_code == 503
    assert "LibreOffice" in answer.text
