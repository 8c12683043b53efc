"""One campaign in real browsers: a page for each of its people, and what is found wrong on the way."""

import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.conftest import PHONE
from tests.e2e.looking import OpenPage, Shoot, chinese_words, english_words, faults_of, in_english
from tests.e2e.people import enter

TOLD = "main > .told-success"
CATEGORY = "文明服务窗口"
ON_THE_PHONE = {"unit1"}
# What people wrote stays as it is in any language: these columns, and words that are in no table.
WRITTEN = """
users.name units.name posts.title categories.name campaigns.title campaigns.term
consulted_bodies.name consulted_bodies.about indicator_sets.name indicators.text indicators.material
negative_items.text objections.name public_notices.title public_notices.text documents.title
documents.number titles.number
"""
NATURES = ("机关", "人民团体", "事业单位", "国有企业", "民营企业", "社会组织")
NAMES = (*NATURES, "省直文明委", "河南省省直机关精神文明建设委员会", "年度", "中文")


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

    def look(self, page: Page, name: str, *, words: bool = True) -> None:
        """Note what is wrong with a page; closely, and in English on a phone, where that is wanted.

        words: whether its words are looked at in English too; a notice's page is full of what people wrote.
        """
        found = faults_of(page, thorough=self.thorough) + english_words(page)
        if self.thorough:
            self.shoot(page, f"application-{name}")
            small = in_english(page, self.open_page)
            self.shoot(small, f"application-{name}-english")
            found += faults_of(small, thorough=True)
            found += chinese_words(small, self.names()) if words else []
            small.context.close()
        if found:
            self.faults[name] = found

    def names(self) -> set[str]:
        """Return what stands in the office's tables in the words of its people."""
        found = set(NAMES)
        with closing(sqlite3.connect(self.folder / "hongtou.db", timeout=20)) as database:
            for table, column in (one.split(".") for one in WRITTEN.split()):
                found.update(row[0] for row in database.execute(f"SELECT {column} FROM {table}") if row[0])
        return found


def press(page: Page, action: str) -> None:
    """Press the button of the form that does something."""
    page.locator(
        f"main form[action$='{action}'] button.primary, main form[action$='{action}'] button"
    ).first.click()
