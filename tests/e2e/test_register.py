"""The register in a real browser: a start is confirmed, forty numbers are printed on A4 landscape."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.people import enter
from tests.office import Office

SERIES = "豫直文明委"
MM = 72 / 25.4
HEADS = ("序号", "发文字号", "标题", "文种", "成文日期", "印发日期", "份数", "签发人", "拟稿部门")


@pytest.fixture(scope="module")
def live_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield an office of this file's own: where a series starts is settled before its first number."""
    office = Office(HONGTOU_DATA_DIR=str(tmp_path_factory.mktemp("register")))
    yield office.wait_until_ready()
    assert office.stop() == 0


@pytest.fixture
def written(page: Page, live_office: str) -> Page:
    """Let the series start with 41: forty numbers before it are missing."""
    enter(page, live_office, "registrar")
    page.goto(f"{live_office}/register/start")
    card = page.locator("section.start", has_text=SERIES)
    if "〕41号" not in card.inner_text():
        card.locator("summary").click()
        card.get_by_label("起始号").fill("41")
        card.get_by_label("原因").fill("与纸质登记簿核对")
        card.get_by_role("button").click()
        expect(card.get_by_role("alert")).to_contain_text("40个号")
        card.get_by_role("button").click()
        expect(page.locator(".told-success")).to_be_visible()
    return page


@pytest.mark.long
def test_the_printed_register_is_a4_landscape_with_its_head_on_every_page(
    written: Page, live_office: str, tmp_path: Path
) -> None:
    written.goto(f"{live_office}/register/print?series={SERIES}")
    path = tmp_path / "register.pdf"
    written.pdf(path=path, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    assert len(document) >= 2
    rows = 0
    for number, page in enumerate(document, 1):
        assert [round(side / MM) for side in page.get_size()] == [297, 210]
        text = page.get_textpage()
        words = text.get_text_bounded()
        assert all(head in words for head in HEADS), number
        assert f"— {number} —" in words
        rows += words.count("缺号")
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
        assert min(left for left, _, _, _ in boxes) > 11 * MM
        assert max(right for _, _, right, _ in boxes) < (297 - 11) * MM
        head = text.search("发文字号").get_next()
        top = max(text.get_charbox(head[0] + place)[3] for place in range(head[1]))
        assert (210 - top / MM) < 45  # mm from the paper's top
    assert rows == 40
    document.close()


def test_axe_finds_nothing_on_the_register_s_pages(written: Page, live_office: str) -> None:
    written.set_viewport_size({"width": 390, "height": 844})
    written.goto(f"{live_office}/register?series={SERIES}")
    number = written.locator("th.number a").first.get_attribute("href")
    for address in ("", "/start", "/print", number.removeprefix("/register")):
        written.goto(f"{live_office}/register{address}")
        written.evaluate("document.querySelectorAll('main details').forEach((part) => (part.open = true))")
        found = Axe().run(written).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], address
        assert written.evaluate("document.documentElement.scrollWidth") <= 390, address
