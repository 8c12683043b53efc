"""A unit's application goes its whole way in a real browser, from the campaign to the title in force."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.applying import announce, apply, recommend_and_correct, seal_and_submit
from tests.e2e.looking import OpenPage, Shoot
from tests.e2e.people import PAPER
from tests.e2e.round import CATEGORY, TOLD, Round, press
from tests.web.api.caller import Everybody, OverHttp
from workflow import clock

OFFICE = ("clerk", "unit_head", "countersigner1", "deputy")


def assign(round_: Round) -> None:
    """Let the clerk give the application to two assessors for each method."""
    clerk = round_.go("clerk", f"/campaigns/{round_.campaign}/assessors")
    clerk.get_by_role("button", name="平均分配").click()
    expect(clerk.locator(TOLD)).to_contain_text("已分配 4 份")
    round_.look(clerk, "assessors")


def judge(round_: Round) -> None:
    """Let both assessors give points by both methods and hand in; the clerk enters the survey's."""
    for method in ("material", "site"):
        for username in ("expert1", "expert2"):
            page = round_.go(username, "/assessments")
            if method == "material" and username == "expert1":
                round_.look(page, "assessments")
            page.goto(f"{round_.office}/assessments/{round_.application}/{method}")
            give_points(page, generous=username == "expert1")
            if method == "material":
                round_.look(page, f"sheet-{username}")
            page.get_by_role("button", name="提交评分").click()
            expect(page.locator(TOLD)).to_contain_text("评分已提交")
    clerk = round_.go("clerk", f"/campaigns/{round_.campaign}/survey")
    round_.look(clerk, "survey")
    clerk.get_by_role("button", name="手工录入").click()
    give_points(clerk, generous=True)
    clerk.get_by_role("button", name="提交评分").click()
    expect(clerk.locator(TOLD)).to_contain_text("评分已提交")
    clerk.goto(f"{round_.office}/campaigns/{round_.campaign}/results")
    clerk.get_by_text("计分过程").first.click()
    round_.look(clerk, "results")


def give_points(page: Page, *, generous: bool) -> None:
    for number, one in enumerate(page.locator(".indicator").all()):
        one.locator("[data-full]").click()
        if not number and not generous:
            one.get_by_label("得分").fill("1")
            one.get_by_label(re.compile("扣分理由")).fill("佐证不够充分。")


def consult(round_: Round) -> None:
    """Let the clerk draft the letters, enter what the bodies reply, and conclude."""
    clerk = round_.go("clerk", f"/campaigns/{round_.campaign}/consultation")
    clerk.locator("details.change > summary").click()
    press(clerk, "/consultation/letters")
    expect(clerk.locator(TOLD)).to_be_visible()
    round_.look(clerk, "consultation")
    bodies = clerk.locator("tbody tr").all()
    addresses = [row.get_by_role("link").last.get_attribute("href") for row in bodies]
    clerk.goto(f"{round_.office}{addresses[0]}")
    clerk.locator("[name=reply][value=objection]").check()
    clerk.locator("[name=finding_of]").first.select_option(round_.application)
    clerk.locator("[name=finding]").first.fill("有一件信访事项，已办结。")
    round_.look(clerk, "reply")
    press(clerk, "/consultation/reply")
    expect(clerk.locator(TOLD)).to_be_visible()
    form = {
        "csrf_token": clerk.locator("[name=csrf_token]").first.input_value(),
        "reply": "none",
        "replied_on": clock.today().isoformat(),
    }
    for address in addresses[1:]:
        body = parse_qs(urlsplit(address or "").query)["body"][0]
        sent = clerk.request.post(clerk.url + "/reply", form={**form, "body": body})
        assert sent.ok, body
    clerk.reload()
    round_.look(clerk, "consultation-replied")
    clerk.locator("form:has([name=found][value=yes]) button").click()
    expect(clerk.locator(TOLD)).to_be_visible()


def deliberate(round_: Round) -> None:
    """Let the clerk freeze the scores and record what the meeting decided."""
    clerk = round_.go("clerk", f"/campaigns/{round_.campaign}/deliberation")
    press(clerk, "/freeze")
    expect(clerk.locator(TOLD)).to_be_visible()
    clerk.goto(f"{round_.office}/campaigns/{round_.campaign}/deliberation?by_places=1")
    clerk.locator("[name=meeting]").fill("省直文明委第一次会议")
    round_.look(clerk, "deliberation")
    press(clerk, "/deliberation")
    expect(clerk.locator(TOLD)).to_be_visible()


def make_public(round_: Round) -> None:
    """Let the list be published, somebody object, the clerk answer and, the days over, confirm."""
    path = f"/campaigns/{round_.campaign}/public-notice"
    clerk = round_.go("clerk", path)
    clerk.locator("[name=contact]").fill("电话：0371-60000001（工作日 8:30—17:30）")
    clerk.locator("[name=start][value=today]").check()
    round_.look(clerk, "notice-to-be-published")
    press(clerk, path)
    expect(clerk.locator(TOLD)).to_be_visible()
    public = round_.open_page()
    public.goto(f"{round_.office}/public/notices")
    round_.look(public, "public-notices")
    public.locator("a[href*='/public/notices/']").first.click()
    public.locator("[name=application]").select_option(round_.application)
    public.locator("[name=text]").fill("服务窗口中午无人值守。")
    public.locator("[name=name]").fill("群众丁")
    public.locator("[name=contact]").fill("0371-60000002")
    round_.look(public, "public-notice")
    public.locator("#object button.primary").click()
    public.wait_for_url("**/public/objections/*")
    round_.look(public, "receipt")
    clerk.goto(f"{round_.office}{path}")
    round_.look(clerk, "objections")
    press(clerk, "/verify")
    clerk.locator("[name$='.finding']").fill("经现场核查，窗口实行午间轮班。")
    clerk.locator("[name$='.answer']").fill("经核查，该窗口午间有人值班，所反映情况不属实。")
    clerk.locator("[name$='.outcome'][value=unfounded]").check()
    clerk.locator("[name=comment]").fill("经核查，所反映情况不属实。")
    round_.look(clerk, "verification")
    press(clerk, round_.application)
    expect(clerk.locator(TOLD)).to_be_visible()
    public.reload()
    expect(public.locator("main")).to_contain_text("午间有人值班")
    round_.look(public, "receipt-answered")
    let_days_pass(round_)
    clerk.goto(f"{round_.office}{path}")
    round_.look(clerk, "notice-over")
    press(clerk, "/confirm")
    expect(clerk.locator(TOLD)).to_be_visible()


def let_days_pass(round_: Round) -> None:
    """Let the notice have been made public two days ago: the office's clock is another process's."""
    with closing(sqlite3.connect(round_.folder / "hongtou.db", timeout=20)) as database, database:
        days = [(clock.today() - timedelta(days=days)).isoformat() for days in (2, 1)]
        database.execute("UPDATE public_notices SET first_day = ?, last_day = ?", days)


def confer(round_: Round) -> None:
    """Let the clerk draft the conferral, the signatory sign it and the registrar issue it."""
    path = f"/campaigns/{round_.campaign}/conferral"
    clerk = round_.go("clerk", path)
    round_.look(clerk, "conferral")
    press(clerk, path)
    clerk.wait_for_url("**/documents/*")
    document = clerk.url.partition("?")[0].rpartition("/")[2]
    everybody = Everybody(OverHttp(round_.office))
    bring(everybody, document, "signing")
    signatory = round_.go("signatory", f"/documents/{document}")
    if round_.thorough:
        expect(signatory.locator(PAPER).first).to_be_visible(timeout=60_000)
    round_.look(signatory, "signing", words=False)
    forward(signatory, "签发")
    forward(round_.go("clerk", f"/documents/{document}"), "复核无误")
    registrar = round_.go("registrar", f"/documents/{document}")
    round_.number = registrar.locator(".next-number").inner_text()
    for button in ("登记编号", "送印", "清样校对无误，印毕", "用印", "印发"):
        registrar.goto(f"{round_.office}/documents/{document}")
        forward(registrar, button)
    round_.look(registrar, "conferral-issued", words=False)


def forward(page: Page, button: str) -> None:
    page.locator("[data-forward]").get_by_text(button, exact=True).click()
    expect(page.locator(TOLD)).to_be_visible()


def bring(everybody: Everybody, document: str, stage: str) -> None:
    """Take the steps of others over the API: their screens are played elsewhere."""
    for _ in range(9):
        for who in OFFICE:
            found = everybody(who).get(f"/documents/{document}")
            if found.status != 200:
                continue
            if found.json["state"] == stage:
                return
            steps = [one for one in found.json["actions"] if one["allowed"] and one["direction"] == "forward"]
            if steps:
                assert everybody(who).act(document, steps[0]["name"], found.json["version"]).status == 200
                break
    raise AssertionError(f"the document does not come to {stage}")


def hold(round_: Round) -> None:
    """Let the unit find its title in force and take the certificate; the office finds it in the register."""
    unit = round_.page_of("unit1")
    for _ in range(60):
        unit.goto(f"{round_.office}/portal")
        if round_.number in unit.locator("main").inner_text():
            break
        unit.wait_for_timeout(500)
    round_.look(unit, "portal-title")
    unit.locator("section", has=unit.locator("#titles-title")).locator(
        "tr", has_text=round_.number
    ).get_by_role("link").first.click()
    unit.wait_for_url("**/titles/*")
    for _ in range(60):
        if unit.get_by_role("link", name="DOCX").count():
            break
        unit.wait_for_timeout(500)
        unit.reload()
    round_.look(unit, "title")
    with unit.expect_download() as download:
        unit.get_by_role("link", name="DOCX").click()
    words = "".join(part.text for part in docx.Document(download.value.path()).paragraphs)
    assert CATEGORY in words
    clerk = round_.go("clerk", "/titles")
    expect(clerk.locator("main")).to_contain_text(round_.number)
    round_.look(clerk, "titles")


PARTS = (announce, apply, seal_and_submit, recommend_and_correct, assign, judge)
PARTS_OF_THE_OFFICE = (consult, deliberate, make_public, confer, hold)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "thorough", [False, pytest.param(True, marks=pytest.mark.long)], ids=["everyday", "thorough"]
)
def test_a_unit_applies_and_its_title_comes_into_force(
    live_office: str, office_folder: Path, open_page: OpenPage, shoot: Shoot, thorough: bool
) -> None:
    round_ = Round(live_office, office_folder, open_page, shoot, thorough=thorough)
    for part in (*PARTS, *PARTS_OF_THE_OFFICE):
        part(round_)
    assert round_.faults == {}
