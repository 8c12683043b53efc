"""Assessors and the office judge in the browser: what each sees, types, is refused."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests.web.browsing import filled, form_to, send, text_of
from tests.workflow.applications import campaign as rounds
from tests.workflow.assessment import judging
from tests.workflow.desk import Desk

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def sign_in(one_sign_in: SignIn) -> SignIn:
    return one_sign_in


@pytest.fixture
def desk(one_sign_in: SignIn) -> Desk:
    """Give the people of the one office that the tests of this file share: each has its own campaign."""
    return Desk()


@pytest.fixture
def campaign(desk: Desk) -> str:
    return judging.open_campaign(desk)


def post(client: FlaskClient, page: str, end: str, **changes: Any) -> TestResponse:
    return send(client, form_to(client.get(page), end), **changes)


def test_the_office_assigns_evenly_and_the_assessor_scores_without_a_script(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    clerk, expert = sign_in("clerk"), sign_in("expert1")
    assessors = f"/campaigns/{campaign}/assessors"
    assert f'href="{assessors}"' in clerk.get(f"/campaigns/{campaign}").text
    both = ["expert1", "expert2"]
    done = post(clerk, assessors, "/evenly", expert=both, seed="7")
    assert done.status_code == 302
    assert len(judging.assigned(document)) == 4
    assert "省交通运输厅" in expert.get("/assessments").text
    address = f"/assessments/{document}/material"
    page = expert.get(address)
    assert "测评内容1.1" in page.text
    assert "测评内容2.1" not in page.text
    form = form_to(page, address)
    typed = {"points.1.1": "20", "points.1.2": "25.5", "reason.1.2": "少一项", "points.2.2": "99"}
    refused = send(expert, form, **typed, act="save")
    assert refused.status_code == 422
    assert 'value="99"' in refused.text
    assert "35" in text_of(refused, "//*[@class='wrong'][not(@hidden)]")
    assert send(expert, form, **typed | {"points.2.2": ""}, act="hand_in").status_code == 422
    handed = send(expert, form, **typed | {"points.2.2": "35"}, act="hand_in")
    assert handed.location == "/assessments"
    assert judging.assigned(document)["expert1", "material"]
    again = send(expert, form, act="save")
    assert again.status_code == 422
    assert "readonly" in expert.get(address).text


def test_an_expert_comes_from_the_desk_to_what_is_to_be_judged(sign_in: SignIn) -> None:
    assert sign_in("expert2").get("/").location == "/assessments"
    assert sign_in("clerk").get("/").status_code == 200


def test_what_is_typed_is_kept_by_the_script_one_indicator_at_a_time(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document = judging.apply(desk, campaign)
    judging.assign(desk, document, "material", "expert1")
    expert, address = sign_in("expert1"), f"/assessments/{document}/material"
    token = filled(form_to(expert.get(address), address))["csrf_token"]
    given = {"csrf_token": token, "points.1.1": "12.5", "reason.1.1": "缺台账"}
    answer = expert.post(f"{address}/typed", data=given)
    assert answer.json == {"scored": 1, "of": 3, "total": 1250, "wrong": {}}
    bad = expert.post(f"{address}/typed", data=given | {"points.1.1": "一二"})
    assert list(bad.json["wrong"]) == ["1.1"]
    assert 'value="12.5"' in expert.get(address).text


def test_evidence_is_for_those_who_judge_it_and_for_the_office(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document = judging.apply(desk, campaign)
    judging.assign(desk, document, "material", "expert1")
    address = f"/assessments/{document}/evidence/1.1/0"
    assert sign_in("expert1").get(address).data == rounds.PDF
    assert sign_in("clerk").get(address).status_code == 200
    for who in ("expert2", "unit2", "drafter"):
        assert sign_in(who).get(address).status_code == 404
    assert sign_in("expert1").get(f"/assessments/{document}/evidence/1.1/7").status_code == 404


def test_pages_of_judging_are_for_the_office_and_sheets_for_their_assessor(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document = judging.apply(desk, campaign)
    judging.assign(desk, document, "material", "expert1")
    offices = [f"/campaigns/{campaign}/{end}" for end in ("assessors", "results", "results.xlsx")]
    offices += [f"/campaigns/{campaign}/{end}/{document}" for end in ("assessors", "results")]
    sheet = f"/assessments/{document}/material"
    for who, office, own in (
        ("clerk", 200, 404),
        ("signatory", 200, 404),
        ("drafter", 403, 404),
        ("expert1", 403, 200),
        ("expert2", 403, 404),
        ("unit1", 403, 404),
    ):
        client = sign_in(who)
        assert [client.get(page).status_code for page in offices] == [office] * 5, who
        assert client.get(sheet).status_code == own, who


def judged(desk: Desk, campaign: str, who: str = "unit1", off: int = 0, **words: str) -> str:
    document = judging.apply(desk, campaign, who, "material_review")
    for method in ("material", "site"):
        judging.assign(desk, document, method, "expert1", "expert2")
        judging.hand_in(desk, document, "expert1", method, off, **words)
        judging.hand_in(desk, document, "expert2", method)
    desk.take(document, "clerk", "conclude")
    return document


def test_results_show_their_steps_and_are_given_as_a_workbook_and_frozen(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document = judged(desk, campaign, off=400, remark="=1+1", veto="=HYPERLINK(1)")
    clerk, results = sign_in("clerk"), f"/campaigns/{campaign}/results"
    page = clerk.get(results)
    assert "158 ÷ 2 = 79" in text_of(page, "//*[contains(@class, 'steps')]")
    assert "=HYPERLINK(1)" in text_of(page, "//*[contains(@class, 'told-danger')]")
    detail = clerk.get(f"{results}/{document}")
    assert "有差距" in detail.text
    book = load_workbook(io.BytesIO(clerk.get(f"{results}.xlsx").data))
    assert len(book.worksheets) == 3
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any("=HYPERLINK(1)" in str(cell.value) for cell in cells)
    assert book.worksheets[1]["E2"].value == 73  # a number, to be reckoned with
    assert post(clerk, f"{results}/{document}", "/return", reason="请复核").status_code == 302
    refused = clerk.get(results)
    assert "/freeze" not in refused.text
    judging.hand_in(desk, document, "expert1", "material")
    assert post(clerk, results, "/freeze").status_code == 302
    assert rounds.application(document).total is not None
    assert "/return" not in clerk.get(f"{results}/{document}").text


def test_results_of_a_survey_come_in_from_the_workbook_that_is_given_out(sign_in: SignIn, desk: Desk) -> None:
    rule = {"methods": {"survey": 100}, "within": "mean"}
    campaign = judging.open_campaign(desk, methods=["survey"], aggregation=rule)
    document = judging.apply(desk, campaign, stage="survey")
    clerk, survey = sign_in("clerk"), f"/campaigns/{campaign}/survey"
    book = load_workbook(io.BytesIO(clerk.get(f"{survey}.xlsx").data))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]][:2] == [document, "省交通运输厅"]

    def sent(value: object) -> TestResponse:
        sheet["C2"] = value
        stream = io.BytesIO()
        book.save(stream)
        stream.seek(0)
        form = filled(form_to(clerk.get(survey), "/survey"))
        data = {"csrf_token": form["csrf_token"], "file": (stream, "测评.xlsx")}
        return clerk.post(survey, data=data, content_type="multipart/form-data")

    refused = sent(36)
    assert refused.status_code == 422
    assert "unit!C2" in refused.text
    assert judging.assigned(document) == {}
    assert sent(31.5).status_code == 302
    assert desk.state(document) == "consultation"
    assert "90" in text_of(clerk.get(f"/campaigns/{campaign}/results"), "//td[@class='number']")


def test_the_results_of_a_survey_are_entered_by_hand_on_the_same_sheet(sign_in: SignIn, desk: Desk) -> None:
    campaign = judging.open_campaign(desk, methods=["survey"], aggregation={"methods": {"survey": 1}})
    document = judging.apply(desk, campaign, stage="survey")
    clerk = sign_in("clerk")
    begun = post(clerk, f"/campaigns/{campaign}/survey", f"/{document}")
    assert begun.location == f"/assessments/{document}/survey"
    form = form_to(clerk.get(begun.location), "/survey")
    assert send(clerk, form, **{"points.2.2": "35"}, act="hand_in").status_code == 302
    assert desk.state(document) == "consultation"


def test_the_applications_of_a_campaign_are_found_by_their_stage(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document = judging.apply(desk, campaign, stage="material_review")
    clerk, address = sign_in("clerk"), f"/campaigns/{campaign}/applications"
    assert f'href="{address}?stage=material_review"' in clerk.get(f"/campaigns/{campaign}").text
    for listed in (address, f"{address}?stage=material_review"):
        assert f'href="/applications/{document}"' in clerk.get(listed).text
    assert document not in clerk.get(f"{address}?stage=consultation").text
    assert sign_in("unit1").get(address).status_code == 403
