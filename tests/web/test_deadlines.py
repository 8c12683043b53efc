"""Pages show how a document's time stands, let one urge, and say loudly what the calendar lacks."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.web.conftest import token_of
from workflow import clock

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]
LIST = "2027-01-01,holiday,元旦\n"


def text_of(page: str, path: str) -> str:
    return " ".join(" ".join(found.text_content() for found in html.fromstring(page).xpath(path)).split())


def test_tasks_say_how_their_time_stands_and_can_be_sorted_by_it(sign_in: SignIn) -> None:
    page = sign_in("signatory").get("/").text
    assert "已超" in text_of(page, "//*[@class='due due-over']")
    client = sign_in("signatory")
    overdue = client.get("/?only=overdue&order=due").text
    assert "最先到期的在最前" in overdue
    link = html.fromstring(overdue).xpath("//a[@class='title']/@href")[0]
    assert {"only=overdue", "order=due", "from=tasks"} <= set(link.partition("?")[2].split("&"))
    assert html.fromstring(client.get(link).text).xpath("//nav[@class='place']")


def test_the_drafter_urges_from_the_document_s_page(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("signing")
    client = sign_in("drafter")
    address = f"/documents/{document}"
    form = {"csrf_token": token_of(client, address), "note": "请今日办结"}
    assert client.post(f"{address}/urge", data=form).status_code == 302
    shown = text_of(client.get(address).text, "//section[contains(@class, 'urging')]")
    assert "拟稿人 催办 主任：请今日办结" in shown
    again = client.post(f"{address}/urge", data=form)
    assert again.status_code == 422
    assert "半个工作日内不重复催办" in again.text
    assert "拟稿人 催办：请今日办结" in sign_in("signatory").get("/to-read").text
    deputy = sign_in("deputy").get(address).text
    assert "催办…" not in deputy
    assert sign_in("deputy").post(f"{address}/urge", data=form | {"csrf_token": ""}).status_code == 400


@pytest.mark.parametrize(("who", "told"), [("admin", True), ("clerk", True), ("drafter", False)])
def test_complaint_a_year_without_its_list_is_told_to_those_who_see_to_it(
    sign_in: SignIn, who: str, told: bool
) -> None:
    client = sign_in(who)
    with clock.held_at(datetime(2027, 1, 4, 9, tzinfo=clock.SHANGHAI)):
        client = sign_in(who)
        assert ("2027 年放假安排尚未载入" in client.get("/").text) == told


def test_the_administrator_checks_and_loads_a_list_and_sets_the_hours(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    form = {
        "csrf_token": token_of(admin, "/administration/calendar"),
        "list": LIST + "2027-01-04,workday,元旦",
    }
    refused = admin.post("/administration/calendar", data=form | {"do": "load"})
    assert refused.status_code == 422
    assert "第 2 行：2027-01-04 不是周六、周日" in refused.text
    form["list"] = LIST
    checked = admin.post("/administration/calendar", data=form | {"do": "check"})
    assert "名单无误：放假 1 天，调休上班 0 天" in checked.text
    assert "未载入" in admin.get("/administration/calendar?year=2027").text
    loaded = admin.post("/administration/calendar", data=form | {"do": "load"}, follow_redirects=True)
    assert "已载入：2027" in loaded.text
    assert LIST.strip() in loaded.text
    hours = {"morning_from": "09:00", "morning_to": "12:00", "afternoon_from": "", "afternoon_to": ""}
    admin.post("/administration/calendar/hours", data=form | hours)
    assert 'value="09:00"' in admin.get("/administration/calendar").text
    wrong = admin.post("/administration/calendar/hours", data=form | hours | {"morning_to": "08:00"})
    assert wrong.status_code == 422
    assert sign_in("clerk").get("/administration/calendar").status_code == 403


def test_each_person_chooses_where_reminders_go(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    form = {"csrf_token": token_of(clerk, "/reminders"), "email": "clerk", "email_on": "yes"}
    refused = clerk.post("/reminders", data=form)
    assert refused.status_code == 422
    assert "应为邮箱地址" in refused.text
    kept = clerk.post("/reminders", data=form | {"email": "clerk@example.gov.cn"}, follow_redirects=True)
    assert 'value="clerk@example.gov.cn"' in kept.text


def test_the_calendar_is_shown_and_loaded_by_command(office_app: Flask, tmp_path) -> None:
    run = office_app.test_cli_runner().invoke
    assert "2026  chinesecalendar" in run(args=["calendar", "show"]).output
    assert "2026-10-10,workday,国庆节" in run(args=["calendar", "show", "2026"]).output
    file = tmp_path / "2027.csv"
    file.write_text("日期,类别,名称\n" + LIST + "2027-13-01,放假,x\n", encoding="gb18030")
    refused = run(args=["calendar", "load", str(file)])
    assert (refused.exit_code, "第 3 行" in refused.output + refused.stderr) == (1, True)
    file.write_text(LIST, encoding="utf-8")
    assert run(args=["calendar", "load", "--dry-run", str(file)]).output == "2027\n"
    assert run(args=["calendar", "show", "2027"]).output == ""
    run(args=["calendar", "load", str(file)])
    assert run(args=["calendar", "show", "2027"]).output == LIST
