"""Steps taken by a page's forms: each of them, twice, stale, refused, forged."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.web.browsing import act, filled, form_to, send, text_of
from tests.web.test_documents import draft
from workflow.describe import movements
from workflow.installation import here
from workflow.models import Document

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


def row(public_id: str) -> Document:
    with here().database.read_tx() as session:
        found = session.query(Document).filter_by(public_id=public_id).one()
        session.expunge(found)
        return found


def acts_of(public_id: str) -> list[str]:
    with here().database.read_tx() as session:
        found = session.query(Document).filter_by(public_id=public_id).one()
        return [passage.action for passage in movements(session, found.id)]


def test_a_document_goes_all_the_way_by_its_forms(sign_in: SignIn) -> None:
    document = draft(urgency="加急")
    both = ["countersigner1", "countersigner2"]
    journey: list[tuple[str, str, str, dict[str, object]]] = [
        ("drafter", "submit", "unit_review", {"countersigners": both}),
        ("unit_head", "approve", "countersign", {"comment": "同意"}),
        ("countersigner1", "countersign", "countersign", {}),
        ("countersigner2", "countersign", "office_review", {}),
        ("clerk", "approve", "leader_review", {}),
        ("deputy", "approve", "signing", {}),
        ("signatory", "ask_signer", "signing", {"signer": "deputy", "comment": "请代签"}),
        ("deputy", "sign_with_correction", "checking", {"correction": "“办理”改为“执行”"}),
        ("clerk", "send_back", "signing", {"comment": "日期有误"}),
        ("signatory", "sign", "checking", {}),
        ("clerk", "check", "registration", {}),
        ("registrar", "register", "printing", {"copies": "12", "restricted": "1"}),
        ("registrar", "send_to_print", "printing", {}),
        ("registrar", "finish_printing", "sealing", {}),
        ("registrar", "seal", "dispatch", {}),
        ("registrar", "issue", "issued", {}),
        ("archivist", "archive", "archived", {"retention": "Y"}),
    ]
    clients: dict[str, FlaskClient] = {}
    for username, action, state, entered in journey:
        client = clients.setdefault(username, sign_in(username))
        answer = act(client, document, action, **entered)
        assert answer.status_code == 302, (action, answer.text)
        assert row(document).state == state, action
    at_the_end = row(document)
    assert (at_the_end.copies, at_the_end.restricted, at_the_end.retention) == (12, True, "Y")


def test_complaint_after_an_act_the_next_task_is_opened(sign_in: SignIn) -> None:
    signatory = sign_in("signatory")
    first, second = html.fromstring(signatory.get("/").text).xpath("//a[@class='title']/@href")
    answer = send(signatory, form_to(signatory.get(first), "/steps/sign"))
    assert answer.location == second
    assert "复核" in text_of(signatory.get(second), "//p[@role='status' and contains(@class, 'told')]")
    last = send(signatory, form_to(signatory.get(second), "/steps/sign"))
    assert last.location == "/"


def test_complaint_after_an_act_a_filtered_list_stays_filtered(sign_in: SignIn) -> None:
    registrar = sign_in("registrar")
    (found,) = html.fromstring(registrar.get("/?only=registration").text).xpath("//a[@class='title']/@href")
    answer = send(registrar, form_to(registrar.get(found), "/steps/register"))
    assert answer.location == "/?only=registration"


def test_without_a_list_one_stays_on_the_document(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("checking")
    answer = act(sign_in("clerk"), document, "check")
    assert answer.location == f"/documents/{document}"


def test_one_form_sent_twice_acts_once(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    form = form_to(drafter.get(f"/documents/{document}"), "/steps/submit")
    assert send(drafter, form).status_code == 302
    assert send(drafter, form).status_code == 302
    assert acts_of(document).count("submit") == 1


def test_the_same_key_with_another_request_is_refused(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    form = form_to(drafter.get(f"/documents/{document}"), "/steps/submit")
    send(drafter, form)
    assert send(drafter, form, comment="另一件事").status_code == 422


def test_a_form_from_before_a_change_is_told_and_keeps_the_comment(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("signing", urgency=None)
    signatory = sign_in("signatory")
    stale = form_to(signatory.get(f"/documents/{document}"), "/steps/sign")
    edit = form_to(signatory.get(f"/documents/{document}/edit"), "/edit")
    send(signatory, edit, body="改过的正文。")
    answer = send(signatory, stale, comment="这条意见不能丢")
    assert answer.status_code == 409
    assert "这条意见不能丢" in answer.text
    assert row(document).state == "signing"


def test_a_step_taken_in_another_window_is_a_conflict(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("checking")
    clerk = sign_in("clerk")
    form = form_to(clerk.get(f"/documents/{document}"), "/steps/check")
    act(clerk, document, "check")
    assert send(clerk, form, key=None).status_code == 409


def test_a_refused_step_shows_its_reasons_at_its_form_and_keeps_what_was_entered(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("registration")
    registrar = sign_in("registrar")
    answer = act(registrar, document, "register", copies="0", distribution="", comment="备考")
    assert answer.status_code == 422
    form = form_to(answer, "/steps/register")
    assert len(form.xpath(".//*[@role='alert']//li")) == 2
    assert filled(form)["copies"] == "0"
    assert filled(form)["comment"] == "备考"
    assert row(document).number is None
    assert send(registrar, form, copies="3", distribution="省直各单位").status_code == 302
    assert row(document).copies == 3


def test_going_back_needs_a_comment(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("office_review")
    clerk = sign_in("clerk")
    answer = act(clerk, document, "send_back", target="unit_review", resume="step")
    assert answer.status_code == 422
    form = form_to(answer, "/steps/send_back")
    assert filled(form)["target"] == "unit_review"
    assert filled(form)["resume"] == "step"
    assert send(clerk, form, comment="请核实时限。").status_code == 302
    assert row(document).state == "unit_review"


def test_only_stages_that_were_passed_are_offered_to_go_back_to(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    page = sign_in("clerk").get(f"/documents/{document_at('office_review')}")
    offered = form_to(page, "/steps/send_back").xpath(".//select[@name='target']/option/@value")
    assert offered == ["draft", "unit_review"]


@pytest.mark.parametrize("missing", ["csrf_token", "version"])
def test_a_form_without_token_or_version_does_nothing(
    sign_in: SignIn, document_at: DocumentAt, missing: str
) -> None:
    document = document_at("checking")
    clerk = sign_in("clerk")
    form = form_to(clerk.get(f"/documents/{document}"), "/steps/check")
    answer = send(clerk, form, **{missing: None})
    assert answer.status_code == 400
    assert row(document).state == "checking"


def test_those_who_only_see_a_document_get_no_form_and_are_refused(
    office_app: Flask, sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("checking")
    drafter = sign_in("drafter")
    page = drafter.get(f"/documents/{document}")
    assert "文秘" in text_of(page, "//section[@class='acts']")
    assert not [form for form in html.fromstring(page.text).forms if "/steps/" in (form.action or "")]
    form = form_to(sign_in("clerk").get(f"/documents/{document}"), "/steps/check")
    token = html.fromstring(page.text).xpath("//input[@name='csrf_token']/@value")[0]
    answer = drafter.post(form.action, data=filled(form, csrf_token=token))
    assert answer.status_code == 403
    assert row(document).state == "checking"


def test_registration_is_one_screen(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("registration")
    registrar = sign_in("registrar")
    page = registrar.get(f"/documents/{document}")
    next_number = text_of(page, "//*[@class='next-number']")
    assert next_number.endswith("6号")
    assert len(html.fromstring(page.text).xpath("//section[contains(@class, 'numbering')]//tbody/tr")) == 3
    form = form_to(page, "/steps/register")
    assert {"distribution", "copies", "year"} <= set(form.fields)
    assert form.xpath(".//input[@name='restricted']")
    assert row(document).number is None
    page = registrar.get(send(registrar, form).location)
    assert row(document).number == next_number
    assert next_number in text_of(page, "//p[contains(@class, 'told')]")
    with here().database.read_tx() as session:
        again = session.query(Document).filter_by(public_id=document).one()
        assert again.restricted is False
