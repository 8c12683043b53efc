"""One campaign in real browsers: a page for each of its people, and what is found wrong on the way."""

from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.conftest import PHONE
from tests.e2e.looking import OpenPage, Shoot, chinese_words, english_words, faults_of, in_english
from tests.e2e.people import enter

TOLD = "main > .told-success"
CATEGORY = "文明服务窗口"
ON_THE_PHONE = {"unit1"}
# Names of the demonstration office's own, which stay as they are in any language.
NAMES = ("省交通运输厅", "省直示范系统党委", "省直文明委", "文明单位标兵", "文明单位", "文明服务窗口")
NAMES += ("文明家庭", "省直文明单位创建申报", "年度", "测评体系", "中文")


class Round:
    """One campaign: the pages of its people, opened once each, and what has come of it so far.

    The unit is at its phone; looked at thoroughly it is at a desk, and each page is seen on a phone besides.
    """

    def __init__(
        self, office: str, folder: Path, open_page: OpenPage, shoot: Shoot, *, thorough: bool
    ) -> None:
        self.office, self.folder, self.open_page, self.shoot = office, folder, open_page, shoot
        self.thorough, self.faults = thorough, dict[str, list[str]]()
        self.pages: dict[str, Page] = {}
        self.campaign = self.application = self.number = ""

    def page_of(self, username: str) -> Page:
        if username not in self.pages:
            small = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
            page = self.open_page(**(small if username in ON_THE_PHONE and not self.thorough else {}))
            self.pages[username] = enter(page, self.office, username)
        return self.pages[username]

    def go(self, username: str, path: str) -> Page:
        page = self.page_of(username)
        page.goto(f"{self.office}{path}")
        return page

    def look(self, page: Page, name: str) -> None:
        """Note what is wrong with a page; closely, and in English on a phone, where that is wanted."""
        found = faults_of(page, thorough=self.thorough) + english_words(page)
        if self.thorough:
            self.shoot(page, f"application-{name}")
            small = in_english(page, self.open_page)
            self.shoot(small, f"application-{name}-english")
            found += [*faults_of(small, thorough=True), *chinese_words(small, NAMES)]
            small.context.close()
        if found:
            self.faults[name] = found


def press(page: Page, action: str) -> None:
    """Press the button of the form that does something."""
    page.locator(
        f"main form[action$='{action}'] button.primary, main form[action$='{action}'] button"
    ).first.click()
