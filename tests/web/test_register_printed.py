"""The register printed and as a workbook: the columns, the texts as they are, the sight of the reader."""

import io
from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import select, update

from tests.web.test_register_acts import reserve
from workflow.clock import stamp
from workflow.installation import here
from workflow.models import Document, Ended
from workflow.spreadsheets import read_workbook

SignIn = Callable[..., FlaskClient]
COLUMNS = [
    "序号",
    "发文字号",
    "标题",
    "文种",
    "成文日期",
    "印发日期",
    "主送（分送）范围",
    "份数",
    "签发人",
    "拟稿部门",
    "状态及备注",
]
LETTER = "关于征求拟命名单位意见的函"


def retitle(title: str, **columns: object) -> None:
    with here().database.write_tx() as session:
        session.execute(update(Document).where(Document.title == LETTER).values(title=title, **columns))


def printed(client: FlaskClient, query: str = "") -> list[list[list[str]]]:
    """Return the tables of the page that is printed: rows of cells."""
    tree = html.fromstring(client.get(f"/register/print{query}").text)
    return [
        [[cell.text_content() for cell in row.xpath("td")] for row in table.xpath("tbody/tr")]
        for table in tree.xpath("//table")
    ]


def workbook(client: FlaskClient, query: str = "") -> bytes:
    answer = client.get(f"/register/register.xlsx{query}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def test_each_series_is_printed_from_its_first_number_on(sign_in: SignIn) -> None:
    client = sign_in("registrar")
    page = html.fromstring(client.get("/register/print").text)
    first, second = page.xpath("//table")
    assert [cell.text for cell in first.xpath("thead/tr[2]/th")] == COLUMNS
    assert "豫直文明办" in first.xpath("string(thead/tr[1])")
    rows = printed(client)[0]
    assert [row[1].partition("〕")[2] for row in rows] == ["1号", "2号", "3号", "4号", "5号"]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[0][2:4] == ["关于印发《年度省直志愿服务工作要点》的通知", "通知"]
    assert rows[0][6].startswith("省直各单位、")
    assert rows[0][7:] == ["203", "主任", "综合处", "已用"]
    assert rows[2][10] == "作废 · 主送机关有误，重新拟稿。"
    assert [row[2] for row in printed(client)[1]] == [LETTER]
    assert len(second.xpath("tbody/tr")) == 1


def test_what_is_printed_is_what_was_chosen(sign_in: SignIn) -> None:
    client = sign_in("registrar")
    assert [len(table) for table in printed(client, "?series=豫直文明办函")] == [1]
    assert [len(table) for table in printed(client, "?state=void")] == [1]
    assert [len(table) for table in printed(client, "?q=征求")] == [1]
    assert printed(client, "?year=1999") == []
    reserve(client)
    assert printed(client, "?state=reserved")[0][0][10].startswith("预留 · 为综合处预留，保留至")


def test_the_workbook_has_the_same_rows_on_a4_landscape(sign_in: SignIn) -> None:
    client = sign_in("registrar")
    data = workbook(client)
    sheet = read_workbook(data)["发文登记簿"]
    assert list(sheet.headings) == COLUMNS
    shown = [row for table in printed(client) for row in table]
    assert [row.cells["发文字号"] for row in sheet.rows] == [row[1] for row in shown]
    assert [row.cells["标题"] for row in sheet.rows] == [row[2] for row in shown]
    assert str(sheet.rows[0].cells["成文日期"]) == shown[0][4]
    page = load_workbook(io.BytesIO(data)).active
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$1:$1"


def test_a_title_that_looks_like_a_formula_is_a_text(sign_in: SignIn) -> None:
    client = sign_in("registrar")
    for title in ('=HYPERLINK("http://x")', "+1+1", "-2", "@sum(1)"):
        retitle(title)
        sheet = load_workbook(io.BytesIO(workbook(client, "?series=豫直文明办函"))).active
        cell = sheet["C2"]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (title, "s", True)
        with here().database.write_tx() as session:
            session.execute(update(Document).where(Document.title == title).values(title=LETTER))


def test_titles_that_a_reader_may_not_see_are_neither_printed_nor_exported(sign_in: SignIn) -> None:
    retitle(LETTER, restricted=True)
    client = sign_in("countersigner2")
    [[row]] = printed(client, "?series=豫直文明办函")
    assert row[2:10] == ["无权查看", "", "", "", "", "", "", ""]
    assert LETTER not in str(read_workbook(workbook(client)))
    assert LETTER in str(read_workbook(workbook(sign_in("registrar"))))


def test_markup_in_a_title_is_printed_as_it_was_written(sign_in: SignIn) -> None:
    retitle("<b>&\"'函</b>")
    assert printed(sign_in("registrar"))[1][0][2] == "<b>&\"'函</b>"


def test_the_register_is_printed_in_english_too(sign_in: SignIn) -> None:
    client = sign_in("registrar")
    with client.session_transaction() as cookie:
        cookie["language"] = "en"
    page = html.fromstring(client.get("/register/print").text)
    assert page.xpath("//table[1]/thead/tr[2]/th/text()")[:3] == ["No.", "Number", "Title"]


def test_what_was_repealed_is_marked_on_paper_and_in_the_workbook(sign_in: SignIn) -> None:
    client = sign_in("registrar")
    earlier, later = (row[1] for row in printed(client)[0][:2])
    with here().database.write_tx() as session:
        known = {row.number: row.id for row in session.execute(select(Document.number, Document.id))}
        made = {"seq": 1, "by_id": 1, "at": stamp(), "reason": "过时", "from_date": date(2026, 1, 1)}
        session.add(Ended(later_id=known[later], earlier_id=known[earlier], act="repeal", **made))
    said = f"已用 · 已废止（自2026年1月1日起），见{later}"
    assert printed(client)[0][0][10] == said
    assert read_workbook(workbook(client))["发文登记簿"].rows[0].cells["状态及备注"] == said
