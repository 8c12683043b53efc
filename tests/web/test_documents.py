"""What a document's page shows, to whom."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.web.browsing import act, filled, form_to, send, text_of
from workflow import clock, engine
from workflow.installation import here
from workflow.models import User

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]

MARKUP = "<b>&\"'粗</b><script>alert(1)</script>"


def id_of(username: str) -> int:
    with here().database.read_tx() as session:
        return session.scalars(select(User.id).where(User.username == username)).one()


def draft(username: str = "drafter", **content: Any) -> str:
    data = {"type": "通知", "title": "关于测试的通知", "body": "请照此办理。", **content}
    return engine.draft(id_of(username), "notice", data).document


def test_the_page_names_title_stage_and_the_number_to_be_expected(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    page = sign_in("signatory").get(f"/documents/{document_at('signing', urgency='特急')}")
    assert text_of(page, "//h1") == "关于召开年度工作推进会的通知"
    lead = text_of(page, "//p[@class='lead-line']")
    assert "签发" in lead
    assert "特急" in lead
    assert "无号" in lead
    assert "6号" in lead


def test_the_way_shows_who_acted_who_acts_and_who_is_to_act(sign_in: SignIn, document_at: DocumentAt) -> None:
    page = sign_in("signatory").get(f"/documents/{document_at('signing', urgency='特急')}")
    way: dict[str, list[str]] = {}
    for stop in html.fromstring(page.text).xpath("//ol[@class='way']/li"):
        way.setdefault(stop.get("class"), []).append(" ".join(stop.text_content().split()))
    assert way["stop-done"][-1].startswith("分管领导审签 · 分管领导")
    assert way["stop-now"][0].startswith("签发 · 主任")
    assert way["stop-next"][-1].startswith("归档")
    assert ["拟稿人未选会签人" in stop for stop in way["stop-skipped"]] == [True, False]
    assert "不是联合行文" in way["stop-skipped"][1]


def test_the_way_of_a_voided_document_ends_there(sign_in: SignIn, document_at: DocumentAt) -> None:
    page = sign_in("drafter").get(f"/documents/{document_at('voided')}")
    assert text_of(page, "//ol[@class='way']/li[last()]").startswith("作废 · 登记员")


def test_countersigning_counts_who_has_agreed(sign_in: SignIn, document_at: DocumentAt) -> None:
    page = sign_in("countersigner2").get(f"/documents/{document_at('countersign')}")
    assert "会签人甲 ✓、会签人乙" in text_of(page, "//li[@aria-current='step']")
    assert "1/2" in text_of(page, "//li[@aria-current='step']")


def test_an_opinion_says_whether_the_text_was_changed_after_it(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("signing", urgency=None)
    clerk, signatory = sign_in("clerk"), sign_in("signatory")
    page = clerk.get(f"/documents/{document}")
    assert text_of(page, "//p[@class='older-text']") == ""
    form = form_to(signatory.get(f"/documents/{document}/edit"), "/edit")
    assert send(signatory, form, body="正文已由签发人改动。", reason="删繁就简").status_code == 302
    page = clerk.get(f"/documents/{document}")
    latest, *older = html.fromstring(page.text).xpath("//ol[@class='opinions']/li")
    assert "删繁就简" in latest.text_content()
    assert latest.xpath("p[@class='same-text']")
    assert older
    assert all(opinion.xpath("p[@class='older-text']") for opinion in older)


def test_who_acted_before_sees_what_changed_since(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("office_review")
    clerk = sign_in("clerk")
    form = form_to(clerk.get(f"/documents/{document}/edit"), "/edit")
    send(clerk, form, title="关于加强文明旅游引导的通知")
    page = sign_in("unit_head").get(f"/documents/{document}")
    assert text_of(page, "//p[@class='diff']//del") == "宣传"
    assert text_of(page, "//p[@class='diff']//ins") == "引导"
    assert "文秘" in text_of(page, "//p[@class='authors']")


def test_what_is_new_is_what_came_since_one_looked_and_stays_for_the_visit(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document, morning = document_at("office_review"), clock.now()

    def retitle(old: str, new: str) -> None:
        clerk = sign_in("clerk")
        form = form_to(clerk.get(f"/documents/{document}/edit"), "/edit")
        send(clerk, form, title=str(filled(form)["title"]).replace(old, new))

    def news(who: str = "deputy") -> tuple[str, str]:
        page = sign_in(who).get(f"/documents/{document}")
        return text_of(page, "//p[@class='diff']//del"), text_of(page, "//p[@class='diff']//ins")

    with clock.held_at(morning):
        assert news() == ("", "")
    with clock.held_at(morning + timedelta(hours=1)):
        retitle("宣传", "引导")
        assert news() == ("宣传", "引导")
    with clock.held_at(morning + timedelta(hours=1, minutes=5)):
        assert news() == ("宣传", "引导")
        retitle("加强", "做好")
        assert news() == ("加强", "做好")
        assert news("clerk") == ("", "")
    with clock.held_at(morning + timedelta(hours=3)):
        assert news() == ("", "")


def test_no_hash_is_shown(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("signing")
    page = sign_in("signatory").get(f"/documents/{document}")
    words = html.fromstring(page.text).xpath("string(//main)")
    assert re.search("[0-9a-f]{12}", words) is None


def test_opening_a_task_records_that_it_was_opened(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("unit_review")
    drafter = sign_in("drafter")
    assert form_to(drafter.get(f"/documents/{document}"), "/steps/withdraw") is not None
    sign_in("unit_head").get(f"/documents/{document}")
    page = drafter.get(f"/documents/{document}")
    assert text_of(page, "//section[@class='acts']//button[@disabled]") == "撤回"
    assert "已打开" in text_of(page, "//ul[@id='why-withdraw']")


def test_somebody_elses_draft_is_not_there(sign_in: SignIn) -> None:
    document = draft()
    for username in ("countersigner1", "clerk", "signatory", "admin", "unit1"):
        client = sign_in(username)
        for path in ("", "/edit", "/slip", "/changes", "/paper", "/paper/1.png", "/files/docx"):
            assert client.get(f"/documents/{document}{path}").status_code == 404, (username, path)


@pytest.mark.parametrize("path", ["", "/edit", "/slip", "/changes", "/paper", "/files/docx"])
def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, document_at: DocumentAt, path: str) -> None:
    answer = client.get(f"/documents/{document_at('issued')}{path}")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_markup_in_any_field_is_shown_as_text(sign_in: SignIn) -> None:
    part = {"title": MARKUP, "body": MARKUP}
    document = draft(
        title=MARKUP,
        addressees=MARKUP,
        body=MARKUP,
        copy_to=MARKUP,
        note=MARKUP,
        issued_text=part,
        attachments=[part],
    )
    drafter = sign_in("drafter")
    act(drafter, document, "terminate", comment=MARKUP)
    for path in ("", "/slip"):
        page = drafter.get(f"/documents/{document}{path}")
        assert page.status_code == 200
        tree = html.fromstring(page.text)
        assert tree.xpath("//script[not(@src)]") == []
        assert MARKUP in tree.xpath("string(//main)")
    assert drafter.get(f"/documents/new?base={document}").text.count("<script>alert") == 0


def test_changes_show_who_changed_what(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("office_review")
    clerk = sign_in("clerk")
    form = form_to(clerk.get(f"/documents/{document}/edit"), "/edit")
    send(clerk, form, title="关于加强文明旅游引导的通知", reason="与上级口径一致")
    page = clerk.get(f"/documents/{document}/changes")
    assert text_of(page, "//div[contains(@class, 'diff')]//ins") == "引导"
    row = text_of(page, "//tr[@aria-current]")
    assert "文秘" in row
    assert "与上级口径一致" in row
    same = clerk.get(f"/documents/{document}/changes?from=2&to=2")
    assert text_of(same, "//section[last()]//p")
    assert text_of(same, "//section[last()]//ins") == ""
    assert clerk.get(f"/documents/{document}/changes?from=9").status_code == 404


def test_a_document_opened_from_a_list_shows_its_place_there(sign_in: SignIn) -> None:
    signatory = sign_in("signatory")
    first, second = html.fromstring(signatory.get("/").text).xpath("//a[@class='title']/@href")
    page = signatory.get(first)
    assert html.fromstring(page.text).xpath("//a[@rel='next']/@href") == [second]
    assert "第1件，共2件" in text_of(page, "//nav[@class='place']")
