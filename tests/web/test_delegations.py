"""Delegations in the browser and over the API: both names wherever a delegate acts."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.web import oracle
from tests.web.api import texts
from tests.web.api.caller import Everybody, InProcess
from tests.web.browsing import act, form_to, send, text_of
from workflow import clock

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


@pytest.fixture
def people(office_app: Flask) -> Everybody:
    return Everybody(InProcess(office_app))


def delegate(client: FlaskClient, to: str, **typed: object) -> TestResponse:
    page, day = client.get("/delegations"), clock.today()
    dates = {"since": day.isoformat(), "until": (day + timedelta(days=2)).isoformat()}
    return send(client, form_to(page, "/delegations"), delegate=to, **dates | typed)


def test_complaint_a_delegation_is_named_on_both_desks_on_the_document_and_afterwards_on_one_page(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document, head, archivist = document_at("signing"), sign_in("signatory"), sign_in("deputy")
    assert delegate(head, "deputy", reason="赴京参加培训").status_code == 302
    assert "您已委托分管领导代办至" in text_of(head.get("/"), "//main")
    desk = archivist.get("/")
    assert "您受主任委托至" in text_of(desk, "//*[contains(@class, 'delegation-bar')]")
    assert "受主任委托" in text_of(desk, f"//li[.//a[contains(@href, '{document}')]]")
    assert act(archivist, document, "sign", comment="同意印发。").status_code == 302
    for path in (f"/documents/{document}", f"/documents/{document}/slip", "/handled"):
        assert "受主任委托" in text_of(archivist.get(path), "//main"), path
    way = text_of(head.get(f"/documents/{document}"), "//ol[@class='way']")
    assert "分管领导（受主任委托）" in way.replace(" ", "")
    page = head.get("/delegations")
    assert send(head, form_to(page, "/end")).status_code == 302
    assert "查看代办清单" in text_of(head.get("/"), "//main")
    assert "请查看代办清单" in text_of(head.get("/to-read"), "//main")
    number = html.fromstring(head.get("/").text).xpath("//a[contains(@href, '/delegations/')]/@href")[0]
    summary = text_of(head.get(number), "//article")
    assert all(words in summary for words in ("代主任办理清单 1", "签发", "同意印发。"))
    assert f"/documents/{document}" in head.get(number).text
    assert "查看代办清单" not in text_of(head.get("/"), "//main")
    assert sign_in("clerk").get(number).status_code == 404


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    refused = delegate(clerk, "", principal="deputy", until="2020-01-01")
    assert refused.status_code == 422
    said = text_of(refused, "//form")
    assert "请选择一位同事。" in said
    page = html.fromstring(refused.text)
    assert page.xpath("//select[@name='principal']/option[@selected]/@value") == ["deputy"]
    wrong = text_of(delegate(clerk, "archivist", principal="deputy", signing="yes"), "//form")
    assert "代他人办理委托，请说明理由。" in wrong
    assert "签发只能由分管领导本人授权委托。" in wrong
    assert delegate(clerk, "archivist", principal="deputy", reason="住院").status_code == 302
    assert "由文秘代为办理" in text_of(sign_in("archivist").get("/delegations"), "//main")


PRINCIPALS = ("unit_head", "countersigner1", "countersigner2", "clerk", "deputy", "signatory", "registrar")


def steps_seen(people: Everybody, id_: str) -> Iterator[tuple[str, set[str], set[str]]]:
    """Yield each stage with what the archivist may do there, and what the office's rules say."""
    for stage, action, who in oracle.WAYS["drafter"][1:-1]:
        allowed = {one["name"] for one in people("archivist").document(id_)["actions"] if one["allowed"]}
        ruled = [oracle.by_delegation("drafter", stage, of, "archivist") for of in PRINCIPALS]
        yield stage, allowed, set().union(*ruled)
        version = people(who).document(id_)["version"]
        assert people(who).act(id_, action, version, {}).status == 200, stage


def test_a_delegate_may_do_what_the_rules_say_at_every_stage_and_nothing_else(
    sign_in: SignIn, people: Everybody
) -> None:
    for principal in PRINCIPALS:
        assert delegate(sign_in(principal), "archivist").status_code == 302, principal
    id_ = people("drafter").draft(texts.URGENT).json["id"]
    both = {"countersigners": ["countersigner1", "countersigner2"]}
    assert people("drafter").act(id_, "submit", 1, both).status == 200
    (task,) = [one for one in people("archivist").get("/tasks").json["items"] if one["id"] == id_]
    assert task["on_behalf_of"] == "unit_head"
    for stage, allowed, ruled in steps_seen(people, id_):
        assert allowed == ruled, stage


def test_the_api_names_both(sign_in: SignIn, people: Everybody) -> None:
    delegate(sign_in("unit_head"), "archivist")
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    assert people("drafter").act(id_, "submit", 1, {}).status == 200
    version = people("archivist").document(id_)["version"]
    assert people("archivist").act(id_, "approve", version, {"comment": "同意。"}).status == 200
    moved = people("drafter").get(f"/documents/{id_}/movements").json["items"]
    (approved,) = [one for one in moved if one["action"] == "approve"]
    assert (approved["actor"], approved["on_behalf_of"]) == ("archivist", "unit_head")
