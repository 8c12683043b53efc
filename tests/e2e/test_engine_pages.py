"""What happens to a document besides its steps: its pages have no fault that axe finds, in both languages."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.people import enter
from tests.web.api import texts
from tests.web.api.caller import Everybody, OverHttp
from workflow import clock

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

POINTS = [{"place": "title", "kind": "wording", "text": "应写全称"}, {"text": "太长"}]
PAGES = {
    "drafter": ("/", "/begun", "/delegations", "/opinion-phrases", "/reminders", "/procedures/notice"),
    "countersigner1": ("/", "/to-read"),
    "signatory": ("/?only=deferred",),
}
DOCUMENTS = {
    "drafter": ("returned", "asked", "countersign"),
    "countersigner1": ("countersign", "returned"),
    "signatory": ("deferred", "asked"),
}


@pytest.fixture(scope="module")
def documents(live_office: str) -> dict[str, str]:
    """Return documents that are being countersigned, were returned, put off, asked about, passed round."""
    people = Everybody(OverHttp(live_office))
    drafter, head, leader = people("drafter"), people("unit_head"), people("signatory")
    found = {}
    for name in ("countersign", "returned", "deferred", "asked"):
        found[name] = drafter.draft({**texts.PLAIN, "title": f"关于{name}的通知"}).json["id"]
    both = {"countersigners": ["countersigner1", "countersigner2"]}
    drafter.act(found["countersign"], "submit", 1, both)
    head.act(found["countersign"], "approve", 2)
    given = {"readers": ["countersigner1", "archivist"], "note": "请阅研。", "wants_answer": True}
    assert drafter.call("POST", f"/documents/{found['returned']}/circulations", given).status == 201
    version = people.bring_to(found["returned"], "unit_review")["version"]
    assert (
        head.act(found["returned"], "send_back", version, {"comment": "请改。", "points": POINTS}).status
        == 200
    )
    until = (clock.today() + timedelta(days=20)).isoformat()
    for name, act, inputs in (("deferred", "defer", {"until": until}), ("asked", "ask_drafter", {})):
        version = people.bring_to(found[name], "signing")["version"]
        assert leader.act(found[name], act, version, {"comment": "请说明。", **inputs}).status == 200
    assert drafter.call("POST", f"/documents/{found['asked']}/urgings", {"note": "请尽快"}).status == 201
    return found


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing(
    live_office: str,
    open_page: Callable[..., Page],
    documents: dict[str, str],
    size: dict[str, int],
    language: str,
) -> None:
    for who, paths in PAGES.items():
        page = enter(open_page(viewport=size), live_office, who)
        if language == "en":
            page.get_by_role("button", name="English").click()
        for path in (*paths, *(f"/documents/{documents[name]}" for name in DOCUMENTS[who])):
            page.goto(f"{live_office}{path}")
            for closed in page.locator("main details:not([open]) > summary").all():
                if closed.is_visible():
                    closed.click()
            found = Axe().run(page).response["violations"]
            assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], (who, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (who, path)


def test_what_is_to_be_repealed_is_found_by_words_of_its_title(live_office: str, page: Page) -> None:
    enter(page, live_office, "drafter")
    page.goto(f"{live_office}/documents/new")
    page.locator("details.ends > summary").click()
    number = page.locator("[name=end_number]")
    number.fill("志愿服务工作要点")
    page.locator("[data-found] button").first.click()
    expect(number).to_have_value(re.compile(r"豫直文明办〔\d{4}〕1号"))
    expect(page.locator("[data-names]")).to_contain_text("志愿服务")
    number.fill("没有这样的文件")
    expect(page.locator("[data-names]")).to_have_text("没有找到这个字号或标题的已印发文件。")
