"""The DOCX is complete, reproducible and in the schema's order."""

import io
import re
import unicodedata
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from lxml import etree

from docgen import layout
from docgen.reading import read_content
from docgen.render import render
from docgen.sheet import Content, Disclosure, FileRef, Part, Particulars
from tests.docgen.twin import PARTICULARS, TWIN, notice, paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE = "| 序号 | 单位 |\n|---|---|\n| 1 | 甲 |"
RICH = notice(
    "一、总体要求。扎实推进。\n（一）范围\n1.条件\n（1）其中\n" + TABLE + "\n特此通知。",
    attachments=(Part("一览表", TABLE), Part("说明", "甲"), Part("名单", "乙")),
    copy_to="省委宣传部",
    urgency="特急",
    note="此件公开发布",
)
ALL = {
    "twin": (TWIN, PARTICULARS),
    "rich": (RICH, PARTICULARS),
    "draft": (notice("甲。"), Particulars("省直文明办文件", "省直文明办", "省直文明办")),
    "no seal": (notice("甲。", seal=False, attachments=(Part("表", "甲"),)), PARTICULARS),
    "many copies": (notice("甲。", copy_to="、".join(["示例单位"] * 900)), PARTICULARS),
    "only a rule": (Content("函", "关于支持的函", "|---|---|"), PARTICULARS),
    "markup": (notice("甲<w:p/>&amp;]]>\"'%s{0}", copy_to="<乙>&"), PARTICULARS),
}


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(params=ALL, scope="module")
def docx(request: pytest.FixtureRequest) -> bytes:
    return render(*ALL[request.param])


def test_equal_input_has_equal_bytes(docx: bytes) -> None:
    assert docx in [render(*given) for given in ALL.values()]


def test_nothing_in_the_package_tells_when_it_was_made(docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"dcterms" not in parts_of(docx)["docProps/core.xml"]


def test_no_invisible_character_and_no_theme_font_is_delivered(docx: bytes) -> None:
    for name, data in parts_of(docx).items():
        if name.endswith((".xml", ".rels")):
            text = data.decode()
            assert not re.search("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", text), name
            assert "Theme" not in text, name
            assert "theme" not in name


def test_invisible_characters_that_came_in_are_not_delivered() -> None:
    held = "甲\u2060\u200b\ufeff\u00ad\u200e\u200f乙\ufe0f\U000e0100\u034f\u3164丙\u00a0丁"
    names = "甲\u200b乙  丙丁戊  己\ufeff庚"
    part = {"title": held, "body": f"{held}\n| {held} | {held} |"}
    given = {
        "type": "通知", "title": held, "body": f"{held}\n{names}", "addressees": held, "copy_to": held,
        "note": held, "issued_text": part, "attachments": [part, part],
    }  # fmt: skip
    parts = parts_of(render(read_content(given), PARTICULARS))
    assert "甲乙丙 丁" in parts["word/document.xml"].decode()
    for name, data in parts.items():
        found = set(data.decode())
        assert not found & set("\ufe0f\U000e0100\u034f\u3164\u00a0"), name
        assert "Cf" not in map(unicodedata.category, found), name


def test_every_run_says_that_its_punctuation_is_chinese(docx: bytes) -> None:
    for run in etree.fromstring(parts_of(docx)["word/document.xml"]).iter(f"{W}r"):
        if run.find(f"{W}t") is not None:
            assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"


def test_every_style_and_relationship_that_is_named_exists(docx: bytes) -> None:
    parts = parts_of(docx)
    named = set(re.findall(r'<w:[pr]Style w:val="(\w+)"', parts["word/document.xml"].decode()))
    styles = set(re.findall(r'w:styleId="(\w+)"', parts["word/styles.xml"].decode()))
    assert named <= styles
    relations = parts["word/_rels/document.xml.rels"].decode()
    for wanted in re.findall(r'r:id="(\w+)"', parts["word/document.xml"].decode()):
        assert f'Id="{wanted}"' in relations
    for target in re.findall(r'Target="([\w./]+)"', relations):
        assert f"word/{target}" in parts


def test_styles_name_the_real_fonts() -> None:
    styles = Document(io.BytesIO(render(TWIN, PARTICULARS))).styles
    wanted = {
        "发文机关标志": "方正小标宋简体",
        "发文字号": "仿宋_GB2312",
        "公文标题": "方正小标宋简体",
        "主送机关": "仿宋_GB2312",
        "公文正文": "仿宋_GB2312",
        "一级标题": "黑体",
        "二级标题": "楷体_GB2312",
        "单页码": "宋体",
    }
    assert {name: styles[name].font.name for name in wanted} == wanted
    assert {style.name for style in layout.STYLES if not style.rare} <= {style.name for style in styles}
    assert not {style.name for style in layout.RARE} & {style.name for style in styles}


def test_the_elements_come_in_the_standards_order() -> None:
    document = Document(io.BytesIO(render(RICH, PARTICULARS)))
    names = [p.style.name for p in document.paragraphs if p.text]
    order = list(dict.fromkeys(names))
    assert order == [
        "紧急程度", "发文机关标志", "发文字号", "公文标题", "主送机关", "公文正文", "二级标题", "三级标题",
        "四级标题", "附件说明", "署名", "成文日期", "附注", "附件标识", "附件标题",
    ]  # fmt: skip
    texts = {p.style.name: p.text for p in document.paragraphs if p.text}
    assert texts["附注"] == "（此件公开发布）"
    assert texts["成文日期"] == "2031年4月7日"
    assert [p.text for p in document.paragraphs if p.style.name == "附件标识"] == ["附件1", "附件2", "附件3"]


def lines_of(content: Content) -> list[str]:
    return [p.text for p in Document(io.BytesIO(render(content, PARTICULARS))).paragraphs]


def test_an_attachment_that_is_a_file_is_counted_and_has_no_page() -> None:
    file = Part("报名表", file=FileRef("0" * 64, "报名表.xlsx", 9))
    lines = lines_of(notice("甲。", attachments=(Part("一览表", "乙"), file, Part("名单", "丙"))))
    assert [line for line in lines if line.startswith(("附件", "2.", "3."))] == [
        "附件：1.\t一览表", "2.\t报名表", "3.\t名单", "附件1", "附件3",
    ]  # fmt: skip
    assert [line for line in lines_of(notice("甲。", attachments=(file,))) if "附件" in line] == [
        "附件：报名表"
    ]


def test_what_is_for_those_who_decide_never_stands_on_paper() -> None:
    plain = notice("甲。")
    more = replace(
        plain,
        basis="根据安排。",
        references=(FileRef("0" * 64, "来文.pdf", 9),),
        disclosure=Disclosure("不予公开", "内部事务"),
        contact="综合处",
        copies=60,
        distribution="各处",
    )
    assert render(more, PARTICULARS) == render(plain, PARTICULARS)


def test_a_single_attachment_has_no_number() -> None:
    document = Document(io.BytesIO(render(*ALL["no seal"])))
    texts = [p.text for p in document.paragraphs]
    assert "附件：表" in texts
    assert "附件" in texts


def test_a_heading_that_runs_into_its_text_stays_one_paragraph() -> None:
    document = Document(io.BytesIO(render(RICH, PARTICULARS)))
    (found,) = [p for p in document.paragraphs if p.text == "一、总体要求。扎实推进。"]
    first = found.runs[0]
    assert (first.text, first.style.name) == ("一、总体要求。", "一级标题文字")


def test_tables_are_as_wide_as_the_type_area_and_repeat_their_header() -> None:
    columns = "| " + " | ".join(["很长的表头文字内容"] * 6) + " |\n| " + " | ".join(["值"] * 6) + " |"
    document = Document(io.BytesIO(render(notice(columns), PARTICULARS)))
    (table,) = document.tables
    assert sum(column.width.twips for column in table.columns) == layout.AREA_WIDTH_TW
    assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None


def test_addressees_that_leave_no_room_for_text_move_to_the_imprint() -> None:
    few = replace(TWIN, addressees="、".join(["示例单位"] * 20))
    many = replace(TWIN, addressees="、".join(["示例单位"] * 60))
    for content, moved in ((few, False), (many, True)):
        xml = parts_of(render(content, PARTICULARS))["word/document.xml"].decode()
        assert ("主送：" in xml) is moved
        assert ('w:val="Addressees"' in xml) is not moved


def test_a_draft_keeps_the_places_of_number_and_date_empty() -> None:
    document = Document(io.BytesIO(render(*ALL["draft"])))
    texts = {p.style.name: p.text for p in document.paragraphs}
    assert texts["发文字号"] == texts["成文日期"] == ""


def test_different_content_has_different_bytes() -> None:
    assert render(notice("甲。"), PARTICULARS) != render(notice("乙。"), PARTICULARS)
    assert render(notice("甲。"), PARTICULARS) != render(notice("甲。", seal=False), PARTICULARS)


def test_the_longest_content_renders() -> None:
    body = "\n".join(paragraph(999) for _ in range(100))
    assert render(notice(body[:100_000]), PARTICULARS)
