"""The office consults, decides and publishes; everybody reads and objects without a sign-in."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests.web.browsing import form_to, send, text_of
from tests.workflow.applications import campaign as rounds
from tests.workflow.applications.walking import at
from tests.workflow.desk import Desk
from web.public import open_pages

SignIn = Callable[..., FlaskClient]
OBJECTION = {"name": "群众甲", "contact": "13800000000", "text": "该单位未按要求整改。"}
UNJUDGED: dict[str, Any] = {
    "methods": [],
    "aggregation": {"methods": {}, "within": "mean", "at_least": 3, "veto": False},
}
BODIES = ("省信用办", "省应急管理厅")


@pytest.fixture
def desk(one_sign_in: SignIn) -> Desk:
    return Desk()


@pytest.fixture
def clerk(one_sign_in: SignIn) -> FlaskClient:
    return one_sign_in("clerk")


@pytest.fixture
def anybody(clerk: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Return a browser in which nobody has signed in, and which has sent nothing yet."""
    monkeypatch.setattr(open_pages, "_objecting", open_pages.Limit(open_pages.OBJECTIONS_A_MINUTE))
    app: Flask = clerk.application
    return app.test_client()


def post(client: FlaskClient, page: str, end: str, **changes: Any) -> TestResponse:
    return send(client, form_to(client.get(page), end), **changes)


def published(desk: Desk, clerk: FlaskClient) -> tuple[str, str, str]:
    """Return a campaign, its candidate, and the address of its notice that began today."""
    campaign = rounds.open_campaign(desk, **UNJUDGED, bodies=(), notice_unit="calendar")
    rounds.freeze(campaign)
    document = at(desk, campaign, "public_notice")
    page = f"/campaigns/{campaign}/public-notice"
    assert post(clerk, page, "/public-notice", start="today", contact="0371-60000001").status_code == 302
    found = [part for part in clerk.get(page).text.split('"') if part.startswith("/public/notices/")]
    return campaign, document, found[0]


def test_the_clerk_writes_to_bodies_and_enters_their_replies(desk: Desk, clerk: FlaskClient) -> None:
    campaign = rounds.open_campaign(desk, **UNJUDGED, bodies=BODIES)
    first, second = (at(desk, campaign, "consultation", who) for who in ("unit1", "unit2"))
    page = f"/campaigns/{campaign}/consultation"
    assert f'href="{page}"' in clerk.get(f"/campaigns/{campaign}").text
    refused = post(clerk, page, "/letters", due_on="2020-01-01", text="请函复。")
    assert refused.status_code == 422
    assert "请函复。" in refused.text
    assert post(clerk, page, "/letters").status_code == 302
    assert clerk.get(page).text.count("/documents/") >= 2
    reply = f"{page}/reply?body={BODIES[0]}"
    found = {"finding_of": [first, "", ""], "finding": ["有处罚记录。", "", ""]}
    assert post(clerk, reply, "/reply", reply="objection").status_code == 422
    assert post(clerk, reply, "/reply", reply="objection", **found).status_code == 302
    assert "有处罚记录。" in clerk.get(page).text
    kept = post(clerk, page, "/conclude")
    assert kept.status_code == 422
    assert BODIES[1] in kept.text
    assert (
        post(clerk, f"{page}/reply?body={BODIES[1]}", "/give-up", reason="多次催办未复。").status_code == 302
    )
    assert post(clerk, page, "/conclude").status_code == 302
    assert (desk.state(first), desk.state(second)) == ("consultation", "deliberation")


def test_a_meeting_is_recorded_and_its_sheet_given_out(desk: Desk, clerk: FlaskClient) -> None:
    campaign = rounds.open_campaign(desk, **UNJUDGED, bodies=())
    first, second = (at(desk, campaign, "deliberation", who) for who in ("unit1", "unit2"))
    page = f"/campaigns/{campaign}/deliberation"
    rounds.freeze(campaign)
    desk.execute("UPDATE campaign_categories SET places = 1")
    given = {f"decision.{one}": "candidate" for one in (first, second)} | {"meeting": "主任会议"}
    warned = post(clerk, page, "/deliberation", **given)
    assert warned.status_code == 422
    assert "文明单位" in text_of(warned, "//*[@role='alert']")
    assert send(clerk, form_to(warned, "/deliberation"), anyway="yes").status_code == 302
    assert {desk.state(one) for one in (first, second)} == {"public_notice"}
    workbook = clerk.get(f"{page}.xlsx")
    assert load_workbook(io.BytesIO(workbook.data)).active["C2"].value == "省交通运输厅"
    assert clerk.get(f"{page}.docx").data[:2] == b"PK"


def test_everybody_reads_objects_and_asks_by_the_receipt(
    desk: Desk, clerk: FlaskClient, anybody: FlaskClient
) -> None:
    campaign, document, notice = published(desk, clerk)
    read = anybody.get(notice)
    assert "省交通运输厅" in read.text
    assert read.headers["Cache-Control"] == "no-store"
    assert notice in anybody.get("/public/notices").text
    unfinished = post(anybody, notice, "#object", **OBJECTION | {"name": "", "application": document})
    assert unfinished.status_code == 422
    assert OBJECTION["text"] in unfinished.text
    sent = post(anybody, notice, "#object", **OBJECTION, application=document)
    assert (sent.status_code, sent.location.startswith("/public/objections/")) == (303, True)
    page = f"/campaigns/{campaign}/public-notice"
    assert "群众甲" in clerk.get(page).text
    assert post(clerk, page, f"/{document}/verify").status_code == 302
    receipt = sent.location.rpartition("/")[2]
    said = {f"{receipt}.finding": "台账齐全。", f"{receipt}.answer": "经核查，该单位已整改。"}
    verification = f"{page}/{document}"
    assert post(clerk, verification, document, comment="已整改。", **said).status_code == 422
    said[f"{receipt}.outcome"] = "upheld"
    assert post(clerk, verification, document, comment="整改不到位。", **said).status_code == 302
    answered, seen = anybody.get(sent.location).text, anybody.get(notice).text
    assert "经核查，该单位已整改。" in answered
    assert 'class="removed"' in seen
    for shown in (answered, seen, anybody.get("/public/notices").text):
        assert not any(word in shown for word in ("群众甲", "13800000000", "台账齐全", "整改不到位"))
    assert "整改不到位。" in clerk.get(page).text


def test_the_public_pages_refuse_what_is_forged_too_often_or_not_there(
    desk: Desk, clerk: FlaskClient, anybody: FlaskClient
) -> None:
    _, document, notice = published(desk, clerk)
    assert anybody.post(f"{notice}/objections", data=OBJECTION | {"application": document}).status_code == 400
    for address in ("/public/notices/0123456789abcdef", "/public/objections/AAAAA-AAAAA-AAAAA-AAAAA"):
        assert anybody.get(address).status_code == 404
    form = form_to(anybody.get(notice), "#object")
    texts = [f"第{n}件事。" for n in range(open_pages.OBJECTIONS_A_MINUTE + 1)]
    answers = [send(anybody, form, **OBJECTION | {"text": text, "application": document}) for text in texts]
    assert [answer.status_code for answer in answers] == [303] * (len(texts) - 1) + [429]


def test_an_objection_by_telephone_is_entered_by_the_clerk(desk: Desk, clerk: FlaskClient) -> None:
    campaign, document, _ = published(desk, clerk)
    page = f"/campaigns/{campaign}/public-notice"
    given = OBJECTION | {"application": document}
    assert post(clerk, page, "/objections", **given).status_code == 422
    assert post(clerk, page, "/objections", **given, channel="phone").status_code == 302
    assert post(clerk, page, "/confirm").status_code == 422


@pytest.mark.parametrize("end", ["consultation", "deliberation", "public-notice", "deliberation.xlsx"])
def test_the_offices_pages_are_for_the_office(desk: Desk, one_sign_in: SignIn, end: str) -> None:
    campaign = rounds.open_campaign(desk, **UNJUDGED, bodies=BODIES)
    answers = {
        who: one_sign_in(who).get(f"/campaigns/{campaign}/{end}").status_code
        for who in ("clerk", "deputy", "auditor", "drafter", "unit1", "expert1")
    }
    assert answers == {
        **dict.fromkeys(("clerk", "deputy", "auditor"), 200),
        **dict.fromkeys(("drafter", "unit1", "expert1"), 403),
    }


def test_who_looks_on_and_judges_is_told_that_replies_are_hidden(
    desk: Desk, clerk: FlaskClient, one_sign_in: SignIn
) -> None:
    campaign = rounds.open_campaign(desk, **UNJUDGED, bodies=BODIES)
    document = at(desk, campaign, "consultation")
    page = f"/campaigns/{campaign}/consultation"
    given = {"reply": "objection", "finding_of": [document, "", ""], "finding": ["有处罚记录。", "", ""]}
    assert post(clerk, f"{page}/reply?body={BODIES[0]}", "/reply", **given).status_code == 302
    assert "有处罚记录" in one_sign_in("deputy").get(page).text
    rounds.assign(desk, document, "deputy", "site")
    seen = one_sign_in("deputy").get(page).text
    assert "有处罚记录" not in seen
    assert "不能查看回复" in seen
