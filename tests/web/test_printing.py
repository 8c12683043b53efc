"""At the printer's: the layout's form, a file from Word or WPS, the proof, the sheets."""

import io
from collections.abc import Callable
from urllib.parse import unquote

import pypdfium2
import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.docgen.wordsmith import edited
from tests.web.browsing import act, filled, form_to, forms, send, text_of
from tests.web.test_papers import do_jobs

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]
DocumentId = str

TITLE = "关于开展窗口单位文明服务观摩的通知"


@pytest.fixture
def three_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for LibreOffice: every PDF has three blank pages of different widths."""
    monkeypatch.setattr("docgen.pdf.converter", lambda: "soffice")
    with pypdfium2.PdfDocument.new() as document:
        for width in (501, 502, 503):
            document.new_page(width, 800)
        stream = io.BytesIO()
        document.save(stream)
    monkeypatch.setattr("docgen.pdf.to_pdf", lambda docx, **_: stream.getvalue())
    monkeypatch.setattr("docgen.pdf.pictures", lambda pdf, dpi: [b"\x89PNG"])


@pytest.fixture
def document(document_at: DocumentAt) -> DocumentId:
    """A document that was sent to print."""
    return document_at("printing")


def widths(answer: TestResponse) -> list[int]:
    with pypdfium2.PdfDocument(answer.data) as pdf:
        return [round(page.get_width()) for page in pdf]


def name_of(answer: TestResponse) -> str:
    return unquote(answer.headers["Content-Disposition"].partition("''")[2])


def save_layout(client: FlaskClient, document: str, **fields: object) -> TestResponse:
    form = form_to(client.get(f"/documents/{document}"), "/layout")
    return send(client, form, **fields)


def bring_back(client: FlaskClient, document: str, docx: bytes, name: str = "排好.docx") -> TestResponse:
    form = form_to(client.get(f"/documents/{document}"), "/print-copy")
    data = {**filled(form), "file": (io.BytesIO(docx), name)}
    return client.post(form.action, data=data, content_type="multipart/form-data")


def test_the_form_shows_what_the_system_takes_and_keeps_what_is_set(
    sign_in: SignIn, document: DocumentId
) -> None:
    registrar = sign_in("registrar")
    page = html.fromstring(registrar.get(f"/documents/{document}").text)
    (form,) = page.xpath("//form[@data-layout]")
    assert form.xpath(".//textarea[@name='title_lines']")[0].text.strip() == TITLE
    assert form.xpath(".//input[@name='line_pt']/@placeholder") == ["28.95"]
    lines = f"{TITLE[:7]}\r\n{TITLE[7:]}"
    answer = save_layout(registrar, document, title_lines=lines, line_pt="28.2", page_breaks=["3"])
    assert (answer.status_code, answer.location) == (302, f"/documents/{document}")
    page = html.fromstring(registrar.get(f"/documents/{document}").text)
    (form,) = page.xpath("//form[@data-layout]")
    assert form.xpath(".//input[@name='line_pt']/@value") == ["28.2"]
    assert form.xpath(".//input[@name='page_breaks'][@checked]/@value") == ["3"]
    assert form.xpath(".//textarea[@name='title_lines']")[0].text.split() == [TITLE[:7], TITLE[7:]]
    assert not page.xpath("//a[contains(@href, '/files/docx')]")  # to be sent to print again
    (*_, back) = [one for one in forms(registrar.get(f"/documents/{document}")) if one.action == form.action]
    assert send(registrar, back).status_code == 302
    assert "已手工调整" not in registrar.get(f"/documents/{document}").text


def test_a_refused_layout_says_every_reason_and_gives_back_what_was_typed(
    sign_in: SignIn, document: DocumentId
) -> None:
    registrar = sign_in("registrar")
    answer = save_layout(registrar, document, title_lines="另一个标题", line_pt="三十", masthead_size_pt="99")
    assert answer.status_code == 422
    told = text_of(answer, "//*[@id='printing']//*[@role='alert']")
    assert "各行连起来必须与标题一字不差" in told
    assert "26.55磅至31.85磅" in told
    page = html.fromstring(answer.text)
    assert page.xpath("//input[@name='line_pt']/@value") == ["三十"]
    assert page.xpath("//textarea[@name='title_lines']")[0].text.strip() == "另一个标题"


@pytest.mark.usefixtures("three_pages")
def test_a_layout_is_seen_before_it_is_saved(sign_in: SignIn, document: DocumentId) -> None:
    registrar = sign_in("registrar")
    form = form_to(registrar.get(f"/documents/{document}"), "/layout")
    path = f"/documents/{document}/layout/preview"
    state = registrar.post(path, data=filled(form, line_pt="28")).get_json()
    assert state["state"] == "making"
    do_jobs()
    assert registrar.get(state["poll"]).get_json()["state"] == "ready"
    refused = registrar.post(path, data=filled(form, line_pt="80")).get_json()
    assert (refused["state"], "26.55" in refused["message"]) == ("failed", True)
    assert "/files/docx" in registrar.get(f"/documents/{document}").text  # still frozen


def test_only_the_holder_sets_a_layout(sign_in: SignIn, document: DocumentId) -> None:
    clerk = sign_in("clerk")
    page = clerk.get(f"/documents/{document}").text
    assert "data-layout" not in page
    assert "/working.docx" not in page
    token = html.fromstring(page).xpath("//input[@name='csrf_token']/@value")[0]
    data = {"csrf_token": token, "version": "1", "file": (io.BytesIO(b"PK"), "a.docx")}
    assert clerk.post(f"/documents/{document}/print-copy", data=data).status_code == 403
    assert clerk.get(f"/documents/{document}/working.docx").status_code == 403
    assert sign_in("countersigner1").get(f"/documents/{document}/working.docx").status_code == 404


def test_a_finished_file_comes_back_and_is_the_one_that_is_printed(
    sign_in: SignIn, document: DocumentId
) -> None:
    registrar = sign_in("registrar")
    given = registrar.get(f"/documents/{document}/working.docx")
    assert name_of(given).startswith("排版稿 豫直文明办")
    finished = edited(given.data, 'w:top="2098"', 'w:top="2000"')
    assert bring_back(registrar, document, finished).status_code == 302
    assert "将按 Word 或 WPS 排好的文件印制：排好.docx" in registrar.get(f"/documents/{document}").text
    act(registrar, document, "send_to_print")
    assert registrar.get(f"/documents/{document}/files/docx").data == finished
    page = registrar.get(f"/documents/{document}").text
    assert "没有不带红的 DOCX" in page
    assert registrar.get(f"/documents/{document}/print/overprint.docx").status_code == 404


def test_another_text_is_refused_and_the_places_are_shown(sign_in: SignIn, document: DocumentId) -> None:
    registrar = sign_in("registrar")
    given = registrar.get(f"/documents/{document}/working.docx").data
    answer = bring_back(registrar, document, edited(given, "落实情况", "落实情形"))
    assert answer.status_code == 422
    assert "共1处" in text_of(answer, "//*[@id='printing']//*[@role='alert']")
    assert text_of(answer, "//ol[@class='places']/li").startswith("正文第4段")
    assert text_of(answer, "//ol[@class='places']//del") == "况"
    assert text_of(answer, "//ol[@class='places']//ins") == "形"
    for wrong, words in ((b"PK\x03\x04", "已损坏"), (b"", "空")):
        refused = bring_back(registrar, document, wrong)
        assert refused.status_code == 422
        assert words in text_of(refused, "//*[@role='alert']")


@pytest.mark.usefixtures("three_pages")
def test_what_goes_into_the_printer_is_made_of_the_one_pdf(sign_in: SignIn, document: DocumentId) -> None:
    registrar = sign_in("registrar")
    path = f"/documents/{document}/print/"
    waiting = registrar.get(f"{path}proof.pdf")
    assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "2")
    assert "正在排队" in registrar.get(f"/documents/{document}").text
    do_jobs()
    assert "已生成" in registrar.get(f"/documents/{document}").text
    found = {
        "proof": ("清样 ", [501, 502, 503]),
        "overprint": ("套印 ", [501, 502, 503]),
        "odd": ("单数页 ", [501, 503]),
        "overprint-odd": ("套印单数页 ", [501, 503]),
        "even": ("双数页倒序 ", [501, 502]),  # the first is the blank back of the last sheet
    }
    tags = set()
    for kind, (begins, pages) in found.items():
        answer = registrar.get(f"{path}{kind}.pdf")
        assert (answer.mimetype, widths(answer)) == ("application/pdf", pages)
        assert name_of(answer).startswith(f"{begins}豫直文明办")
        tags.add(answer.headers["ETag"])
    assert len(tags) == len(found)
    assert (
        registrar.get(f"{path}even.pdf", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )
    assert registrar.get(f"{path}margins.pdf").status_code == 404
    blank = registrar.get(f"{path}overprint.docx")
    assert name_of(blank).startswith("套印 ")
    assert blank.data[:2] == b"PK"


def test_there_is_nothing_to_print_before_a_document_is_sent_to_print(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    early = document_at("signing")
    for kind in ("proof.pdf", "overprint.docx"):
        assert sign_in("signatory").get(f"/documents/{early}/print/{kind}").status_code == 404


def test_without_libreoffice_the_page_says_so(
    sign_in: SignIn, document: DocumentId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.pdf.converter", lambda: None)
    registrar = sign_in("registrar")
    answer = registrar.get(f"/documents/{document}/print/overprint.pdf")
    assert (answer.status_code, "LibreOffice" in answer.text) == (503, True)
    page = registrar.get(f"/documents/{document}")
    assert "LibreOffice" in text_of(page, "//*[@class='proof-sheet']")
    assert "/print/proof.pdf" not in page.text


def test_drafter_and_clerk_tick_the_proof_and_the_printer_sees_it(
    sign_in: SignIn, document: DocumentId
) -> None:
    registrar = sign_in("registrar")
    reading = "//form[contains(@action, 'finish_printing')]//ul[@class='proof-read']"
    before = text_of(registrar.get(f"/documents/{document}"), reading)
    assert before.replace(" ", "") == "拟稿人：尚未校对文秘：尚未校对"
    drafter = sign_in("drafter")
    assert "请校对清样：豫直文明办" in drafter.get("/to-read").text
    page = drafter.get(f"/documents/{document}")
    assert "/print/proof.pdf" in page.text
    assert send(drafter, form_to(page, "/proof")).status_code == 302
    assert f'action="/documents/{document}/proof"' not in drafter.get(f"/documents/{document}").text
    after = text_of(registrar.get(f"/documents/{document}"), reading)
    assert "拟稿人 拟稿人：校对无误" in after
    assert "文秘：尚未校对" in after
    assert act(registrar, document, "finish_printing").status_code == 302
    assert "拟稿人：校对无误" in text_of(drafter.get(f"/documents/{document}"), "//*[@id='printing']")


def test_nobody_ticks_a_proof_for_another(sign_in: SignIn, document: DocumentId) -> None:
    drafter, registrar = sign_in("drafter"), sign_in("registrar")
    form = form_to(drafter.get(f"/documents/{document}"), "/proof")
    assert send(drafter, form, part="clerk").status_code == 403
    assert send(drafter, form, file="0" * 64).status_code == 409
    token = html.fromstring(registrar.get(f"/documents/{document}").text).xpath(
        "//input[@name='csrf_token']/@value"
    )[0]
    answer = registrar.post(form.action, data={**filled(form), "csrf_token": token})
    assert answer.status_code == 403


def test_an_issued_document_has_no_layout_to_set(sign_in: SignIn, document_at: DocumentAt) -> None:
    issued = document_at("issued")
    assert "data-layout" not in sign_in("registrar").get(f"/documents/{issued}").text
    assert 'id="printing"' not in sign_in("countersigner1").get(f"/documents/{issued}").text
