"""The register of outgoing documents: every number, and what became of it."""

from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import update

from tests.web.browsing import act, text_of
from workflow.installation import here
from workflow.models import Document, RegisterEntry

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


def rows(client: FlaskClient, path: str = "/register") -> list[list[str]]:
    tree = html.fromstring(client.get(path).text)
    found = tree.xpath("//table//tr[@data-row]")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in found]


def test_numbers_stand_in_their_order_with_what_became_of_them(sign_in: SignIn) -> None:
    found = rows(sign_in("registrar"))
    assert [row[0].partition("〕")[2] for row in found] == ["5号", "4号", "3号", "2号", "1号", "1号"]
    number, title, dated, state, registered, by = found[2]
    assert number.startswith("豫直文明办〔")
    assert title == "关于公布志愿服务项目名单的通知"
    assert state == "作废 主送机关有误，重新拟稿。"
    assert dated.endswith("日")
    assert registered.endswith("日")
    assert by == "登记员"
    assert found[0][3] == "已用"


def test_series_and_year_narrow_the_register_and_keep_each_other(sign_in: SignIn) -> None:
    client = sign_in("registrar")
    year = rows(client)[0][0].partition("〔")[2][:4]
    assert len(rows(client, "/register?series=豫直文明办函")) == 1
    assert rows(client, "/register?series=豫直文明委") == []
    assert rows(client, "/register?year=1999") == []
    both = client.get(f"/register?series=豫直文明办函&year={year}")
    chosen = html.fromstring(both.text).xpath("//nav[@class='filters']/a[@aria-current]/text()")
    assert [one.strip() for one in chosen] == ["豫直文明办函", year, "全部"]
    onward = html.fromstring(both.text).xpath("//nav[@class='filters']/a/@href")
    assert any("series=" in href and "year=" not in href for href in onward)
    assert any("year=" in href and "series=" not in href for href in onward)
    assert "编过号" in text_of(client.get("/register?year=1999"), "//*[@class='empty']")


def test_a_year_that_is_none_is_as_if_not_given(sign_in: SignIn) -> None:
    assert len(rows(sign_in("registrar"), "/register?year=x")) == 6


def test_a_title_is_shown_only_to_those_who_may_see_the_document(sign_in: SignIn) -> None:
    client = sign_in("countersigner2")
    title = "关于征求拟命名单位意见的函"
    assert title in client.get("/register").text
    with here().database.write_tx() as session:
        session.execute(update(Document).where(Document.title == title).values(restricted=True))
    assert title not in client.get("/register").text
    assert "无权查看" in client.get("/register").text
    assert len(rows(client)) == 6
    assert title in sign_in("registrar").get("/register").text


def test_people_outside_the_office_see_no_numbers(sign_in: SignIn) -> None:
    assert rows(sign_in("unit1")) == []
    assert rows(sign_in("auditor")) == []


def test_a_new_number_is_in_the_register_at_once(sign_in: SignIn, document_at: DocumentAt) -> None:
    client, document = sign_in("registrar"), document_at("registration")
    assert act(client, document, "register").status_code == 302
    assert rows(client)[0][0].endswith("6号")
    assert rows(client)[0][1] == "关于组织文明交通志愿服务的通知"


def test_markup_in_a_reason_is_shown_as_it_was_written(sign_in: SignIn) -> None:
    with here().database.write_tx() as session:
        session.execute(
            update(RegisterEntry).where(RegisterEntry.state == "void").values(reason="<b>&\"'误</b>")
        )
    client = sign_in("registrar")
    assert rows(client)[2][3] == "作废 <b>&\"'误</b>"
    assert "<b>&" not in client.get("/register").text
