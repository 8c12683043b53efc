"""The administrator takes a workbook in in a real browser; no page of it has a fault that axe finds."""

from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.people import enter
from tests.opening_day import PEOPLE_HEADINGS
from workflow.spreadsheets import Table, read_workbook, write_workbook


def people(*units: str) -> bytes:
    rows = [(f"qw{n:02}", f"新同志{n}", unit, "drafter", "科员", "", "", "") for n, unit in enumerate(units)]
    return write_workbook([Table("人员", PEOPLE_HEADINGS, rows)])


def look(page: Page, shoot: Callable[[Page, str], Path], name: str) -> None:
    """Find no fault, on the desk and on the phone."""
    desk = page.viewport_size
    assert desk is not None
    for size, where in ((desk, "desk"), (PHONE, "phone")):
        page.set_viewport_size(size)
        found = Axe().run(page).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], (name, where)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (name, where)
        shoot(page, f"{name}-{where}")
    page.set_viewport_size(desk)


def check(page: Page, address: str, name: str, content: bytes) -> None:
    page.goto(address)
    workbook = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("表格文件（XLSX）").set_input_files(workbook)  # type: ignore[arg-type]
    page.get_by_role("button", name="检查").click()


def test_a_workbook_is_mended_looked_at_confirmed_and_its_passwords_taken(
    live_office: str, page: Page, shoot: Callable[[Page, str], Path]
) -> None:
    enter(page, live_office, "admin")
    address = f"{live_office}/imports/office"
    page.goto(address)
    look(page, shoot, "import-begin")
    check(page, address, "人员.xlsx", people("综合处", "没有的处"))
    expect(page.get_by_role("row", name="没有名为“没有的处”的部门")).to_contain_text("3 C 部门")
    look(page, shoot, "import-refused")
    check(page, address, "人员.xlsx", people("综合处", "宣传处"))
    expect(page.get_by_role("row", name="新同志1")).to_contain_text("宣传处 科员")
    look(page, shoot, "import-ready")
    page.get_by_role("button", name="确认导入").click()
    look(page, shoot, "import-done")
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载初始口令").click()
    assert taken.value.suggested_filename == "初始口令.xlsx"
    rows = read_workbook(taken.value.path().read_bytes())["初始口令"].rows
    assert [row.cells["用户名"] for row in rows] == ["qw00", "qw01"]
    page.goto(f"{live_office}/imports")
    look(page, shoot, "imports")
