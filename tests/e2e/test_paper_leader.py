"""The clerk of a leader who signs on paper: from the draft over the printed sheet to the sealed scan."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.people import enter
from tests.scans import scan
from tests.web.api.caller import Everybody, OverHttp

TITLE = "关于做好节日期间值班工作的通知"
CONTENT = {
    "type": "通知",
    "title": TITLE,
    "addressees": "省直各单位",
    "body": "节日期间值班工作安排如下。\n一、落实值班。各单位安排专人值班。",
    "copy_to": "省委宣传部",
    "attachments": [{"title": "值班安排表", "body": "各单位自行填写。"}],
}
SIGNED, SEALED = scan("PDF", 250), scan("PNG", 240)
MM, PX = 72 / 25.4, 96 / 25.4  # points and pixels to the millimetre

OpenPage = Callable[..., Page]
Shoot = Callable[[Page, str], Path]


def act(everybody: Everybody, document: str, *steps: tuple[str, str]) -> None:
    """Take others' steps over the API: their screens are played elsewhere."""
    for who, action in steps:
        version = everybody(who).document(document)["version"]
        taken = everybody(who).act(document, action, version)
        assert taken.status == 200, taken.body


def found_at(pdf: pypdfium2.PdfDocument, words: str) -> tuple[float, float]:
    """Return where words begin on the first page, in mm from its left and its top."""
    text = pdf[0].get_textpage()
    place = text.search(words).get_next()
    assert place is not None, f"{words} is not printed"
    left, _, _, top = text.get_charbox(place[0])
    return left / MM, (pdf[0].get_height() - top) / MM


def measure_the_empty_sheet(page: Page, slip: str, shoot: Shoot) -> None:
    """Print the sheet and look where its boxes are, and how much room the first has."""
    page.goto(slip)
    printed = page.pdf(prefer_css_page_size=True)
    with pypdfium2.PdfDocument(printed) as pdf:
        assert len(pdf) == 1
        assert [round(side / MM) for side in pdf[0].get_size()] == [210, 297]
        stamp, signing, countersign = (found_at(pdf, words) for words in ("全宗号", "签发", "会签"))
        title, last = found_at(pdf, "标题"), found_at(pdf, "印制编号")
    assert stamp[0] > 120 > countersign[0] > 90 > 40 > signing[0]
    assert stamp[1] < 25 < signing[1] < title[1] < last[1] < 270
    assert abs(signing[1] - countersign[1]) < 1
    page.emulate_media(media="print")
    high = page.locator(".slip-high td").first.bounding_box()
    page.emulate_media(media="screen")
    assert high is not None
    assert round(high["height"] / PX) >= 40
    assert round(high["width"] / PX) > 55
    shoot(page, "paper-slip-empty")


@pytest.mark.long
def test_a_leader_signs_on_paper_from_the_draft_to_the_sealed_scan(
    live_office: str, open_page: OpenPage, shoot: Shoot
) -> None:
    clerk = enter(open_page(), live_office, "clerk")
    everybody = Everybody(OverHttp(live_office))
    document = everybody("drafter").draft(CONTENT).json["id"]
    act(everybody, document, ("drafter", "submit"), ("unit_head", "approve"), ("clerk", "approve"))
    address = f"{live_office}/documents/{document}"

    measure_the_empty_sheet(clerk, f"{address}/slip", shoot)
    clerk.goto(f"{address}/enter")
    clerk.get_by_label("意见原文").fill("同意，请按程序印发。")
    clerk.get_by_role("button", name="代录：签发").click()
    expect(clerk.get_by_role("alert")).to_contain_text("请上传签批件的扫描件")
    assert clerk.get_by_label("意见原文").input_value() == "同意，请按程序印发。"
    clerk.get_by_label("签批件扫描件").set_input_files(
        FilePayload(name="签批件.pdf", mimeType="application/pdf", buffer=SIGNED)
    )
    assert Axe().run(clerk).response["violations"] == []
    shoot(clerk, "paper-enter")
    clerk.get_by_role("button", name="代录：签发").click()
    expect(clerk.locator(".told-success")).to_contain_text("复核")
    expect(clerk.locator(".way")).to_contain_text("签发 · 主任（代录）")
    opinion = clerk.locator(".opinions li").first
    expect(opinion).to_contain_text("文秘代录，纸质")
    link = opinion.get_by_role("link", name="扫描件")
    assert clerk.request.get(f"{live_office}{link.get_attribute('href')}").body() == SIGNED

    act(everybody, document, ("clerk", "check"), ("registrar", "register"), ("registrar", "send_to_print"))
    act(everybody, document, ("registrar", "finish_printing"), ("registrar", "seal"))
    registrar = enter(open_page(), live_office, "registrar")
    registrar.goto(address)
    sealed = FilePayload(name="盖章扫描件.png", mimeType="image/png", buffer=SEALED)
    registrar.get_by_label("用印后的扫描件").set_input_files(sealed)
    registrar.get_by_role("button", name="归入这份公文").click()
    expect(registrar.locator(".told-success")).to_contain_text("用印件已归入")
    shoot(registrar, "paper-sealed")
    registrar.locator("[data-forward]").get_by_text("印发", exact=True).click()
    expect(registrar.locator(".told-success")).to_be_visible()

    drafter = everybody("drafter")
    files = {file["format"]: file for file in drafter.document(document)["files"]}
    assert files["sealed"]["size"] == len(SEALED)
    movements = drafter.get(f"/documents/{document}/movements").json["items"]
    (sign,) = [one for one in movements if one["action"] == "sign"]
    assert (sign["actor"], sign["on_behalf_of"]) == ("clerk", "signatory")
    clerk.goto(f"{address}/slip")
    box = clerk.locator("tr.slip-high td").first
    expect(box).to_contain_text("同意，请按程序印发。")
    expect(box).to_contain_text("（文秘代录，纸质")
    shoot(clerk, "paper-slip-full")
