"""The editor's scripts: pasting, saving by itself, what happens when the session ends."""

from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.people import PAPER, enter
from tests.files import OLE, pdf_file, xlsx_file

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><h1 style='x'>一、复查范围<o:p></o:p></h1>
<p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US>&nbsp;&nbsp;</span>在届的<b>文明
单位</b>、文明校园。</p>
<p class=MsoListParagraph><![if !supportLists]><span
style='mso-list:Ignore'>（一）<span>&nbsp; </span></span><![endif]>单位自查。</p>
<ol><li>自查报告</li><li>佐证图片</li></ol>
<table class=MsoTableGrid><tr><td><p>类别</p></td><td><p>时限</p></td></tr>
<tr><td><p>文明<br>单位</p></td><td><p>九月|十月</p></td></tr><tr><td colspan=2><p>合计</p></td></tr></table>
<div>特此通知。</div><!--EndFragment--></body></html>"""
LINES = [
    "一、复查范围",
    "在届的文明单位、文明校园。",
    "（一）单位自查。",
    "1.自查报告",
    "2.佐证图片",
    "| 类别 | 时限 |",
    "| --- | --- |",
    "| 文明 单位 | 九月｜十月 |",
    "| 合计 |  |",
    "特此通知。",
]
PASTE = """(area, [type, text]) => {
  const data = new DataTransfer();
  data.setData(type, text);
  if (type === "text/html") data.setData("text/plain", "不该用这个");
  area.focus();
  area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def editor(page: Page, live_office: str) -> Page:
    enter(page, live_office, "countersigner1")
    page.goto(f"{live_office}/documents/new")
    if page.get_by_role("button", name="放弃").first.is_visible():
        page.get_by_role("button", name="放弃").first.click()
    page.evaluate("localStorage.clear()")
    page.reload()
    return page


def test_what_is_pasted_from_word_keeps_paragraphs_levels_and_tables(editor: Page) -> None:
    body = editor.locator("[name=body]")
    body.fill("前文。\n")
    body.press("End")
    body.evaluate(PASTE, ["text/html", WORD])
    assert body.input_value().split("\n") == ["前文。", *LINES]


def test_cells_pasted_from_a_spreadsheet_become_a_table(editor: Page) -> None:
    body = editor.locator("[name=body]")
    body.evaluate(PASTE, ["text/plain", "类别\t时限\r\n单位\t九月\r\n以上。"])
    assert body.input_value() == "| 类别 | 时限 |\n| --- | --- |\n| 单位 | 九月 |\n以上。"


def test_what_was_typed_is_offered_on_return(editor: Page, live_office: str) -> None:
    editor.locator("[name=title]").fill("关于打到一半的通知")
    editor.locator("[data-add]").click()
    editor.locator("[name=attachment_title]").fill("附表")
    expect(editor.locator("[data-kept]")).to_contain_text("自动保存", timeout=15_000)
    editor.goto(f"{live_office}/")
    editor.goto(f"{live_office}/documents/new")
    assert editor.locator("[name=title]").input_value() == ""
    editor.get_by_role("link", name="恢复").click()
    assert editor.locator("[name=title]").input_value() == "关于打到一半的通知"
    assert editor.locator("[name=attachment_title]").input_value() == "附表"


def test_when_the_session_ends_the_editor_says_so_and_loses_nothing(editor: Page, live_office: str) -> None:
    elsewhere = editor.context.new_page()
    elsewhere.goto(f"{live_office}/")
    elsewhere.get_by_role("button", name="退出").click()
    elsewhere.wait_for_url("**/sign-in*")
    editor.locator("[name=title]").fill("会话结束后写的标题")
    editor.locator("[name=body]").fill("会话结束后写的正文。")
    expect(editor.locator("[data-kept] a")).to_be_visible(timeout=15_000)

    enter(elsewhere, live_office, "countersigner1")
    editor.locator("[name=note]").fill("此件公开发布")
    expect(editor.locator("[data-kept]")).to_contain_text("自动保存", timeout=15_000)
    editor.get_by_role("button", name="保存草稿").click()
    expect(editor.locator("h1")).to_have_text("会话结束后写的标题")


def test_what_only_the_browser_kept_is_offered(editor: Page, live_office: str) -> None:
    editor.route("**/typed", lambda route: route.abort())
    editor.evaluate("navigator.sendBeacon = () => false")  # the last word of a page that is left: not routed
    editor.locator("[name=title]").fill("断网时写的标题")
    expect(editor.locator("[data-kept]")).to_contain_text("浏览器", timeout=15_000)
    editor.reload()
    assert editor.locator("[name=title]").input_value() == ""
    editor.locator("[data-restore]").click()
    assert editor.locator("[name=title]").input_value() == "断网时写的标题"


def test_the_paper_follows_what_is_typed(editor: Page) -> None:
    editor.locator("[name=title]").fill("关于看得见的通知")
    editor.locator("[name=body]").fill("第一版。")
    expect(editor.locator(PAPER).first).to_be_visible(timeout=60_000)
    before = editor.locator(PAPER).first.get_attribute("src")
    editor.locator("[name=body]").fill("第二版，与前一版不同。")
    expect(editor.locator(PAPER).first).not_to_have_attribute("src", before or "", timeout=60_000)


def test_a_word_file_fills_the_form(editor: Page, tmp_path: Path) -> None:
    draft = tmp_path / "来稿.docx"
    document = docx.Document()
    for line in ("关于报送材料的通知", "各处室：", "请于月底前报送材料。"):
        document.add_paragraph(line)
    document.save(str(draft))
    editor.get_by_text("导入 Word 文件或粘贴的文字").click()
    editor.locator("[name=draft_file]").set_input_files(draft)
    editor.get_by_role("button", name="填入下面的各栏").click()
    expect(editor.locator("[name=title]")).to_have_value("关于报送材料的通知")
    assert editor.locator("[name=addressees]").input_value() == "各处室"
    assert editor.locator("[name=body]").input_value() == "请于月底前报送材料。"
    assert editor.locator("[data-attachment]").count() == 0


def test_after_saving_nothing_is_offered_again(editor: Page, live_office: str) -> None:
    editor.locator("[name=title]").fill("关于存好了的通知")
    editor.locator("[name=body]").fill("正文。")
    editor.get_by_role("button", name="保存草稿").click()
    expect(editor.locator("h1")).to_have_text("关于存好了的通知")
    editor.goto(f"{live_office}/documents/new")
    expect(editor.locator(".offer:visible")).to_have_count(0)


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_files_go_with_the_paper_and_open_in_place_on_a_phone(
    page: Page, phone: Page, live_office: str, tmp_path: Path
) -> None:
    for name, data in {"报名表.xlsx": xlsx_file(), "来文.pdf": pdf_file(2), "旧表.xls": OLE}.items():
        (tmp_path / name).write_bytes(data)
    enter(page, live_office, "drafter")
    page.goto(f"{live_office}/documents/new")
    page.locator("[name=title]").fill("关于带附件的通知")
    page.locator("[name=body]").fill("请填报名表。")
    page.locator("[data-uploads-many]").set_input_files(tmp_path / "报名表.xlsx")
    expect(page.locator("[data-is-file] [name=attachment_title]")).to_have_value("报名表")
    page.get_by_text("供审批参考").click()
    page.locator("[name=basis]").fill("根据年度工作安排。")
    page.locator("[data-references-many]").set_input_files([tmp_path / "来文.pdf", tmp_path / "旧表.xls"])
    expect(page.locator("[data-reference] [data-refused]").nth(1)).to_contain_text("旧格式")
    page.locator("[data-reference] .drop").nth(1).click()
    page.locator("[name=disclosure]").select_option("主动公开")
    expect(page.locator("[name=disclosure_reason]")).to_be_hidden()
    expect(page.locator("[data-file-name]", has_text="来文.pdf")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="保存并送审").click()
    expect(page.locator("h1")).to_have_text("关于带附件的通知")

    enter(phone, live_office, "unit_head")
    phone.goto(page.url.partition("?")[0])
    expect(phone.locator(".facts")).to_contain_text("根据年度工作安排。")
    comment = phone.locator("#comment-approve")
    comment.fill("已看附件，")
    phone.get_by_role("link", name="附件1").tap()
    expect(phone.get_by_role("cell", name="第一处")).to_be_visible()
    assert faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("link", name="参阅1").tap()
    expect(phone.locator(f".shown-file {PAPER}").nth(1)).to_be_visible(timeout=60_000)
    expect(comment).to_have_value("已看附件，")
    expect(phone.get_by_role("button", name="同意", exact=True).last).to_be_visible()
