"""The administrator's pages of people on a phone, and a colleague's first sign-in."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import PHONE
from tests.e2e.people import enter

NEW = "一江春水向东流-2024"


def faultless(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


@pytest.mark.long
def test_a_new_colleague_comes_in_with_the_password_that_the_administrator_was_shown(
    live_office: str, phone: Page, open_page: Callable[..., Page]
) -> None:
    admin = enter(phone, live_office, "admin")
    for path in ("units/1", "people/unit_head/handover"):
        admin.goto(f"{live_office}/administration/{path}")
        faultless(admin)
    admin.goto(f"{live_office}/administration/new-person")
    admin.get_by_label("姓名").fill("赵某")
    admin.get_by_label("用户名").fill("zhao")
    admin.get_by_role("button", name="开立账号").click()
    password = admin.locator("code.one-time").inner_text()

    page = open_page()
    page.goto(f"{live_office}/sign-in")
    page.get_by_label("用户名").fill("zhao")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{live_office}/password")
    page.get_by_label("当前密码").fill(password)
    page.get_by_label("新密码", exact=True).fill(NEW)
    page.get_by_label("再次输入新密码").fill(NEW)
    page.locator("main").get_by_role("button", name="修改密码").click()
    page.wait_for_url(f"{live_office}/")
