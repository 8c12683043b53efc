"""What came back from another program says what it said before, or the places where it does not are shown."""

import io
import zipfile
from pathlib import Path

import pytest

from docgen.differing import Difference, differences
from docgen.errors import ContentError
from docgen.printed import Place, digest, text_of
from docgen.render import render
from docgen.sheet import Part
from tests.docgen.twin import PARTICULARS, notice
from tests.docgen.wordsmith import (
    DOCUMENT,
    W_SPACE,
    edited,
    packed,
    parts_of,
    related,
    saved_by_another_program,
    with_part,
)

BODY = (
    "为做好年度工作，现将有关事项通知如下。\n"
    "一、认真准备。各单位要如实反映成效。\n"
    "| 单位 | 名额 |\n|---|---|\n| 示例单位 | 12 |\n| 示例学校 |  |\n"
    "二、按时报送。请于12月20日前报送。"
)
CONTENT = notice(
    BODY,
    issued_text=Part("年度工作要点", "一、总体要求\n扎实推进。"),
    attachments=(Part("申报表", "填表说明。"), Part("名单", "甲。")),
    copy_to="省委宣传部",
    urgency="特急",
    note="此件公开发布",
)
OURS = render(CONTENT, PARTICULARS)
WANTED = text_of(OURS)


def found_in(docx: bytes) -> list[Difference]:
    return differences(WANTED, text_of(docx))


def reasons(docx: bytes) -> list[str]:
    with pytest.raises(ContentError) as refused:
        text_of(docx, "完稿.docx")
    return [problem.message % problem.params for problem in refused.value.problems]


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def before_the_end(docx: bytes, xml: str) -> bytes:
    """Return the DOCX with XML before what stands last in its body."""
    parts = parts_of(docx)
    body, mark, rest = parts[DOCUMENT].decode().rpartition("<w:sectPr>")
    return packed({**parts, DOCUMENT: (body + xml + mark + rest).encode()})


def test_every_line_is_read_with_the_element_that_it_is_of() -> None:
    read = [(line.place, line.text) for line in WANTED]
    assert read[:6] == [
        (Place("urgency"), "特急"),
        (Place("masthead"), PARTICULARS.masthead),
        (Place("number"), "豫直文明办〔2031〕14号"),
        (Place("title"), "关于开展读书活动的通知"),
        (Place("addressees"), "省直各单位："),
        (Place("text", 1), "为做好年度工作，现将有关事项通知如下。"),
    ]
    assert (Place("table"), "12") in read
    assert (Place("attachment_note"), "附件：1.\t申报表") in read
    assert (Place("signature"), "省直文明办") in read
    assert (Place("dated"), "2031年4月7日") in read
    assert (Place("note"), "（此件公开发布）") in read
    assert (Place("issued_text", 2), "扎实推进。") in read
    assert (Place("attachment_text", 1, 2), "甲。") in read
    assert read[-2:] == [
        (Place("imprint"), "抄送：省委宣传部。"),
        (Place("imprint"), "省直文明办\t2031年4月8日印发"),
    ]


@pytest.mark.paper
def test_what_another_program_saved_is_the_same_text_until_one_character_is_another(tmp_path: Path) -> None:
    saved = saved_by_another_program(OURS, tmp_path)
    assert parts_of(saved)[DOCUMENT] != parts_of(OURS)[DOCUMENT]
    assert found_in(saved) == []
    assert digest(text_of(saved)) == digest(WANTED)
    (difference,) = found_in(edited(saved, "如实反映成效", "如时反映成效"))
    assert difference.place == Place("text", 2)
    assert difference.runs == (
        ("same", "一、认真准备。各单位要如"),
        ("out", "实"),
        ("in", "时"),
        ("same", "反映成效。"),
    )


LAYOUT_ONLY = {
    "a paragraph in two": ("现将有关事项", "现将</w:t></w:r></w:p><w:p><w:r><w:t>有关事项"),
    "a line's end": ("现将有关事项", "现将</w:t><w:br/><w:t>有关事项"),
    "a page's end": ("现将有关事项", '现将</w:t><w:br w:type="page"/><w:t>有关事项'),
    "a tab and blanks": ("现将有关事项", "现将</w:t><w:tab/><w:t>\u3000 有关\u00a0事项"),
    "invisible characters": ("现将有关事项", "现\u200b将\u2060有关\u00ad事项"),
    "another font": ("<w:t xml:space", '<w:rPr><w:rFonts w:eastAsia="宋体"/></w:rPr><w:t xml:space'),
    "the masthead smaller": ('<w:w w:val="60"/>', '<w:w w:val="55"/>'),
    "a control around words": (
        '<w:p><w:pPr><w:pStyle w:val="Dated"/>',
        '<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt><w:p><w:pPr><w:pStyle w:val="Dated"/>',
    ),
}


@pytest.mark.parametrize("name", LAYOUT_ONLY)
def test_layout_may_be_another(name: str) -> None:
    assert found_in(edited(OURS, *LAYOUT_ONLY[name])) == []


def in_a_box(xml: str) -> str:
    box = f"<v:textbox><w:txbxContent>{xml}</w:txbxContent></v:textbox>"
    rectangle = f'<v:rect xmlns:v="urn:schemas-microsoft-com:vml">{box}</v:rect>'
    return f"<w:p><w:r><w:pict>{rectangle}</w:pict></w:r></w:p>"


def test_the_masthead_may_stand_in_a_text_box_and_the_imprint_in_none() -> None:
    xml = parts_of(OURS)[DOCUMENT].decode()
    start = xml.index('<w:p><w:pPr><w:pStyle w:val="Masthead"/>')
    end = xml.index("</w:p>", start) + len("</w:p>")
    boxed = edited(OURS, xml[start:end], "")
    boxed = edited(boxed, "</w:body>", in_a_box(paragraph(PARTICULARS.masthead)) + "</w:body>")
    assert found_in(boxed) == []
    begin = xml.index("<w:tbl>", xml.index("txbxContent"))
    table = xml[begin : xml.index("</w:tbl>", begin) + len("</w:tbl>")]
    loose = before_the_end(edited(OURS, table, "<w:p/>"), table)
    assert found_in(loose) == []


def test_numbers_may_be_words_own() -> None:
    """WPS makes lists of paragraphs that begin with 一、 without being asked."""
    numbering = (
        f'<w:numbering xmlns:w="{W_SPACE}"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    )
    listed = related(with_part(OURS, "word/numbering.xml", numbering), "numbering", "numbering.xml")
    in_list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    for words in ("一、认真准备。", "二、按时报送。"):
        xml = parts_of(listed)[DOCUMENT].decode()
        before, _, after = xml.partition(words)
        head, start, properties = before.rpartition('<w:p><w:pPr><w:pStyle w:val="Body"/>')
        assert start
        xml = f"{head}{start}{in_list}{properties}{words[2:]}{after}"
        listed = packed({**parts_of(listed), DOCUMENT: xml.encode()})
    assert found_in(listed) == []
    wrong = edited(listed, "japaneseCounting", "decimal", "word/numbering.xml")
    assert [one.place for one in found_in(wrong)] == [Place("text", 2), Place("text", 3)]
    unknown = edited(listed, "japaneseCounting", "hindiCounting", "word/numbering.xml")
    assert len(found_in(unknown)) == 2


OTHER_TEXT = {
    "masthead": ("办公室文件", "办公室函件", Place("masthead")),
    "number": ("14号", "15号", Place("number")),
    "title": ("读书活动的通知", "读书活动的通告", Place("title")),
    "addressees": ("省直各单位：", "省直有关单位：", Place("addressees")),
    "figure": ("12月20日", "12月30日", Place("text", 3)),
    "mark": ("如实反映成效。", "如实反映成效，", Place("text", 2)),
    "half width": ("年度工作，", "年度工作,", Place("text", 1)),
    "direction": ("事项", "\u202e事项", Place("text", 1)),
    "table": (">12<", ">21<", Place("table")),
    "attachment": ("填表说明。", "填表的说明。", Place("attachment_text", 1, 1)),
    "attachment's title": ("申报表", "申报书", Place("attachment_note")),
    "issued text": ("扎实推进", "切实推进", Place("issued_text", 2)),
    "date": ("2031年4月7日", "2031年4月6日", Place("dated")),
    "print date": ("2031年4月8日", "2031年4月9日", Place("imprint")),
    "copies": ("省委宣传部", "省委组织部", Place("imprint")),
    "note": ("此件公开发布", "此件依申请公开", Place("note")),
}


@pytest.mark.parametrize("name", OTHER_TEXT)
def test_other_text_is_shown_where_it_stands(name: str) -> None:
    old, new, place = OTHER_TEXT[name]
    (difference,) = found_in(edited(OURS, old, new))
    assert difference.place == place
    gone, come = ("".join(w for kind, w in difference.runs if kind == one) for one in ("out", "in"))
    assert gone or come
    assert set(gone) <= set(old)
    assert set(come) <= set(new)


def test_what_is_lost_or_added_is_told_with_the_line_beside_it() -> None:
    xml = parts_of(OURS)[DOCUMENT].decode()
    start = xml.index("二、按时报送")
    begin, end = xml.rindex("<w:p>", 0, start), xml.index("</w:p>", start) + len("</w:p>")
    (lost,) = found_in(edited(OURS, xml[begin:end], ""))
    assert (lost.place, lost.runs[0][0]) == (Place("text", 3), "out")
    (added,) = found_in(edited(OURS, xml[begin:end], xml[begin:end] + paragraph("特此通知。")))
    assert added.runs == (("same", "二、按时报送。请于12月20日前报送。"), ("in", "特此通知。"))
    two = edited(edited(OURS, "14号", "15号"), "扎实推进", "切实推进")
    assert [one.place for one in found_in(two)] == [Place("number"), Place("issued_text", 2)]


def test_a_figure_in_another_cell_is_another_text() -> None:
    moved = edited(edited(OURS, ">12<", "><"), "示例单位</w:t>", "示例单位</w:t></w:r><w:r><w:t>12</w:t>")
    (difference,) = found_in(moved)
    assert difference == Difference(Place("table"), (("out", "示例单位 | 12"), ("in", "示例单位12")))


def test_words_in_a_header_or_footer_are_text_and_page_numbers_are_none() -> None:
    footer = "word/footer1.xml"
    (difference,) = found_in(edited(OURS, "— </w:t>", "内部资料 — </w:t>", footer))
    assert difference.runs[-1] == ("in", "内部资料——")
    assert found_in(edited(OURS, "— </w:t>", "- </w:t>", footer)) == []


def amid(xml: str) -> bytes:
    """Return the DOCX with XML between two runs of its first sentence."""
    return edited(OURS, "现将", f"现将</w:t></w:r>{xml}<w:r><w:t>")


def veiled(properties: str) -> bytes:
    return amid(f"<w:r><w:rPr>{properties}</w:rPr><w:t>不得</w:t></w:r>")


CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
UNCLEAN = {
    "inserted": (amid('<w:ins w:id="1" w:author="甲"><w:r><w:t>不</w:t></w:r></w:ins>'), "tracked changes"),
    "deleted": (amid("<w:del><w:r><w:delText>不</w:delText></w:r></w:del>"), "tracked changes"),
    "comment": (amid('<w:r><w:commentReference w:id="0"/></w:r>'), "comments"),
    "footnote": (amid('<w:r><w:footnoteReference w:id="2"/></w:r>'), "footnotes"),
    "hidden": (veiled("<w:vanish/>"), "hidden text: 不得"),
    "white": (veiled('<w:color w:val="FFFFFF"/>'), "white text, which nobody can read: 不得"),
    "tiny": (veiled('<w:sz w:val="2"/>'), "too small to be read: 不得"),
    "struck": (veiled("<w:strike/>"), "struck through: 不得"),
    "marked": (veiled('<w:highlight w:val="yellow"/>'), "marked with a colour: 不得"),
    "field": (amid('<w:fldSimple w:instr=" DATE "><w:r><w:t>4</w:t></w:r></w:fldSimple>'), "the field DATE"),
    "object": (amid("<w:r><w:object/></w:r>"), "embedded objects"),
    "bound": (amid("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent/></w:sdt>"), "from elsewhere"),
    "picture": (amid("<w:r><w:drawing><a:blip/></w:drawing></w:r>"), "a picture"),
    "chart": (amid(f'<w:r><w:drawing><a:graphicData uri="{CHART}"/></w:drawing></w:r>'), "a picture"),
}


@pytest.mark.parametrize("name", UNCLEAN)
def test_what_is_not_clean_is_refused_in_words(name: str) -> None:
    docx, words = UNCLEAN[name]
    (reason,) = reasons(docx)
    assert words in reason


def test_complex_fields_are_found_by_their_code() -> None:
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TI</w:instrText></w:r>'
    code += '<w:r><w:instrText>ME </w:instrText><w:fldChar w:fldCharType="separate"/><w:t>9:00</w:t>'
    code += '<w:fldChar w:fldCharType="end"/></w:r>'
    assert "the field TIME" in reasons(before_the_end(OURS, f"<w:p>{code}</w:p>"))[0]
    assert "the field FILENAME" in reasons(edited(OURS, " PAGE ", " FILENAME ", "word/footer1.xml"))[0]


def test_what_a_style_hides_is_found() -> None:
    veil = '<w:style w:type="paragraph" w:styleId="Veil"><w:rPr><w:vanish/></w:rPr></w:style>'
    styled = edited(OURS, "</w:docDefaults>", f"</w:docDefaults>{veil}", "word/styles.xml")
    assert found_in(styled) == []
    based = '<w:name w:val="公文正文"/><w:basedOn w:val="{}"/>'
    (reason,) = reasons(edited(styled, based.format("Normal"), based.format("Veil"), "word/styles.xml"))
    assert "hidden text: 为做好年度工作" in reason


def drawn(*versions: str) -> bytes:
    choice, fallback = (
        f"<w:txbxContent>{paragraph(words)}</w:txbxContent>" if words else "" for words in versions
    )
    return before_the_end(
        OURS,
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>",
    )


def test_a_drawing_says_the_same_in_every_program() -> None:
    assert "two different texts" in reasons(drawn("特此通知。", "特此通告。"))[0]
    assert [one.runs[-1] for one in found_in(drawn("特此通知。", "特此通知。"))] == [("in", "特此通知。")]
    only_later_programs = edited(drawn("特此通知。", ""), 'Requires="wps">', 'Requires="later">', count=2)
    assert Place("imprint") in [one.place for one in found_in(only_later_programs)]


def bomb() -> bytes:
    return with_part(OURS, "word/big.xml", b"<a>" + b" " * 4_000_000 + b"</a>")


HOSTILE = {
    "no zip": (lambda: b"PK\x03\x04" + b"x" * 100, "damaged"),
    "a text": (lambda: b"text", "none of PDF, DOCX"),
    "a web page": (lambda: b"<html></html>", "web page or RTF"),
    "an old file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of an old kind"),
    "another kind": (lambda: b"%PDF-1.4 no pdf", "damaged"),
    "a bomb": (bomb, "unpacks to more"),
    "a doctype": (
        lambda: edited(OURS, "<w:document", "<!DOCTYPE x [<!ENTITY e 'e'>]><w:document"),
        "DOCTYPE",
    ),
    "macros": (lambda: with_part(OURS, "word/vbaProject.bin", b"x"), "macros"),
    "a template from outside": (
        lambda: related(OURS, "attachedTemplate", "http://example.org/t.dotm", external=True),
        "takes in http://example.org/t.dotm from outside",
    ),
    "a picture from outside": (
        lambda: related(OURS, "image", "http://example.org/p.png", external=True),
        "takes in http://example.org/p.png from outside",
    ),
    "a link": (
        lambda: related(OURS, "hyperlink", "http://example.org/", external=True),
        "a link to http://example.org/",
    ),
    "an embedded file": (lambda: with_part(OURS, "word/embeddings/a.xlsx", b"x"), "embedded objects"),
    "no body": (lambda: edited(OURS, "w:body>", "w:corpus>", count=2), "damaged"),
    "broken XML": (lambda: edited(OURS, "</w:body>", ""), "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name: str) -> None:
    made, words = HOSTILE[name]
    assert any(words in reason for reason in reasons(made()))


def test_all_reasons_are_told_at_once() -> None:
    docx = edited(OURS, "现将", '现将</w:t><w:commentReference w:id="0"/><w:object/><w:t>')
    assert len(reasons(docx)) == 2


def test_a_file_far_longer_than_the_paper_is_told_at_once() -> None:
    (difference,) = found_in(before_the_end(OURS, paragraph("甲。") * 3000))
    assert difference.place == Place("document")


def test_the_part_that_is_read_is_the_one_that_word_opens() -> None:
    parts = parts_of(OURS)
    parts["word/document2.xml"] = parts[DOCUMENT].replace("14号".encode(), "15号".encode())
    parts["word/_rels/document2.xml.rels"] = parts["word/_rels/document.xml.rels"]
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"word/document2.xml")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"/word/document.xml", b"/word/document2.xml"
    )
    assert [one.place for one in found_in(packed(parts))] == [Place("number")]
    assert zipfile.is_zipfile(io.BytesIO(packed(parts)))
