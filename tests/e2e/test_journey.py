"""A notice goes its whole way in a real browser, from the first letter typed to the archive."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.people import PAPER, enter

TITLE = "关于印发《年度省直阅读推广工作要点》的通知"
ISSUED = "年度省直阅读推广工作要点"
POINTS = [
    "一、健全阅读机制",
    "1.理顺工作安排。各单位明确一名负责人牵头，做到年初有计划、每季有活动、年终有总结。",
    "二、丰富阅读活动",
    "2.办好读书分享。围绕业务所需和职工所盼，每季度集中交流不少于1次。",
    "三、完善阅读条件",
    "3.建好职工书屋。及时更新图书，方便职工借阅，管理人员实行实名登记。",
]

OpenPage = Callable[..., Page]
Shoot = Callable[[Page, str], Path]


class Office:
    """Pages of the office's people, opened once each; `phones` look at a small screen."""

    def __init__(self, address: str, open_page: OpenPage, phones: set[str]) -> None:
        self.address, self.open_page, self.phones = address, open_page, phones
        self.pages: dict[str, Page] = {}

    def page_of(self, username: str) -> Page:
        if username not in self.pages:
            small = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
            page = self.open_page(**(small if username in self.phones else {}))
            self.pages[username] = enter(page, self.address, username)
        return self.pages[username]

    def open_task(self, username: str, title: str) -> Page:
        """Open a task from somebody's desk."""
        page = self.page_of(username)
        page.goto(f"{self.address}/")
        page.get_by_role("link", name=title).click()
        return page

    def act(self, username: str, title: str, button: str) -> Page:
        """Take the step that goes forward: two clicks from the desk."""
        page = self.open_task(username, title)
        self.forward(page, button)
        return page

    def forward(self, page: Page, button: str) -> None:
        page.locator("[data-forward]").get_by_text(button, exact=True).click()
        expect(page.locator(".told-success")).to_be_visible()


def draft(page: Page, office: str) -> None:
    page.goto(f"{office}/documents/new")
    page.get_by_label("标题").first.fill(TITLE)
    page.locator(".picker:has([data-picker=addressees]) > summary").click()
    for picked in ("省直各单位", "省管大专院校"):
        page.locator("[data-picker=addressees]").get_by_role("button", name=picked).click()
    page.locator("[name=body]").fill(f"现将《{ISSUED}》印发给你们，请结合各自实际抓好落实。")
    page.get_by_text("所印发的文件").click()
    page.locator("[name=issued_title]").fill(ISSUED)
    page.locator("[name=issued_body]").fill("\n".join(POINTS))
    page.locator("[name=copy_to]").fill("省文明办")
    for account in ("countersigner1", "countersigner2"):
        page.locator(f"[name=countersigners][value={account}]").check()
    expect(page.locator("[data-kept]")).to_contain_text("自动保存", timeout=15_000)
    expect(page.locator(PAPER).first).to_be_visible(timeout=60_000)


@pytest.mark.timeout(300)
def test_a_notice_goes_from_the_editor_to_the_archive(
    live_office: str, open_page: OpenPage, shoot: Shoot, tmp_path: Path
) -> None:
    office = Office(live_office, open_page, phones={"signatory"})
    drafter = office.page_of("drafter")
    draft(drafter, live_office)
    assert drafter.locator("[name=addressees]").input_value() == "省直各单位、省管大专院校"
    drafter.evaluate("scrollTo(0, 0)")
    shoot(drafter, "editor")
    drafter.get_by_role("button", name="保存并送审").click()
    expect(drafter.locator(".told-success")).to_contain_text("部门核稿")
    document = drafter.url.partition("?")[0]
    shoot(drafter, "document-drafter")

    head = office.open_task("unit_head", TITLE)
    expect(head.locator(PAPER).first).to_be_visible(timeout=60_000)
    shoot(head, "document-unit-review")
    office.act("unit_head", TITLE, "同意")
    office.act("countersigner1", TITLE, "会签同意")
    page = office.open_task("countersigner2", TITLE)
    page.locator(".step-forward").get_by_role("button", name="同意。", exact=True).click()
    office.forward(page, "会签同意")
    office.act("clerk", TITLE, "审核通过")

    phone = office.open_task("signatory", TITLE)
    expect(phone.locator(PAPER).first).to_be_visible(timeout=60_000)
    expect(phone.get_by_role("button", name="签发", exact=True)).to_be_in_viewport()
    phone.screenshot(path=shoot(phone, "sign-phone-whole").with_name("sign-phone.png"))
    phone.get_by_role("button", name="签发", exact=True).click()
    expect(phone.locator(".told-success")).to_be_visible()

    office.act("clerk", TITLE, "复核无误")
    registrar = office.open_task("registrar", TITLE)
    number = registrar.locator(".next-number").inner_text()
    shoot(registrar, "register-one")
    registrar.get_by_role("button", name="登记编号", exact=True).click()
    expect(registrar.locator(".told-success")).to_contain_text(number)
    for button in ("送印", "清样校对无误，印毕", "用印", "印发"):
        registrar.goto(document)
        office.forward(registrar, button)

    drafter.goto(f"{live_office}/archive?q=阅读推广")
    drafter.get_by_role("link", name=TITLE).first.click()
    expect(drafter.locator(PAPER).first).to_be_visible(timeout=60_000)
    expect(drafter.locator(".doc-head .number")).to_have_text(number)
    with drafter.expect_download() as download:
        drafter.get_by_role("link", name="DOCX").click()
    saved = tmp_path / "issued.docx"
    download.value.save_as(saved)
    assert download.value.suggested_filename == f"{number} {TITLE}.docx"
    words = "".join(p.text for p in docx.Document(io.BytesIO(saved.read_bytes())).paragraphs)
    assert number in words
    assert POINTS[1] in words

    archivist = office.page_of("archivist")
    archivist.goto(document)
    archivist.get_by_role("button", name="归档", exact=True).click()
    expect(archivist.locator(".told-success")).to_be_visible()
    shoot(archivist, "document-archived")
    archivist.goto(f"{document}/slip")
    expect(archivist.locator(".slip")).to_contain_text("会签人乙")
    shoot(archivist, "slip")
