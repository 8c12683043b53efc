"""A real office and a real browser (Debian's Chromium, nothing downloaded)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from docgen.pdf import font_environment
from tests.office import ROOT, Office

SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder as the browser's."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.no_cover)  # the office is another process


@pytest.fixture(scope="session")
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the demonstration office."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="session")
def live_office(office_folder: Path) -> Iterator[str]:
    """Yield the address of the demonstration office, started as `make run` does, on an empty data folder."""
    office = Office(HONGTOU_DATA_DIR=str(office_folder))
    yield office.wait_until_ready()
    assert office.stop() == 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "Chromium is missing: apt-get install -y --no-install-recommends chromium"
    with sync_playwright() as playwright:
        # Chinese glyphs for the screenshots, on a machine that has no Chinese fonts of its own.
        browser = playwright.chromium.launch(
            executable_path=chromium, args=SWITCHES, env={**os.environ, **font_environment()}
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page in a context of its own: another person, another browser.

    It takes the options of Playwright's `new_context`, such as `viewport` or `locale`.
    """
    contexts = []

    def open_page(**options: object) -> Page:
        context = browser.new_context(**({"viewport": DESK, "locale": "zh-CN"} | options))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def shoot() -> Callable[[Page, str], Path]:
    """Give a function that saves the whole page as screenshots/NAME.png."""

    def shoot(page: Page, name: str) -> Path:
        picture = (ROOT / "screenshots" / name).with_suffix(".png")
        page.screenshot(path=picture, full_page=True)
        return picture

    return shoot
