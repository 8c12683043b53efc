"""The office confers on its pages, reads the register of titles; a unit reads its own and its certificate."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.web.browsing import form_to, send, text_of
from tests.workflow.conferring.round import conferral, titles, waiting
from tests.workflow.desk import Desk
from workflow import clock
from workflow.conferring import concluding
from workflow.installation import write_tx
from workflow.models import Title
from workflow.titles import certificates

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def desk(one_sign_in: SignIn) -> Desk:
    """Give the people of the one office that the tests of this file share: each has its own campaign."""
    return Desk()


def drafted(client: FlaskClient, campaign: str, **changes: str) -> str:
    """Draft a campaign's conferral on its page as it is proposed; return the document's public id."""
    address = f"/campaigns/{campaign}/conferral"
    answer = send(client, form_to(client.get(address), address), **changes)
    assert answer.status_code == 302, text_of(answer, "//main")
    return answer.location.rpartition("/")[2]


def test_titles_are_conferred_and_read_on_pages(one_sign_in: SignIn, desk: Desk) -> None:
    campaign, (first, _) = waiting(desk)
    drafter, clerk, unit = one_sign_in("drafter"), one_sign_in("clerk"), one_sign_in("unit1")
    document = drafted(drafter, campaign)
    page = clerk.get(f"/campaigns/{campaign}/conferral")
    assert "关于命名2026—2028届文明单位的决定" in page.text
    assert f"/documents/{document}" not in page.text  # another's draft
    assert "/conferral/renew" not in page.text
    desk.take(first, "clerk", "fail", comment="异议成立。")
    page = drafter.get(f"/campaigns/{campaign}/conferral")
    assert "省交通运输厅（文明单位）" in text_of(page, "//main")
    assert send(drafter, form_to(page, "/conferral/renew")).status_code == 302
    desk.bring(document, "issued")
    (title,) = titles(campaign)
    assert title.holder in text_of(clerk.get(f"/titles?unit={title.holder}&state=valid"), "//main//table")
    shown = text_of(clerk.get(f"/titles/{title.id}"), "//main")
    assert desk.row(document)["number"] in shown
    assert str(title.certificate) in shown
    assert unit.get(f"/titles/{title.id}").status_code == 404
    assert unit.get("/titles").status_code == 403


def test_a_unit_gets_its_certificate_and_nobody_elses(one_sign_in: SignIn, desk: Desk) -> None:
    campaign, _ = waiting(desk)
    desk.bring(drafted(one_sign_in("clerk"), campaign), "issued")
    own, other = titles(campaign)
    unit = one_sign_in("unit1")
    assert unit.get(f"/titles/{own.id}/certificate.docx").status_code == 404  # not made yet
    concluding.conclude(str(conferral(campaign).id), {})
    certificates.make(str(conferral(campaign).id), {})
    made = unit.get(f"/titles/{own.id}/certificate.docx")
    assert made.status_code == 200
    assert made.data.startswith(b"PK")
    assert unit.get(f"/titles/{other.id}/certificate.docx").status_code == 404
    assert f"/titles/{own.id}" in unit.get("/portal").text


def test_the_higher_bodys_document_is_entered_on_the_page(one_sign_in: SignIn, desk: Desk) -> None:
    campaign, (_, second) = waiting(desk, level="provincial", conferral_type="请示")
    clerk = one_sign_in("clerk")
    document = drafted(clerk, campaign, addressees="省文明办", contact="文秘 0371-60000000")
    desk.bring(document, "issued")
    address = f"/campaigns/{campaign}/conferral"
    entered = {"number": "豫文明〔2026〕7号", "title": "关于命名的决定", "dated": clock.today().isoformat()}
    form = form_to(clerk.get(address), "/superior")
    refused = send(clerk, form, **entered, refused=[second])
    assert refused.status_code == 422
    assert "省农业农村厅" in text_of(refused, "//main//*[contains(@class, 'told')]")
    answer = send(clerk, form, **entered, refused=[second], **{f"reason.{second}": "未获批准"})
    assert answer.status_code == 302
    assert [one.number for one in titles(campaign)] == ["豫文明〔2026〕7号"]


def test_the_workbook_of_titles_holds_no_formula(one_sign_in: SignIn, desk: Desk) -> None:
    campaign, _ = waiting(desk)
    desk.bring(drafted(one_sign_in("clerk"), campaign), "issued")
    with write_tx() as session:
        session.get_one(Title, titles(campaign)[0].id).note = "=1+1"
    answer = one_sign_in("auditor").get("/titles.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows())
    cell = next(row[-1] for row in rows if row[-1].value == "=1+1")
    assert cell.data_type == "s"


@pytest.mark.parametrize("who", ["unit1", "expert1", "admin", "countersigner1"])
def test_the_page_of_a_conferral_is_for_those_who_draft_it_or_look_on(
    one_sign_in: SignIn, desk: Desk, who: str
) -> None:
    campaign, _ = waiting(desk)
    assert one_sign_in(who).get(f"/campaigns/{campaign}/conferral").status_code == 403
