"""A draft that somebody brings fills the editor's form; what was not understood stands beside it."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from docgen.render import render
from tests.docgen.intake.drafts import WHOLE
from tests.docgen.twin import PARTICULARS, TWIN
from tests.web.browsing import filled, form_to

SignIn = Callable[..., FlaskClient]


def sent(client: FlaskClient, **values: object) -> html.HtmlElement:
    form = form_to(client.get("/documents/new"), "/documents/new")
    data = {**filled(form), "do": "intake", **values}
    answer = client.post("/documents/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def value(page: html.HtmlElement, name: str) -> list[str]:
    fields = page.xpath(f"//form[@data-editor]//*[@name='{name}'][not(ancestor::template)]")
    return [(field.value or "").strip("\n") for field in fields]


def test_pasted_text_fills_the_form_and_what_is_left_stands_beside_it(sign_in: SignIn) -> None:
    page = sent(sign_in("drafter"), draft_text=WHOLE, contact="甲某")
    assert value(page, "title") == ["关于开展职工读书月活动的通知"]
    assert value(page, "addressees") == ["各区县文明办，市直各单位"]
    assert value(page, "attachment_title") == ["书目", "报名表"]
    assert value(page, "urgency") == ["特急"]
    assert value(page, "contact") == ["甲某"]
    said = page.text_content()
    assert "000012" in said
    assert "示文明办〔2031〕7号" in said


def test_a_paper_of_ours_fills_the_form_and_can_be_saved(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    page = sent(drafter, draft_file=(io.BytesIO(render(TWIN, PARTICULARS)), "草稿.docx"))
    assert value(page, "body") == [TWIN.body]
    assert TWIN.issued_text
    assert value(page, "issued_body") == [TWIN.issued_text.body]
    form = next(form for form in page.forms if "data-editor" in form.attrib)
    answer = drafter.post("/documents/new", data=filled(form))
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "请选择文件，或者粘贴文稿。"),
        ({"draft_text": "机密\n关于读书的通知"}, "本系统不"),
        ({"draft_file": (b"PK\x03\x04", "草稿.docx")}, "草稿.docx"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_keeps_what_was_typed(
    sign_in: SignIn, values: dict[str, object], told: str
) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    given = {
        name: (io.BytesIO(one[0]), one[1]) if isinstance(one, tuple) else one for name, one in values.items()
    }
    data = {**filled(form, title="我写的"), "do": "intake", **given}
    answer = drafter.post("/documents/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert told in answer.text
    assert value(html.fromstring(answer.text), "title") == ["我写的"]
