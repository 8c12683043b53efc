"""Passing round, one's own phrases, and the way back after a step, as the browser has them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.web.browsing import act, filled, form_to, send, text_of

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


def pass_on(client: FlaskClient, document: str, *readers: str, wants_answer: bool = False) -> None:
    form = form_to(client.get(f"/documents/{document}"), "/circulations")
    wants = {"wants_answer": "1"} if wants_answer else {}
    page = send(client, form, readers=list(readers), note="请阅。", **wants)
    assert page.status_code == 302


def test_what_was_passed_is_read_from_the_list_and_its_sender_sees_when(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("office_review")
    clerk, reader = sign_in("clerk"), sign_in("countersigner1")
    assert reader.get(f"/documents/{document}").status_code == 404
    pass_on(clerk, document, "countersigner1", "archivist")
    page = reader.get("/to-read")
    row = "//ol[contains(@class, 'circulated')]/li"
    assert "文秘请阅。" in text_of(page, row)
    assert html.fromstring(page.text).xpath(f"{row}//a[@class='title']/@href") == [
        f"/documents/{document}?from=circulated"
    ]
    assert not html.fromstring(page.text).xpath("//button[@data-forward]")
    alone = html.fromstring(reader.get(f"/documents/{document}").text)
    assert len(alone.xpath("//button[@data-forward]")) == len(alone.xpath("//*[@data-reading]")) == 1
    back = send(reader, form_to(page, "/read"))
    assert back.location == "/to-read"
    assert text_of(reader.get("/to-read"), row) == ""
    panel = text_of(clerk.get(f"/documents/{document}"), "//*[contains(@class, 'circulation')]//ul")
    assert "会签人甲 已阅" in panel
    assert "未打开" in panel


def test_an_answer_that_is_awaited_is_warned_of_before_the_step_and_does_not_hinder_it(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("office_review")
    clerk, reader = sign_in("clerk"), sign_in("countersigner1")
    pass_on(clerk, document, "countersigner1", wants_answer=True)
    warned = "//*[contains(@class, 'awaited')]"
    page = clerk.get(f"/documents/{document}")
    assert text_of(page, warned) == "已请会签人甲答复，尚未收到。"
    form = form_to(reader.get(f"/documents/{document}?from=circulated"), "/answer")
    empty = send(reader, form)
    assert empty.status_code == 422
    assert "请写一句答复" in empty.text
    assert send(reader, form_to(empty, "/answer"), answer="时限偏紧。").status_code == 302
    taken = send(clerk, form_to(page, "/steps/approve"))  # the page from before the answer is not stale
    assert taken.status_code == 302
    page = clerk.get(f"/documents/{document}")
    assert text_of(page, warned) == ""
    assert "时限偏紧。" in text_of(page, "//*[@class='opinions']")


def test_what_is_taken_back_is_gone_for_its_reader(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("office_review")
    clerk, reader = sign_in("clerk"), sign_in("countersigner1")
    pass_on(clerk, document, "countersigner1")
    send(clerk, form_to(clerk.get(f"/documents/{document}"), "/withdraw"))
    assert reader.get(f"/documents/{document}").status_code == 404
    refused = send(clerk, form_to(clerk.get(f"/documents/{document}"), "/circulations"), note="请阅。")
    assert refused.status_code == 422
    assert "请选择传阅对象" in refused.text
    assert text_of(refused, "//textarea[@name='note']") == "请阅。"


def test_complaint_after_a_step_the_next_of_the_same_list_opens_with_the_way_back(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    client, document = sign_in("signatory"), document_at("signing", urgency="特急")
    page = client.get(f"/documents/{document}?from=tasks&only=signing")
    onward = send(client, form_to(page, "/steps/sign"))
    following = client.get(onward.location)
    assert onward.location == f"/documents/{document_at('signing')}?from=tasks&only=signing"
    bar = form_to(following, "/undo")
    assert "撤销这一步（签发）" in text_of(following, "//form[contains(@class, 'undo-bar')]")
    assert send(client, bar).location == f"/documents/{document}?from=tasks&only=signing"
    assert document_at("signing", urgency="特急") == document
    assert not html.fromstring(client.get("/").text).xpath("//form[contains(@class, 'undo-bar')]")


def test_what_was_opened_meanwhile_stays_and_the_page_says_why(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    client, document = sign_in("signatory"), document_at("signing")
    onward = act(client, document, "sign")
    bar = form_to(client.get(onward.location), "/undo")
    sign_in("clerk").get(f"/documents/{document}")
    page = send(client, bar)
    assert page.status_code == 422
    assert "已打开" in text_of(page, "//*[@role='alert']")
    assert "不能撤销" in text_of(page, "//*[contains(@class, 'undo-not')]")


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ("  同意印发。 \n\n请×××阅。\n同意印发。", ["同意印发。", "请×××阅。"]),
        ("", ["同意。", "同意，请按程序印发。"]),
    ],
)
def test_ones_own_phrases_stand_under_every_comment(
    sign_in: SignIn, document_at: DocumentAt, lines: str, kept: list[str]
) -> None:
    client = sign_in("signatory")
    form = form_to(client.get("/opinion-phrases"), "/opinion-phrases")
    assert client.post(form.action, data=filled(form, phrases=lines)).status_code == 302
    tree = html.fromstring(client.get(f"/documents/{document_at('signing')}").text)
    lists = tree.xpath("//ul[@data-phrases]")
    assert {one.get("data-phrases") for one in lists} == {
        area.get("id") for area in tree.xpath("//textarea[@name='comment']")
    }
    for one in lists:
        assert [item.text for item in one.xpath("li[not(@data-own)]")][:2] == kept
    other = html.fromstring(sign_in("clerk").get("/opinion-phrases").text)
    assert "同意。" in other.xpath("string(//textarea)")


def test_a_phrase_that_cannot_be_kept_is_refused_with_what_was_typed(sign_in: SignIn) -> None:
    client = sign_in("signatory")
    form = form_to(client.get("/opinion-phrases"), "/opinion-phrases")
    page = client.post(form.action, data=filled(form, phrases="\n".join(["长" * 61, *map(str, range(21))])))
    assert page.status_code == 422
    assert "最多保存 20 条" in page.text
    assert "长" * 61 in page.text


def test_the_registrar_passes_on_from_the_page_of_registration(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document, registrar = document_at("registration"), sign_in("registrar")
    pass_on(registrar, document, "archivist")
    page = registrar.get(f"/documents/{document}")
    assert "档案员 未打开" in text_of(page, "//*[contains(@class, 'circulation')]//ul")
