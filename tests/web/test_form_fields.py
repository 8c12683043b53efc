"""What only some types have, in the editor and at the printer's: who was there, name chop, copy numbers."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.web.browsing import filled, form_to, send
from tests.web.test_editor import content_of, id_in
from tests.workflow.desk import Desk

SignIn = Callable[..., FlaskClient]

NEW = "/documents/new"
THERE = {"attendance.present": "张某某、李某某", "attendance.absent": "", "attendance.observers": "王某某"}


def test_who_was_there_and_both_ticks_come_through_and_stand_in_the_form_again(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    entered = {"type": "纪要", "title": "会议纪要", "body": "会议同意。", **THERE, "numbered": "yes"}
    answer = drafter.post(NEW, data=filled(form_to(drafter.get(NEW), NEW), **entered))
    document = id_in(answer.location)
    kept = content_of(document)
    assert kept["attendance"] == {"present": "张某某、李某某", "absent": "", "observers": "王某某"}
    assert kept["numbered"] is True
    assert "stamp" not in kept
    again = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    assert {name: filled(again)[name] for name in THERE} == THERE
    send(drafter, again, type="通知", stamp="yes", **dict.fromkeys(THERE, ""))
    assert content_of(document)["stamp"] is True
    assert "attendance" not in content_of(document)


def test_what_a_type_cannot_have_is_told_at_its_field(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    entered = {"type": "纪要", "title": "会议纪要", "body": "会议同意。", "stamp": "yes"}
    answer = send(drafter, form_to(drafter.get(NEW), NEW), **entered, **{"attendance.present": "张" * 3001})
    assert answer.status_code == 422
    again = form_to(answer, NEW)
    assert [one.get("name") for one in again.xpath(".//*[@aria-invalid]")] == ["stamp", "attendance.present"]


def test_each_type_says_which_forms_and_fields_it_has(sign_in: SignIn) -> None:
    form = form_to(sign_in("drafter").get(NEW), NEW)
    said = {one.get("value"): one for one in form.xpath(".//select[@name='type']/option")}
    assert said["纪要"].get("data-forms") == "minutes file"
    assert said["纪要"].get("data-fields") == "attendance"
    assert said["请示"].get("data-fields") == "stamp addressees seal contact"
    named = form.xpath(".//*[@data-field]/@data-field")
    assert set(named) == {"stamp", "attendance"}


def test_numbered_copies_are_offered_at_the_printers_only_where_they_bear_numbers(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.pdf.converter", lambda: "soffice")
    registrar, desk = sign_in("registrar"), Desk()
    plain, numbered = (desk.at("dispatch", numbered=given) for given in (None, True))
    offered = {
        document: html.fromstring(registrar.get(f"/documents/{document}").text).xpath(
            "//a[contains(@href, 'copies/000001.pdf')]/@href"
        )
        for document in (plain, numbered)
    }
    address = f"/documents/{numbered}/print"
    assert offered == {
        plain: [],
        numbered: [f"{address}/copies/000001.pdf", f"{address}/overprint-copies/000001.pdf"],
    }
    assert registrar.get(f"{address}/copies/000001.pdf").status_code == 202
    for wrong in (f"{address}/copies/000002.pdf", f"/documents/{plain}/print/copies/000001.pdf"):
        assert registrar.get(wrong).status_code == 404
    assert sign_in("unit1").get(f"{address}/copies/000001.pdf").status_code == 404
