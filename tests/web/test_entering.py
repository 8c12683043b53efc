"""The clerk's pages for what others said on paper or by word of mouth, and what everybody sees of it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.scans import ofd, scan
from tests.web.api.caller import Everybody, InProcess
from tests.web.browsing import act, filled, form_to, send, text_of
from workflow.verify import findings

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]

SIGNED = scan("PDF")


def enter(clerk: FlaskClient, document: str, action: str = "sign", **entered: Any) -> TestResponse:
    """Open the page for entering an act and send its form."""
    page = clerk.get(f"/documents/{document}/enter?action={action}")
    assert page.status_code == 200
    form = form_to(page, "/enter")
    return clerk.post(form.action, data=filled(form, **entered))


def by_word(clerk: FlaskClient, document: str, words: str = "同意。") -> None:
    assert enter(clerk, document, medium="oral", heard_by="文秘", comment=words).status_code == 302


@pytest.fixture
def document(document_at: DocumentAt) -> str:
    return document_at("signing", urgency=None)


def test_a_paper_is_entered_with_its_scan_and_shown_as_what_it_is(
    office_app: Flask, sign_in: SignIn, document: str
) -> None:
    clerk = sign_in("clerk")
    page = clerk.get(f"/documents/{document}")
    assert "代录主任的意见" in text_of(page, "//section[contains(@class, 'panel')]//a")
    done = enter(clerk, document, scan=(io.BytesIO(SIGNED), "签批.pdf"), comment="同意，请印发。")
    assert (done.status_code, done.location) == (302, f"/documents/{document}")
    drafter = sign_in("drafter")
    page = drafter.get(f"/documents/{document}")
    opinion = text_of(page, "//ol[@class='opinions']/li[1]")
    assert "主任 主任 签发 · 签发" in opinion
    assert "文秘代录，纸质" in opinion
    assert "同意，请印发。" in opinion
    assert "签发 · 主任（代录）" in text_of(page, "//ol[@class='way']")
    (link,) = html.fromstring(page.text).xpath("//ol[@class='opinions']/li[1]//a/@href")
    shown = drafter.get(link)
    assert (shown.data, shown.mimetype) == (SIGNED, "application/pdf")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert sign_in("unit1").get(link).status_code == 404
    handled = sign_in("signatory").get("/handled")
    assert "代您录入：签发" in text_of(handled, "//ol[@data-rows]/li[1]")
    caller = Everybody(InProcess(office_app))("clerk")
    movements = caller.get(f"/documents/{document}/movements").json["items"]
    (signed,) = [one for one in movements if one["action"] == "sign"]
    assert (signed["actor"], signed["on_behalf_of"], signed["post"]) == ("clerk", "signatory", "办公室文秘")
    assert signed["details"]["entered"]["name"] == "主任"
    answer = caller.act(
        document, "check", caller.document(document)["version"], {"entered": {"for": "clerk"}}
    )
    assert (answer.status, answer.reasons) == (422, ["本步骤不需要“entered”"])


def test_a_refused_paper_keeps_the_words_and_asks_for_the_scan_again(sign_in: SignIn, document: str) -> None:
    refused = enter(
        sign_in("clerk"), document, "sign_with_correction", comment="改后发。", signed_on="2001-01-01"
    )
    assert refused.status_code == 422
    told = text_of(refused, "//form//*[@role='alert']")
    assert "改动" in told
    assert "请上传签批件的扫描件" in told
    assert "早于" in told
    assert form_to(refused, "/enter").fields["comment"] == "改后发。"
    assert "请重新选择扫描件" in refused.text
    wrong_day = enter(sign_in("clerk"), document, signed_on="昨天")
    assert (wrong_day.status_code, "不是日期" in wrong_day.text) == (422, True)


def test_only_the_clerk_gets_the_page_and_only_where_opinions_are_given(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    clerk, registrar = sign_in("clerk"), sign_in("registrar")
    for client, state, status in (
        (clerk, "signing", 200),
        (registrar, "signing", 403),
        (clerk, "checking", 403),
    ):
        found = document_at(state)
        assert client.get(f"/documents/{found}/enter").status_code == status
        assert ("/enter?" in client.get(f"/documents/{found}").text) == (status == 200)


def test_what_was_said_waits_until_its_owner_confirms_it(sign_in: SignIn, document: str) -> None:
    clerk, signatory = sign_in("clerk"), sign_in("signatory")
    by_word(clerk, document)
    checked = clerk.get(f"/documents/{document}")
    assert "主任的意见是口头意见，待补签" in text_of(checked, "//section[@role='alert']")
    assert "由文秘听取，待补签" in text_of(checked, "//ol[@class='opinions']/li[1]")
    listed = clerk.get("/entered")
    assert "主任 · 签发：同意。" in text_of(listed, "//ol/li[1]")
    assert text_of(listed, "//aside//a[@href='/entered']/b") == "1"
    assert act(clerk, document, "check").status_code == 302
    desk = signatory.get("/")
    assert "代您录入、待您确认的意见 1" in text_of(desk, "//section//h2")
    done = send(signatory, form_to(desk, "/confirm"))
    assert (done.status_code, done.location) == (302, "/")
    page = sign_in("registrar").get(f"/documents/{document}")
    assert "已补签" in text_of(page, "//ol[@class='opinions']/li[1]")
    assert "待补签" not in page.text
    assert "待您确认" not in signatory.get("/").text
    assert list(findings()) == []


def test_what_is_disputed_stays_listed_until_the_signed_sheet_comes(sign_in: SignIn, document: str) -> None:
    clerk, signatory = sign_in("clerk"), sign_in("signatory")
    by_word(clerk, document)
    assert send(signatory, form_to(signatory.get("/"), "/dispute"), words=" ").status_code == 422
    assert (
        send(signatory, form_to(signatory.get("/"), "/dispute"), words="我只说先放一放。").status_code == 302
    )
    listed = clerk.get("/entered")
    assert "本人有异议" in text_of(listed, "//ol/li[1]")
    assert "我只说先放一放。" in text_of(listed, "//ol/li[1]")
    assert "主任对代录的意见提出异议" in clerk.get("/to-read").text
    sheet = form_to(listed, "/sheet")
    added = send(clerk, sheet, scan=(io.BytesIO(scan("PNG")), "补签.png"))
    assert (added.status_code, added.location) == (302, "/entered")
    page = clerk.get(f"/documents/{document}")
    assert "待补签" not in text_of(page, "//header[@class='doc-head']")
    (link,) = html.fromstring(page.text).xpath("//a[text()='补签件']/@href")
    assert clerk.get(link).mimetype == "image/png"


def test_the_sealed_file_is_bound_on_the_documents_page(sign_in: SignIn, document_at: DocumentAt) -> None:
    registrar = sign_in("registrar")
    waiting = text_of(registrar.get("/"), "//p[@class='told told-info']")
    assert "件已印发公文的用印件尚未归入" in waiting
    found = document_at("issued")
    assert f"/documents/{found}?from=unscanned" in registrar.get("/unscanned").text
    before = sign_in("drafter").get(f"/documents/{found}")
    assert "/sealed" not in before.text
    for data, name in ((scan("PNG"), "盖章.png"), (ofd(), "版式.ofd")):
        form = form_to(registrar.get(f"/documents/{found}"), "/sealed")
        assert send(registrar, form, file=(io.BytesIO(data), name)).status_code == 302
    page = sign_in("drafter").get(f"/documents/{found}")
    bound = text_of(page, "//section[contains(@class, 'sealed')]")
    assert bound.index("版式.ofd") < bound.index("盖章.png") < bound.index("已被替换")
    sealed = sign_in("drafter").get(f"/documents/{found}/files/sealed")
    assert (sealed.data, sealed.mimetype) == (ofd(), "application/ofd")
    assert sealed.headers["Content-Disposition"].startswith("attachment")
    assert f"/documents/{found}?" not in registrar.get("/unscanned").text
    form = form_to(registrar.get(f"/documents/{found}"), "/sealed")
    refused = send(registrar, form, file=(io.BytesIO(b"GIF89a"), "章.gif"))
    assert (refused.status_code, "文件格式不对" in refused.text) == (422, True)
