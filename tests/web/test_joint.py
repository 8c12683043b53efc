"""A joint document in the browser: its agencies in the editor, their signatures entered by the clerk."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.scans import scan
from tests.web import oracle
from tests.web.api.caller import Everybody, InProcess
from tests.web.browsing import act, form_to, send, text_of
from tests.web.test_documents_steps import row
from tests.workflow.desk import Desk
from workflow.verify import findings

SignIn = Callable[..., FlaskClient]
TWO = ["示例省总工会", "示例团省委"]


@pytest.fixture
def document(office_app: Flask) -> str:
    return Desk().at("co_signing", co_agencies=TWO)


def entered(clerk: FlaskClient, document: str, **inputs: Any) -> int:
    return act(clerk, document, "enter_co_signature", **inputs).status_code


def test_the_editor_takes_the_agencies_one_a_line_and_shows_them_again(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    typed = {"title": "关于联合开展活动的通知", "body": "请照此办理。", "co_agencies": "\n".join(TWO)}
    saved = send(drafter, form, **typed, lead_only="yes", then="save")
    assert saved.status_code == 302
    public_id = saved.location.split("/")[2].partition("?")[0]
    assert row(public_id).co_agencies == TWO
    again = form_to(drafter.get(f"/documents/{public_id}/edit"), "/edit")
    assert again.fields["co_agencies"].split("\n") == TWO
    assert again.fields["lead_only"] == "yes"
    twice = send(drafter, again, co_agencies="甲局、甲局")
    assert twice.status_code == 422
    assert "甲局重复。" in text_of(twice, "//div[@role='alert']")
    assert row(public_id).co_agencies == TWO


def test_the_clerk_enters_each_signature_with_its_scan(sign_in: SignIn, document: str) -> None:
    clerk = sign_in("clerk")
    file = (io.BytesIO(scan()), "联署件.pdf")
    assert entered(clerk, document, signatory="王某", post="主席", comment="同意。", scan=file) == 302
    page = clerk.get(f"/documents/{document}")
    panel = "//section[contains(@class, 'panel')][h2[contains(., '联署情况')]]"
    assert "1/2" in text_of(page, f"{panel}/h2")
    assert "示例省总工会 · 主席王某 ✓ 文秘录入 扫描件" in text_of(page, f"{panel}//li[1]")
    assert "示例团省委 尚未签发" in text_of(page, f"{panel}//li[2]")
    (link,) = [a for a in form_links(page) if "/scans/" in a]
    assert clerk.get(link).data == scan()
    assert entered(clerk, document, signatory="李某") == 302
    assert row(document).state == "checking"
    sheet = text_of(clerk.get(f"/documents/{document}/slip"), "//table[@class='slip-boxes']")
    for words in ("联署", "示例省总工会", "王某", "示例团省委", "李某"):
        assert words in sheet
    assert list(findings()) == []


def form_links(page: Any) -> list[str]:
    return [str(address) for address in html.fromstring(page.text).xpath("//a/@href")]


def test_a_refused_entry_says_why_and_keeps_what_was_typed(sign_in: SignIn, document: str) -> None:
    clerk = sign_in("clerk")
    answer = act(clerk, document, "enter_co_signature", signatory="王某", signed_on="2001-01-01")
    assert answer.status_code == 422
    assert "主办机关先签发" in text_of(answer, "//div[@role='alert']")
    form = form_to(answer, "/steps/enter_co_signature")
    assert (form.fields["signatory"], form.fields["signed_on"]) == ("王某", "2001-01-01")
    bad = act(clerk, document, "enter_co_signature", scan=(io.BytesIO(b"MZ"), "联署件.exe"))
    assert bad.status_code == 422
    assert row(document).state == "co_signing"


def test_an_agency_that_refuses_sends_it_back_with_its_reason(sign_in: SignIn, document: str) -> None:
    clerk = sign_in("clerk")
    assert act(clerk, document, "co_refuse", comment="团省委：时限太紧。").status_code == 302
    assert row(document).state == "draft"
    shown = text_of(sign_in("drafter").get(f"/documents/{document}"), "//ol[@class='opinions']")
    assert "团省委：时限太紧。" in shown


def test_others_see_who_has_signed_and_enter_nothing(
    office_app: Flask, sign_in: SignIn, document: str
) -> None:
    page = sign_in("drafter").get(f"/documents/{document}")
    assert "示例团省委" in text_of(page, "//section[contains(@class, 'panel')]")
    assert "enter_co_signature" not in page.text
    people = Everybody(InProcess(office_app))
    version = row(document).version
    for who in set(oracle.ACCOUNTS) - {"clerk"}:
        status = 403 if who in oracle.READERS["under way"] else 404
        for action in ("enter_co_signature", "co_refuse", "send_back"):
            assert people(who).act(document, action, version, {"comment": "x"}).status == status, who


def test_whoever_drives_it_by_the_api_needs_no_input(office_app: Flask, document: str) -> None:
    clerk = Everybody(InProcess(office_app))("clerk")
    for _ in TWO:
        shown = clerk.get(f"/documents/{document}").json
        (action,) = [one for one in shown["actions"] if one["direction"] == "forward"]
        assert action["inputs"]["properties"]["signed_on"]["format"] == "date"
        assert clerk.act(document, action["name"], shown["version"], {}).status == 200
    assert row(document).state == "checking"
    assert row(document).dated is not None
