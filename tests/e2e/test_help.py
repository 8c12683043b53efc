"""Each role's help prints on two pages, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.e2e.people import enter

ROLES = ["drafter", "approver", "clerk", "registrar", "archivist", "administrator"]


@pytest.mark.long
@pytest.mark.parametrize("language", ["中文", "English"])
def test_a_role_s_help_is_two_printed_pages(
    live_office: str, page: Page, language: str, shoot: Callable[..., Path]
) -> None:
    enter(page, live_office, "drafter")
    if language == "English":
        page.get_by_role("button", name="English").click()
    pages = {}
    for role in ROLES:
        page.goto(f"{live_office}/help/{role}")
        with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
            pages[role] = len(printed)
    shoot(page, f"help-{language}")
    assert pages == dict.fromkeys(ROLES, 2)
