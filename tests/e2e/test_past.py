"""Past documents in a real browser: a folder is sent file by file, checked, entered, and shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import opening_day
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.people import enter
from tests.workflow.intake.past import register, row

CODE = "豫直文明办"
FIRST, SECOND = "关于开展读书月活动的通知", "关于表彰先进的决定"
ROWS = [
    row(字号=f"{CODE}〔2019〕1号", 标题=FIRST, 成文日期="2019-03-05", 印发日期=None),
    row(字号=f"{CODE}[2019]第3号", 标题=SECOND, 成文日期="2019-05-05", 印发日期=None),
    row(字号=f"{CODE}（2019）1号", 标题="关于同号的函", 成文日期="2019-06-05", 印发日期=None),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "登记簿.xlsx").write_bytes(register(*ROWS))
    (tmp_path / "错.xlsx").write_bytes(register(*ROWS, row(字号=f"{CODE}〔2019〕4号", 成文日期="去年")))
    files = tmp_path / "往年公文"
    files.mkdir()
    (files / f"{CODE}2019-1 {FIRST}.pdf").write_bytes(opening_day.pdf([FIRST]))
    (files / f"{CODE}2019-3.jpg").write_bytes(opening_day.scan(3))
    (files / "说明.txt").write_text("不是公文")
    return tmp_path


def look(page: Page, shoot: Callable[[Page, str], Path], name: str) -> None:
    """Let axe look at a page as it is on a phone, and keep pictures of it there and on the desk."""
    shoot(page, f"{name}-{DESK['width']}")
    page.set_viewport_size(PHONE)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    shoot(page, f"{name}-{PHONE['width']}")
    page.set_viewport_size(DESK)


@pytest.mark.long
def test_a_register_and_a_folder_come_in_and_are_found(
    page: Page, live_office: str, folder: Path, shoot: Callable[[Page, str], Path]
) -> None:
    enter(page, live_office, "clerk")
    page.goto(f"{live_office}/imports")
    page.get_by_role("link", name="历史公文").first.click()
    page.get_by_label("发文登记簿（XLSX）").set_input_files(folder / "错.xlsx")
    page.get_by_role("button", name="下一步：上传文件").click()
    page.get_by_label("或选择整个文件夹").set_input_files(folder / "往年公文")
    expect(page.get_by_role("heading", name="文件 3")).to_be_visible()
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_text("共有 1 处错误")).to_be_visible(timeout=30_000)
    expect(page.locator(".findings").first).to_contain_text("C 成文日期")
    look(page, shoot, "past-refused")
    page.get_by_label("发文登记簿（XLSX）").set_input_files(folder / "登记簿.xlsx")
    page.get_by_role("button", name="检查改正后的登记簿").click()
    confirm = page.get_by_role("button", name="导入 3 份公文")
    expect(confirm).to_be_visible(timeout=30_000)
    look(page, shoot, "past-ready")
    confirm.click()
    expect(page.get_by_text("公文已导入，可按字号和文字检索")).to_be_visible(timeout=30_000)
    page.get_by_label("检索已印发公文").fill(f"{CODE}【2019】3")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=SECOND).click()
    expect(page.locator("[data-paper][data-state=ready] img")).to_be_visible(timeout=30_000)
    look(page, shoot, "past-document")
