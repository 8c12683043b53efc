"""A draft's Word file comes back on its page: what it changes is shown, and kept when somebody says so."""

import io
import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.docgen.wordsmith import edited, with_part
from tests.web.browsing import filled, form_to, send, text_of
from tests.web.test_documents import draft

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


def paper(client: FlaskClient, document: str) -> bytes:
    page = client.get(f"/documents/{document}")
    links = [form for form in page.text.split('"') if form.endswith("/paper.docx")]
    return client.get(links[0]).data


def brought(client: FlaskClient, document: str, docx: bytes) -> TestResponse:
    address = f"/documents/{document}/word"
    data = {**filled(form_to(client.get(address), "/word")), "file": (io.BytesIO(docx), "改好的稿.docx")}
    return client.post(address, data=data, content_type="multipart/form-data")


def test_what_the_file_changes_is_shown_and_kept_when_somebody_says_so(sign_in: SignIn) -> None:
    drafter, document = sign_in("drafter"), draft()
    page = brought(drafter, document, edited(paper(drafter, document), "的通知", "有关事项的通知"))
    assert page.status_code == 200
    assert "有关事项" in text_of(page, "//ins")
    before = drafter.get(f"/documents/{document}").text
    assert "有关事项" not in before
    answer = send(drafter, form_to(page, "/word/keep"))
    assert answer.status_code == 302
    assert "有关事项的通知" in drafter.get(answer.location).text


def test_after_sign_off_the_kind_of_change_is_asked_for(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("checking")
    clerk = sign_in("clerk")
    page = brought(clerk, document, edited(paper(clerk, document), "的通知", "有关事项的通知"))
    refused = send(clerk, form_to(page, "/word/keep"))
    assert refused.status_code == 422
    assert "有关事项" in text_of(refused, "//ins")
    done = send(clerk, form_to(refused, "/word/keep"), change="substance", reason="更准确")
    assert done.status_code == 302
    assert "签发" in clerk.get(done.location).text


def test_a_text_that_moved_on_meanwhile_is_not_overwritten(sign_in: SignIn) -> None:
    drafter, document = sign_in("drafter"), draft()
    page = brought(drafter, document, edited(paper(drafter, document), "的通知", "有关事项的通知"))
    edit = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    assert send(drafter, edit, note="此件公开发布").status_code == 302
    stale = send(drafter, form_to(page, "/word/keep"))
    assert stale.status_code == 409
    assert "此件公开发布" in text_of(stale, "//del")
    assert send(drafter, form_to(stale, "/word/keep")).status_code == 302


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"PK\x03\x04", "改好的稿.docx"),
        (None, "宏"),
        (b"{\\rtf1}", "改好的稿.docx"),
    ],
)
def test_a_hostile_file_is_refused_in_words(sign_in: SignIn, file: bytes | None, told: str) -> None:
    drafter, document = sign_in("drafter"), draft()
    docx = with_part(paper(drafter, document), "word/vbaProject.bin", b"x") if file is None else file
    page = brought(drafter, document, docx)
    assert page.status_code == 422
    assert told in text_of(page, "//*[@role='alert']")


def test_only_those_who_may_change_the_text_are_offered_it(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("unit_review")
    drafter = sign_in("drafter")
    assert "/word" not in drafter.get(f"/documents/{document}").text
    assert drafter.get(f"/documents/{document}/word").status_code == 403
    own = draft()
    form = form_to(drafter.get(f"/documents/{own}/word"), "/word")
    answer = send(drafter, form)
    assert answer.status_code == 422
    keep = {**filled(form), "version": "1", "content": "[]"}
    assert drafter.post(f"/documents/{own}/word/keep", data=keep).status_code == 400
    keep["content"] = json.dumps({"type": "通知", "title": "", "body": "甲。"})
    assert drafter.post(f"/documents/{own}/word/keep", data=keep).status_code == 422
