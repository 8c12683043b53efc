"""Pictures of papers: how far they are, and to whom they are shown."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.web.browsing import filled, form_to
from tests.web.test_documents import draft
from workflow import jobs, papers
from workflow.installation import here

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for LibreOffice: every paper has two pages."""
    monkeypatch.setattr("docgen.pdf.converter", lambda: "soffice")
    monkeypatch.setattr("docgen.pdf.to_pdf", lambda docx, **_: docx)
    monkeypatch.setattr("docgen.pdf.pictures", lambda pdf, dpi: [PNG + b"1", PNG + b"2"])


def do_jobs() -> None:
    while jobs.work_one(papers.HANDLERS):
        pass


@pytest.mark.usefixtures("two_pages")
def test_a_documents_pictures_come_when_they_are_made(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("signing")
    signatory = sign_in("signatory")
    state = signatory.get(f"/documents/{document}/paper").get_json()
    assert state == {"state": "making", "poll": f"/documents/{document}/paper"}
    do_jobs()
    state = signatory.get(f"/documents/{document}/paper").get_json()
    assert (state["state"], len(state["pages"])) == ("ready", 2)
    picture = signatory.get(state["pages"][1])
    assert (picture.mimetype, picture.data) == ("image/png", PNG + b"2")
    assert "private" in picture.headers["Cache-Control"]
    assert signatory.get(f"/documents/{document}/paper/1.png").data == PNG + b"1"
    assert signatory.get(f"/documents/{document}/paper/3.png").status_code == 404


@pytest.mark.usefixtures("two_pages")
def test_a_page_shows_its_pictures_at_once_when_they_are_there(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("signing")
    signatory = sign_in("signatory")
    assert 'data-state="making"' in signatory.get(f"/documents/{document}").text
    do_jobs()
    page = signatory.get(f"/documents/{document}")
    assert page.text.count("<img") == 2
    assert page.text.count('loading="lazy"') == 1


@pytest.mark.usefixtures("two_pages")
def test_pictures_are_not_there_for_those_who_may_not_see_the_document(sign_in: SignIn) -> None:
    document, other = draft(), draft("countersigner1")
    drafter = sign_in("drafter")
    drafter.get(f"/documents/{document}/paper")
    do_jobs()
    (page, _) = drafter.get(f"/documents/{document}/paper").get_json()["pages"]
    stranger = sign_in("countersigner1")
    assert stranger.get(page).status_code == 404
    # nor by way of a document that the stranger may see
    assert stranger.get(page.replace(document, other)).status_code == 404
    assert drafter.get(page.replace("of=", "of=x")).status_code == 404


@pytest.mark.usefixtures("two_pages")
def test_what_is_typed_is_shown_to_its_writer_alone(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    state = drafter.post("/preview", data=filled(form, title="题目", body="正文")).get_json()
    assert state["state"] == "making"
    assert drafter.get(state["poll"]).get_json()["state"] == "making"
    do_jobs()
    ready = drafter.get(state["poll"]).get_json()
    assert ready["state"] == "ready"
    assert drafter.get(ready["pages"][0]).data == PNG + b"1"
    other = sign_in("clerk")
    assert other.get(ready["pages"][0]).status_code == 404
    assert other.get(state["poll"]).status_code == 404


def test_an_unfinished_text_is_told_field_by_field(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    state = drafter.post("/preview", data=filled(form, body="")).get_json()
    assert state["state"] == "incomplete"
    assert [problem[0] for problem in state["problems"]] == ["标题", "正文"]


def test_without_libreoffice_the_page_says_so_and_shows_the_text(
    sign_in: SignIn, document_at: DocumentAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.pdf.converter", lambda: None)
    document = document_at("signing")
    signatory = sign_in("signatory")
    assert signatory.get(f"/documents/{document}/paper").get_json()["state"] == "unavailable"
    page = signatory.get(f"/documents/{document}").text
    assert 'data-state="unavailable"' in page
    assert '<details class="as-text" open>' in page


def test_a_failed_conversion_is_told(
    sign_in: SignIn, document_at: DocumentAt, two_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(docx: bytes) -> bytes:
        raise papers.pdf.ConverterFailed("no")

    monkeypatch.setattr("docgen.pdf.to_pdf", fail)
    document = document_at("signing")
    signatory = sign_in("signatory")
    signatory.get(f"/documents/{document}/paper")
    do_jobs()
    assert signatory.get(f"/documents/{document}/paper").get_json()["state"] == "failed"
    assert here().data.exists()


def test_who_types_and_who_prints_are_told_which_characters_to_look_at(sign_in: SignIn) -> None:
    words = "“䶮”（由䶮负责。）在仿宋_GB2312中没有，将用其他字体补印，请核对印出的纸样。"
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    assert drafter.post("/preview", data=filled(form, title="题目", body="正文")).get_json()["doubts"] == []
    typed = filled(form, title="题目", body="由䶮负责。")
    assert drafter.post("/preview", data=typed).get_json()["doubts"] == [["正文", words]]
    saved = drafter.post("/documents/new", data=typed)
    assert words in drafter.get(saved.location).text


def test_the_ways_to_break_a_title_are_offered_and_the_one_that_is_set_is_shown(sign_in: SignIn) -> None:
    title, lines = "关于报送年度工作总结的通知", "关于报送年度\n工作总结的通知"
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    typed = filled(form, title=title, body="正文")
    usual = drafter.post("/preview", data=typed).get_json()
    assert usual["titles"][:2] == [title, lines]
    assert drafter.post("/preview", data={**typed, "title_lines": lines}).get_json()["poll"] != usual["poll"]
    refused = drafter.post("/documents/new", data={**typed, "title_lines": "关于"})
    assert refused.status_code == 422
    assert f"各行连起来必须与标题一字不差：{title}" in refused.text
    saved = drafter.post("/documents/new", data={**typed, "title_lines": lines}).location
    page = drafter.get(f"{saved.partition('?')[0]}/edit")
    form = form_to(page, f"{saved.partition('?')[0]}/edit")
    assert filled(form)["title_lines"].strip().splitlines() == lines.split("\n")
    again = drafter.post(f"{saved.partition('?')[0]}/edit", data=filled(form, title="关于别的事项的通知"))
    assert again.status_code == 302
    form = form_to(drafter.get(f"{saved.partition('?')[0]}/edit"), f"{saved.partition('?')[0]}/edit")
    assert filled(form)["title_lines"].strip() == ""
