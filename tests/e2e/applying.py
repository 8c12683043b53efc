"""The units' side of a campaign: announced, filled in, submitted, recommended, corrected."""

import io
import random
import re
from datetime import datetime, timedelta

import docx
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.round import CATEGORY, TOLD, Round
from tests.files import pdf_file
from workflow import clock

WRITTEN = {
    "主要负责人": "主要负责人甲",
    "分管负责人": "分管负责人乙",
    "职工人数": "120",
    "党员人数": "80",
    "单位地址": "示范路1号",
    "联系人": "联络员丙",
    "联系电话": "0371-60000000",
    "创建概况": "政务服务窗口常年开展创建，群众满意度逐年提高。",
    "主要做法与成效": "一次告知、限时办结，设立无障碍通道和便民服务点。",
}


def picture(seed: int) -> bytes:
    """Return a picture that takes a moment to send over a slow connection."""
    stream = io.BytesIO()
    Image.frombytes("RGB", (200, 150), random.Random(seed).randbytes(90_000)).save(stream, "PNG")
    return stream.getvalue()


WANTED = "请补充特色亮点，并重新盖章。"
PHOTO = FilePayload(name="现场照片.png", mimeType="image/png", buffer=picture(1))
LARGE_PHOTO = FilePayload(name="大厅照片.png", mimeType="image/png", buffer=picture(2))
SEALED = FilePayload(name="扫描件.pdf", mimeType="application/pdf", buffer=pdf_file())


def announce(round_: Round) -> None:
    """Let the clerk copy this year's campaign, put its dates right and announce it."""
    page = round_.go("clerk", "/campaigns")
    year = (clock.today() - timedelta(days=10)).year  # in which the demonstration's campaign has opened
    page.get_by_role("link", name=f"{year}年度省直文明单位创建申报").click()
    page.get_by_role("button", name="复制为下一年度批次").click()
    expect(page.locator(TOLD)).to_contain_text("这是复制的批次")
    round_.campaign = page.url.rpartition("/")[2]
    round_.look(page, "campaign-copied")
    page.locator("#sheet").get_by_role("link", name="修改").click()
    now = datetime.now(clock.SHANGHAI)
    page.get_by_label("开始", exact=True).fill(f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}")
    page.get_by_label("截止", exact=True).fill(f"{now + timedelta(days=7):%Y-%m-%dT%H:%M}")
    page.get_by_label("公示天数", exact=False).fill("1")
    page.get_by_label("计算单位").select_option("calendar")
    page.get_by_label("每件申报每种方法的评审人数").fill("2")
    round_.look(page, "campaign-sheet")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="发布").click()
    expect(page.locator(TOLD)).to_contain_text("批次已发布")
    round_.look(page, "campaign-announced")


def apply(round_: Round) -> None:
    """Let the unit see whether it may apply, begin and fill in, on a phone."""
    page = round_.page_of("unit1")
    page.wait_for_url(f"{round_.office}/portal")
    round_.look(page, "portal")
    of_this = page.locator(f"form[action$='/{round_.campaign}/window']")
    of_this.get_by_role("button", name=f"申报 {CATEGORY}").click()
    round_.application = page.url.split("/")[-2]
    for label, text in WRITTEN.items():
        page.get_by_label(label, exact=True).fill(text)
    for one in page.locator(".indicator").all():
        points = one.get_by_label(re.compile("自评分"))
        points.fill(str(int(points.get_attribute("data-full") or "0") // 100))
        one.get_by_label(re.compile("情况说明")).fill("有制度、有记录、有成效。")
    expect(page.locator("[data-kept]")).to_contain_text("自动暂存", timeout=10_000)
    round_.look(page, "form-kept")


def seal_and_submit(round_: Round) -> None:
    """Let the unit send its evidence, print the form, bring the sealed scan and submit."""
    page = round_.page_of("unit1")
    for place in page.locator(".indicator .evidence:has(small)").all():
        attach(place, PHOTO)
    large = page.locator(".indicator .evidence").first
    slow(page)
    large.locator("[data-send]").set_input_files(LARGE_PHOTO)
    expect(large.locator("progress")).to_be_visible()
    round_.look(page, "form-sending")
    expect(large.locator("ul li")).to_have_count(2, timeout=20_000)
    slow(page, at_all=False)
    expect(page.locator("[data-lacks] a")).to_have_count(2)
    page.get_by_label(re.compile("本单位已逐条对照")).check()
    page.locator(".bar").get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(TOLD)).to_contain_text("申报已保存")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载申报表（DOCX）").click()
    assert "申报表" in download.value.suggested_filename
    words = "".join(
        cell.text for table in docx.Document(download.value.path()).tables for cell in table._cells
    )
    assert WRITTEN["创建概况"] in words
    send_sealed(round_, page)
    expect(page.locator("[data-lacks] a")).to_have_count(0)
    round_.look(page, "form-complete")
    page.get_by_role("button", name="保存并提交").click()
    expect(page.locator(TOLD)).to_contain_text("申报已提交")
    round_.look(page, "submitted")


def attach(place: Locator, file: FilePayload) -> None:
    """Send a file in at an indicator; wait until it stands there."""
    place.locator("[data-send]").set_input_files(file)
    expect(place.locator("ul li")).to_have_count(1, timeout=20_000)


def send_sealed(round_: Round, page: Page) -> None:
    """Send the sealed form in with the check code that stands at its foot."""
    code = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", page.locator("#sealed .how").inner_text())
    assert code is not None
    page.get_by_label("扫描件页末的校验码").fill(code[0])
    attach(page.locator("[data-place=signed_form]"), SEALED)
    expect(page.locator("[data-standing]")).to_contain_text("一致", timeout=10_000)


def slow(page: Page, *, at_all: bool = True) -> None:
    """Let the phone's connection be as slow as one is in the country, or as it was."""
    up = 60_000 if at_all else -1
    offline = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": up}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", offline)


def recommend_and_correct(round_: Round) -> None:
    """Let the body recommend, the clerk ask for a correction, the unit answer it, the clerk qualify."""
    body = round_.page_of("recommender")
    round_.look(body, "recommendations")
    body.locator(f"a[href$='{round_.application}']").first.click()
    round_.look(body, "recommending")
    body.get_by_role("button", name="同意推荐").click()
    expect(body.locator(TOLD)).to_be_visible()
    clerk = round_.go("clerk", f"/campaigns/{round_.campaign}")
    clerk.locator("#stages").get_by_role("link", name="资格审查").click()
    round_.look(clerk, "applications")
    clerk.locator(f"a[href$='{round_.application}']").click()
    round_.look(clerk, "qualifying")
    clerk.get_by_text("要求补正…").click()
    clerk.locator("#comment-ask_amendment").fill(WANTED)
    clerk.get_by_role("button", name="要求补正").click()
    expect(clerk.locator(TOLD)).to_contain_text("补正")
    unit = round_.go("unit1", "/portal")
    expect(unit.locator(".told-warning")).to_contain_text(WANTED)
    round_.look(unit, "portal-correction")
    unit.get_by_role("link", name=re.compile("继续填写")).click()
    unit.get_by_label("特色亮点").fill("“一窗受理”改革经验在省直机关推广。")
    unit.locator(".bar").get_by_role("button", name="保存", exact=True).click()
    expect(unit.locator("[data-standing]")).to_contain_text("重新")
    unit.locator("[data-place=signed_form]").get_by_role("button", name="移除").click()
    send_sealed(round_, unit)
    unit.get_by_role("button", name="保存并提交补正").click()
    expect(unit.locator(TOLD)).to_contain_text("申报已提交")
    clerk.goto(f"{round_.office}/applications/{round_.application}")
    clerk.get_by_role("button", name="资格审查合格").click()
    expect(clerk.locator(TOLD)).to_contain_text("材料审核")
