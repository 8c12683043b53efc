"""A document's pages have no fault that axe finds, on a desk and on a phone, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.people import enter


@pytest.mark.parametrize(
    ("size", "language"),
    [(DESK, "zh"), (PHONE, "zh"), pytest.param(DESK, "en", marks=pytest.mark.long)],
    ids=["desk", "phone", "english"],
)
def test_axe_finds_nothing(
    live_office: str,
    open_page: Callable[..., Page],
    shoot: Callable[[Page, str], Path],
    size: dict[str, int],
    language: str,
) -> None:
    page = enter(open_page(viewport=size), live_office, "clerk")
    if language == "en":
        page.get_by_role("button", name="English").click()
    page.locator("a.title").first.click()
    document = page.url.partition("?")[0]
    for name, address in {
        "document": document,
        "edit": f"{document}/edit",
        "slip": f"{document}/slip",
        "changes": f"{document}/changes",
        "new": f"{live_office}/documents/new?base={document.rpartition('/')[2]}",
    }.items():
        page.goto(address)
        for closed in page.locator("main details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        found = Axe().run(page).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], name
        shoot(page, f"{name}-{size['width']}-{language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
