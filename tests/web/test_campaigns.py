"""The office's pages of campaigns and of the units that apply, as a browser without scripts uses them."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.web.browsing import filled, form_to, forms, text_of
from workflow import logins
from workflow.applicants import import_form
from workflow.campaigns import first_lists
from workflow.clock import today
from workflow.installation import write_tx
from workflow.spreadsheets import Table, read_workbook, write_workbook

SignIn = Callable[[str], FlaskClient]
YEAR = today().year + 1
SHEET = {
    "title": f"{YEAR}年度省直文明单位申报",
    "year": str(YEAR),
    "term": f"{YEAR}—{YEAR + 2}年度",
    "term_from": f"{YEAR}-01-01",
    "term_until": f"{YEAR + 2}-12-31",
    "opens": f"{YEAR}-03-01T09:00",
    "closes": f"{YEAR}-04-30T18:00",
    "methods": ["material", "site", "survey"],
    "weight_material": "60",
    "weight_site": "30",
    "weight_survey": "10",
}


@pytest.fixture(scope="module")
def clerk(one_sign_in: SignIn) -> FlaskClient:
    return one_sign_in("clerk")


def do(client: FlaskClient, page: str, form: str, **given: Any) -> TestResponse:
    """Fill in a page's form and send it; follow where that leads."""
    found = form_to(client.get(page), form)
    return client.post(found.action, data=filled(found, **given), follow_redirects=True)


def told(page: TestResponse) -> str:
    return text_of(page, "//main//*[contains(@class, 'told')]")


@pytest.fixture(scope="module")
def campaign(clerk: FlaskClient) -> str:
    """Return the address of a campaign that was made on the pages and offers 文明单位."""
    with write_tx() as session:
        first_lists.enter(session)
    made = do(clerk, "/campaigns/new", "/campaigns/new", **SHEET)
    address = made.request.path
    assert re.fullmatch(r"/campaigns/[0-9a-f]{16}", address), told(made)
    chosen = clerk.get(f"{address}/categories?category=unit")
    form = form_to(chosen, "/categories/unit")
    assert dict(form.form_values())["staff_at_least.number"] == "30"
    offered = clerk.post(form.action, data=filled(form, places="20"), follow_redirects=True)
    assert "20个名额" in offered.text
    return address


def test_a_campaign_is_made_announced_and_put_off_on_its_pages(clerk: FlaskClient, campaign: str) -> None:
    page = clerk.get(campaign)
    assert "不少于" in text_of(page, "//section[@id='offers']") or "30人" in page.text
    refused = do(clerk, f"{campaign}/edit", "/edit", weight_site="31", closes="", term="")
    assert refused.status_code == 422
    wrong = [field.get("name") for field in html.fromstring(refused.text).xpath("//*[@aria-invalid]")]
    assert wrong == ["term", "closes"]
    assert dict(form_to(refused, "/edit").form_values())["title"] == SHEET["title"]
    changed = do(clerk, f"{campaign}/edit", "/edit", notice_days="7", notice_unit="calendar")
    assert "7个自然日" in text_of(changed, "//section[@id='sheet']")
    announced = do(clerk, campaign, "/announce")
    assert announced.status_code == 200
    ours = [form.action for form in forms(announced) if form.action and form.action.startswith(campaign)]
    assert {action.rpartition("/")[2] for action in ours} == {"copy", "extend"}
    assert clerk.post(f"{campaign}/drop", data={"csrf_token": token(announced)}).status_code == 422
    for closes, status in ((f"{YEAR}-04-01T18:00", 422), (f"{YEAR}-05-10T18:00", 200)):
        put_off = do(clerk, campaign, "/extend", closes=closes, reason="系统维护")
        assert put_off.status_code == status
    assert "系统维护" in text_of(put_off, "//section[@id='extend']")
    copied = do(clerk, campaign, "/copy")
    assert f"{YEAR + 1}年度省直文明单位申报" in text_of(copied, "//h1")
    assert text_of(clerk.get("/campaigns"), "//h1") == "批次 4"


def token(page: TestResponse) -> str:
    return str(html.fromstring(page.text).xpath("//input[@name='csrf_token']/@value")[0])


def test_the_lists_are_edited_where_they_are_shown(clerk: FlaskClient, campaign: str) -> None:
    new = {"code": "smoke", "text": "办公场所吸烟", "source": "", "evidence": "检查记录"}
    page = do(clerk, "/campaigns/lists", "/lists/negative/0", **new)
    wrong = [field.get("name") for field in html.fromstring(page.text).xpath("//*[@aria-invalid]")]
    assert (page.status_code, wrong) == (422, ["source"])
    again = form_to(page, "/lists/negative/0")
    assert dict(again.form_values())["code"] == "smoke"
    added = clerk.post(again.action, data=filled(again, source="卫生部门"), follow_redirects=True)
    assert text_of(added, "//h2[@id='negative-title']") == "负面清单 10"
    item = next(form.action for form in forms(added) if "/lists/negative/" in form.action)
    gone = clerk.post(item, data={"csrf_token": token(added), "do": "remove"}, follow_redirects=True)
    assert text_of(gone, "//h2[@id='negative-title']") == "负面清单 9"
    known = do(clerk, "/campaigns/lists", "/lists/categories", of="", code="unit", name="文明单位")
    assert known.status_code == 422
    added = do(clerk, f"{campaign}/lists", "/lists/consulted/0", name="海关", about="走私案件")
    assert "海关" in text_of(added, "//section[@id='consulted']")
    assert "海关" not in clerk.get("/campaigns/lists").text


def test_a_tree_is_copied_edited_sent_out_and_taken_in_again(clerk: FlaskClient, campaign: str) -> None:
    sets = clerk.get("/indicators")
    address = next(
        link.get("href") for link in html.fromstring(sets.text).xpath("//th/a") if "服务窗口" in link.text
    )
    new = do(clerk, address, "/copy")
    address = new.request.path
    assert "v2" in text_of(new, "//h1")
    wrong = do(clerk, address, "/0", code="A1", text="", points="1.555")
    assert (wrong.status_code, len(html.fromstring(wrong.text).xpath("//*[@aria-invalid]"))) == (422, 3)
    parent = html.fromstring(new.text).xpath("//select[@name='parent']/option[starts-with(., 'A ')]/@value")[
        0
    ]
    added = do(clerk, address, "/0", code="A3", text="设有意见箱", points="1.5", parent=parent)
    assert "101.5" in told(added)
    workbook = clerk.get(f"{address}/workbook.xlsx").data
    rows = read_workbook(workbook)["测评指标"].rows
    assert [row.cells["分值"] for row in rows if row.cells["编号"] == "A3"] == ["1.5"]
    page = f"{address}/import"
    checked = sent(clerk, page, broken(workbook))
    assert (checked.status_code, "B" in text_of(checked, "//table[@class='findings']")) == (422, True)
    checked = sent(clerk, page, workbook)
    assert "101.5" in text_of(checked, "//section")
    done = clerk.post(page, data=filled(forms_of(checked, "workbook_kept")), follow_redirects=True)
    assert (done.status_code, done.request.path) == (200, address)
    assert clerk.get(f"{address}/workbook.xlsx").data != b""


def broken(workbook: bytes) -> bytes:
    sheet = read_workbook(workbook)["测评指标"]
    rows = [tuple(row.cells.values()) for row in sheet.rows]
    return write_workbook(
        [Table("测评指标", sheet.headings, [*rows, ("Z1", "Y", "无上级", "1", "材料审核")])]
    )


def sent(client: FlaskClient, page: str, workbook: bytes) -> TestResponse:
    data = {"csrf_token": token(client.get(page)), "workbook": (io.BytesIO(workbook), "表.xlsx")}
    return client.post(page, data=data)


def forms_of(page: TestResponse, field: str) -> Any:
    return next(form for form in forms(page) if field in form.fields)


def test_units_come_in_from_a_workbook_and_their_passwords_are_sent_once(clerk: FlaskClient) -> None:
    rows = [("=某某公司", "91410000MA4000000E", "国有企业", "省交通运输厅", "某甲", None, None, None)]
    headings = import_form.FORM.headings
    wrong = write_workbook([Table("单位名录", headings, [("某某公司", "914", "国有企业")])])
    refused = sent(clerk, "/applicants/import", wrong)
    assert refused.status_code == 422
    assert text_of(refused, "//table[@class='findings']/tbody/tr/td[3]") == "B 统一社会信用代码"
    checked = sent(clerk, "/applicants/import", write_workbook([Table("单位名录", headings, rows)]))
    assert text_of(checked, "//dl[@class='counted']//dd") == "1 1 0 1"
    form = forms_of(checked, "workbook_kept")
    done = clerk.post(form.action, data=filled(form))
    passwords = forms_of(done, "passwords")
    sheet = read_workbook(clerk.post(passwords.action, data=filled(passwords)).data)["初始口令"]
    (row,) = sheet.rows
    assert logins.log_in(str(row.cells["用户名"]), str(row.cells["初始口令"]), "browser")
    again = clerk.post(form.action, data=filled(form))
    assert again.status_code == 422
    listed = read_workbook(clerk.get("/applicants/list.xlsx?q=某某公司").data)["单位名录"]
    assert [row.cells["单位名称"] for row in listed.rows] == ["=某某公司"]
    assert clerk.get("/applicants/import/template.xlsx").data[:2] == b"PK"


def test_a_unit_is_entered_given_an_account_renamed_and_ended(clerk: FlaskClient) -> None:
    refused = do(clerk, "/applicants/new", "/new", name="评审专家组", credit_code="1", nature="")
    wrong = [field.get("name") for field in html.fromstring(refused.text).xpath("//*[@aria-invalid]")]
    assert (refused.status_code, wrong) == (422, ["credit_code", "nature"])
    page = do(
        clerk, "/applicants/new", "/new", name="某某农场", nature="事业单位", recommender="省农业农村厅"
    )
    address = page.request.path
    opened = do(clerk, address, "/accounts", username="nongchang", name="某乙", roles=["applicant"])
    assert logins.log_in("nongchang", text_of(opened, "//*[@class='one-time']"), "browser")
    assert do(clerk, address, "/accounts", username="nongchang", name="某乙").status_code == 422
    reset = do(clerk, address, "/nongchang/password")
    assert text_of(reset, "//*[@class='one-time']") != text_of(opened, "//*[@class='one-time']")
    renamed = do(clerk, address, "/name", name="某某现代农场", reason="改制")
    assert "某某农场" in renamed.text
    assert "某某现代农场" in clerk.get("/applicants?q=某某农场").text
    assert do(clerk, address, "/end", ended_on="2099-01-01", reason="撤销").status_code == 422
    assert "已终止" in text_of(do(clerk, address, "/end", ended_on="2020-01-01", reason="撤销"), "//h1")
    assert "已终止" not in text_of(do(clerk, address, "/take-back"), "//h1")
    closed = do(clerk, address, "/nongchang/close")
    assert "nongchang" not in text_of(closed, "//section[@id='accounts']")


PAGES = (
    "/campaigns",
    "/campaigns/new",
    "/campaigns/lists",
    "/indicators",
    "/applicants",
    "/applicants/import",
)
LOOKED_AT = {"/campaigns", "/campaigns/lists", "/indicators", "/applicants"}


def test_the_pages_are_the_clerk_s_and_others_of_the_office_only_look_on(
    one_sign_in: SignIn, campaign: str
) -> None:
    for who in ("drafter", "unit1", "expert1", "admin", "registrar"):
        assert {one_sign_in(who).get(page).status_code for page in (*PAGES, campaign)} == {403}, who
    for who in ("deputy", "auditor"):
        client = one_sign_in(who)
        found = {page for page in (*PAGES, campaign) if client.get(page).status_code == 200}
        assert found == LOOKED_AT | {campaign}, who
        shown = [form.action for page in found for form in forms(client.get(page))]
        ours = [one for one in shown if one and re.match(r"/(campaigns|indicators|applicants)", one)]
        assert ours == ["/applicants"], "the search"
        assert (
            client.post(f"{campaign}/copy", data={"csrf_token": token(client.get(campaign))}).status_code
            == 403
        )


def test_every_page_speaks_chinese_and_names_its_fields(clerk: FlaskClient, campaign: str) -> None:
    tree = "/indicators/" + re.findall(r'/indicators/(\d+)"', clerk.get("/indicators").text)[0]
    for page in (*PAGES, campaign, f"{campaign}/lists", tree, f"{tree}/import", "/applicants/new"):
        found = html.fromstring(clerk.get(page).text).xpath("//main")[0]
        words = " ".join(found.text_content().split())
        assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", words), (page, words)
        for field in found.xpath(".//input[not(@type='hidden')]|.//select|.//textarea"):
            assert field.get("aria-label") or field.xpath("ancestor::label"), (page, field.get("name"))


def test_what_does_not_exist_is_not_found(clerk: FlaskClient) -> None:
    for page in ("/campaigns/nothing", "/indicators/7777", "/applicants/7777"):
        assert clerk.get(page).status_code == 404
    for page in ("/indicators", "/applicants"):
        assert clerk.get(f"{page}/{10**20}").status_code == 404
    assert clerk.get(f"/applicants?page={10**20}").status_code == 200
    assert clerk.get("/campaigns/nothing/categories?category=unit").status_code == 404
