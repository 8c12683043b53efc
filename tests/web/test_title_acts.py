"""Past titles come in, climb the ladder and fall due, and are rechecked, on pages without scripts."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.browsing import filled, form_to, forms, text_of
from tests.workflow.applications.campaign import make_public, open_campaign
from tests.workflow.conferring.round import bring_in
from tests.workflow.desk import Desk
from tests.workflow.titles.test_ladder import PNG
from workflow.campaigns import first_lists
from workflow.clock import stamp, today
from workflow.installation import read_tx, write_tx
from workflow.models import Campaign, Document, Objection, PublicNotice
from workflow.spreadsheets import Cell, Table, read_workbook, write_workbook
from workflow.titles import import_form

SignIn = Callable[[str], FlaskClient]
SOON = today() + timedelta(days=100)
DUE = today() + timedelta(days=30)


@pytest.fixture(scope="module")
def clerk(one_sign_in: SignIn) -> FlaskClient:
    client = one_sign_in("clerk")
    with write_tx() as session:
        first_lists.enter(session)
    rule = {"methods": {"material": 70, "site": 20, "survey": 10}, "within": "mean", "at_least": 3}
    open_campaign(Desk(), aggregation={**rule, "veto": False})
    return client


def row(name: str, number: str = "豫直文明委〔2024〕3号") -> tuple[Cell, ...]:
    category = ("文明单位", "省直级", "2026—2028届")
    return (name, None, "企业", *category, number, today() - timedelta(days=300), SOON, None, None, None)


def sent(client: FlaskClient, *rows: tuple[Cell, ...], **given: str) -> TestResponse:
    form = form_to(client.get("/titles/import"), "/titles/import")
    content = write_workbook([Table("历史称号", import_form.FORM.headings, rows)])
    data = {**filled(form).to_dict(), **given, "workbook": (io.BytesIO(content), "称号.xlsx")}
    return client.post("/titles/import", data=data)


def test_past_titles_are_checked_and_taken_in(clerk: FlaskClient) -> None:
    refused = sent(clerk, row("=没有的单位"))
    assert (refused.status_code, text_of(refused, "//table[@class='findings']/tbody/tr/td[3]")) == (
        422,
        "A 单位名称",
    )
    checked = sent(clerk, row("=没有的单位"), row("省交通运输厅"), enter_units="yes")
    assert "机关" in checked.text  # the nature is none of the office's
    first = row("=新单位")
    good = (*first[:2], "国有企业", *first[3:])
    checked = sent(clerk, good, row("省交通运输厅"), enter_units="yes")
    assert text_of(checked, "//dl[@class='counted']//dd") == "2 2 0 1"
    form = next(one for one in forms(checked) if "workbook_kept" in one.fields)
    done = clerk.post(form.action, data=filled(form))
    assert text_of(done, "//dl[@class='counted']//dd") == "2 2 0 1"
    assert clerk.post(form.action, data=filled(form)).status_code == 422
    register = read_workbook(clerk.get("/titles.xlsx").data)
    (sheet,) = register.values()
    assert [one.cells["单位"] for one in sheet.rows].count("=新单位") == 1
    assert clerk.get("/titles/import/template.xlsx").data[:2] == b"PK"


def test_what_falls_due_stands_on_the_clerks_desk_alone(clerk: FlaskClient, one_sign_in: SignIn) -> None:
    desk = clerk.get("/")
    assert "天内届满的称号" in text_of(desk, "//p[contains(@class, 'falling-due')]")
    expiring = clerk.get("/due-lists/expiring")
    assert "省交通运输厅" in expiring.text
    sheet = read_workbook(clerk.get("/due-lists/expiring/list.xlsx").data)["即将届满称号"]
    due = {one.cells["名称"]: one.cells["到期日"] for one in sheet.rows}
    assert due["=新单位"] == SOON
    assert clerk.get("/due-lists/nothing").status_code == 404
    for name in ("amendments", "replies", "objections", "put_right", "closing"):
        assert clerk.get(f"/due-lists/{name}").status_code == 200
    other = one_sign_in("drafter")
    assert "falling-due" not in other.get("/").text
    assert other.get("/due-lists/expiring").status_code == 403


def test_a_title_is_suspended_and_put_right_on_its_page(clerk: FlaskClient) -> None:
    page = acts_of(clerk, "省交通运输厅")
    refused = post(clerk, page, "/acts/suspend", reason="", due_on="")
    assert refused.status_code == 422
    done = post(clerk, page, "/acts/suspend", reason="投诉较多", due_on=str(DUE), evidence=PNG)
    assert "停牌整改" in text_of(done, "//h1")
    listed = clerk.get("/due-lists/put_right")
    assert "投诉较多" in listed.text
    proof = next(link for link in links(done) if link.endswith("/evidence"))
    assert clerk.get(proof).data == PNG
    righted = post(clerk, page, "/put-right", righted="已整改到位", evidence=PNG)
    assert "有效" in text_of(righted, "//h1")
    assert "已整改到位" in text_of(righted, "//section[@id='befell']")


def test_the_titles_of_a_campaign_are_rechecked_from_its_page(clerk: FlaskClient) -> None:
    campaign = next(
        link for link in links(clerk.get("/campaigns")) if link.count("/") == 2 and len(link) == 27
    )
    page = f"{campaign}/recheck"
    refused = post(clerk, page, "/recheck", opens="", closes="")
    assert refused.status_code == 422
    opens, closes = f"{today()}T00:00", f"{DUE}T18:00"
    made = post(clerk, page, "/recheck", opens=opens, closes=closes)
    assert made.status_code == 200
    recheck = f"{made.request.path}/recheck"
    shown = clerk.get(recheck)
    assert "省交通运输厅" in text_of(shown, "//table")
    assert "document" in shown.text


def test_the_lists_of_a_campaign_go_out_as_workbooks_in_which_nothing_is_a_formula(
    clerk: FlaskClient, one_sign_in: SignIn
) -> None:
    desk, day = Desk(), today()
    with read_tx() as session:
        of_mine = Campaign.title.startswith("示范创建评选"), Campaign.kind == "creation"
        campaign = session.scalars(select(Campaign.public_id).where(*of_mine)).one()
    document = bring_in(desk, campaign, "unit1")
    make_public(desk, campaign, document, day, day)
    with write_tx() as session:
        about = session.scalars(select(Document.id).where(Document.public_id == document)).one()
        notice = session.scalars(select(PublicNotice.id).order_by(PublicNotice.id.desc())).first()
        made = {"public_notice_id": notice, "document_id": about, "at": stamp()}
        session.add(
            Objection(receipt="ZZZZZ", channel="phone", name="=甲", contact="+1", text="@反映", **made)
        )
    (every,) = read_workbook(clerk.get(f"/campaigns/{campaign}/applications.xlsx").data).values()
    assert [one.cells["单位"] for one in every.rows] == ["省交通运输厅"]
    replies = read_workbook(clerk.get(f"/campaigns/{campaign}/replies.xlsx").data)
    assert [len(sheet.headings) for sheet in replies.values()] == [9]
    address = f"/campaigns/{campaign}/objections.xlsx"
    (sheet,) = read_workbook(clerk.get(address).data).values()
    (mine,) = [one for one in sheet.rows if "ZZZZZ" in one.cells.values()]
    assert {"=甲", "+1", "@反映"} <= set(mine.cells.values())
    (sheet,) = read_workbook(one_sign_in("deputy").get(address).data).values()
    (seen,) = [one for one in sheet.rows if "ZZZZZ" in one.cells.values()]
    assert not {"=甲", "+1"} & set(seen.cells.values())
    assert one_sign_in("drafter").get(address).status_code == 403


def acts_of(client: FlaskClient, unit: str) -> str:
    listed = client.get(f"/titles?unit={unit}")
    return next(link for link in links(listed) if link.removeprefix("/titles/").isdigit()) + "/acts"


def links(page: TestResponse) -> list[str]:
    return [str(one) for one in html.fromstring(page.text).xpath("//main//a/@href")]


def post(client: FlaskClient, page: str, end: str, evidence: bytes = b"", **given: str) -> TestResponse:
    form = form_to(client.get(page), end)
    data = {**filled(form).to_dict(), **given}
    if evidence:
        data["evidence"] = (io.BytesIO(evidence), "证据.png")  # type: ignore[assignment]
    return client.post(form.action, data=data, follow_redirects=True)
