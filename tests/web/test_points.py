"""Points of a return on the pages: given at places, ticked off by whoever has it, shown to whoever asked."""

from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.web.browsing import act, form_to, send, text_of
from tests.web.conftest import token_of

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]

TICKS = "//section[@id='points']"
RETURNED = "//section[@data-returned]"


def send_back(client: FlaskClient, document: str, *points: tuple[str, str, str]) -> TestResponse:
    columns = [list(column) for column in zip(*points, strict=True)] or [[], [], []]
    rows = dict(zip(("points_place", "points_kind", "points_text"), columns, strict=True))
    return act(client, document, "send_back", comment="请逐处修改。", target="draft", **rows)


def test_complaint_vague_reasons_of_a_return_stand_as_a_list_and_come_back_with_what_became_of_each(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("office_review")
    clerk, drafter = sign_in("clerk"), sign_in("drafter")
    page = clerk.get(f"/documents/{document}")
    places = html.fromstring(page.text).xpath("(//select[@name='points_place'])[1]/option/text()")
    assert places[0] == "整件"
    assert any(place.startswith("正文 · 第1段：") for place in places)
    sent = send_back(
        clerk,
        document,
        ("body[0]", "wording", "开头太长"),
        ("", "fact", "数字再核一遍"),
        ("", "other", ""),  # a row left blank is none
    )
    assert sent.status_code == 302
    page = drafter.get(f"/documents/{document}")
    assert "共2处，还有2处未答复" in text_of(page, TICKS)
    assert "正文 · 第1段 文字 开头太长" in text_of(page, TICKS)
    assert "退回意见第1处还没有答复" in text_of(page, "//*[@id='why-submit']")
    empty = send(drafter, form_to(page, "/points"), **{"answer-1": "explained", "note-1": ""})
    assert empty.status_code == 422
    assert "请写明对第1处的说明" in text_of(empty, TICKS)
    edit = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    first, *others = dict(edit.form_values())["body"].split("\n")
    saved = send(
        drafter,
        edit,
        body="\n".join([first.replace("，", "，切实", 1), *others]),
        then="submit",
        **{"answer-1": "changed", "note-2": "已核，无误"},
    )
    assert saved.status_code == 302, text_of(saved, "//*[@role='alert']")
    page = clerk.get(f"/documents/{document}")
    returned = text_of(page, RETURNED)
    assert returned.startswith("您退回时提的意见 2")
    assert "开头太长" in returned
    assert text_of(page, f"{RETURNED}//ins") == "切实"
    assert "说明 已核，无误" in returned
    assert text_of(page, TICKS) == ""


def test_what_is_called_changed_and_reads_the_same_is_told_to_whoever_asked(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("office_review")
    clerk, drafter = sign_in("clerk"), sign_in("drafter")
    send_back(clerk, document, ("title", "wording", "标题太长"))
    page = send(drafter, form_to(drafter.get(f"/documents/{document}"), "/points"), **{"answer-1": "changed"})
    assert page.status_code == 302
    act(drafter, document, "submit")
    page = clerk.get(f"/documents/{document}")
    assert "原处文字未变" in text_of(page, RETURNED)
    assert "开头" not in text_of(page, RETURNED)
    assert "标题太长" in text_of(page, "//ol[contains(@class, 'opinions')]")


def test_who_has_not_the_document_sees_no_list_and_answers_none(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("office_review")
    clerk = sign_in("clerk")
    send_back(clerk, document, ("title", "wording", "标题太长"))
    page = clerk.get(f"/documents/{document}")
    assert text_of(page, TICKS) == text_of(page, RETURNED) == ""
    for who, status in (("clerk", 403), ("unit1", 404)):
        client = sign_in(who)
        given = {"csrf_token": token_of(client, "/password"), "answer-1": "changed"}
        assert client.post(f"/documents/{document}/points", data=given).status_code == status


def test_a_refused_return_keeps_the_rows_that_were_typed(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("office_review")
    clerk = sign_in("clerk")
    page = send_back(clerk, document, ("body[0]", "basis", ""))
    assert page.status_code == 422
    assert "请写明第1处的意见" in page.text
    chosen = html.fromstring(page.text).xpath("//select[@name='points_place']/option[@selected]/@value")
    assert chosen == ["body[0]"]
