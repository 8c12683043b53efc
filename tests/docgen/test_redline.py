"""花脸稿: accepted in full it is the new text, rejected in full the old one, each mark its author's."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen import pdf
from docgen.adjust import STANDARD, Layout
from docgen.aligning import word_ops, words
from docgen.redline import Edit, in_the_form_of, redline, redline_through
from docgen.render import render
from docgen.sheet import Attendance, Content, Part, Particulars
from tests.docgen.paper import read_pages
from tests.docgen.papers import JOINTLY
from tests.docgen.revised import W, accepted, body_of, read, rejected, texts
from tests.docgen.twin import PARTICULARS, TWIN, notice, paragraph
from tests.docgen.wordsmith import DOCUMENT, parts_of

AT = "2031-04-02T01:02:03.000004Z"
TABLE = "| 序号 | 单位 |\n|---|---|\n| 1 | 甲厅 |\n| 2 | 乙局 |"
LONGER = "| 序号 | 单位 |\n|---|---|\n| 1 | 甲厅 |\n| 2 | 丁办 |\n| 3 | 乙局 |"
WIDER = "| 序号 | 单位 | 名额 |\n|---|---|---|\n| 1 | 甲厅 | 3 |"
OLD = notice(
    f"一、总体要求。扎实推进读书活动。\n请于4月20日前报送《2031年工作要点》落实情况。\n{TABLE}\n特此通知。",
    attachments=(Part("名额表", TABLE),),
    copy_to="省委宣传部",
    note="此件公开发布",
)
NEW = replace(
    OLD,
    title="关于深入开展全员读书活动并报送有关工作情况的通知",
    addressees="省直各单位、省辖市",
    body=f"一、总体要求。扎实推进全员读书活动。\n请于5月8日前报送《2032年工作要点》落实情况。\n（一）范围\n{LONGER}",
    attachments=(Part("名额分配表", WIDER), Part("联系表", "甲处。")),
    copy_to="省委宣传部，省文明办，" + "、".join(["示例单位"] * 20),
    note="",
    urgency="特急",
    seal=False,
)


def marked(old: Content, new: Content, layout: Layout = STANDARD) -> bytes:
    return redline(old, new, PARTICULARS, author="文秘", at=AT, layout=layout)


def assert_between(
    docx: bytes,
    old: Content,
    new: Content,
    layout: Layout = STANDARD,
    particulars: Particulars = PARTICULARS,
) -> None:
    """Assert that the DOCX accepted is the new text, words, order and looks, and rejected the old."""
    for settled, content in ((accepted(docx), new), (rejected(docx), in_the_form_of(new, old))):
        wanted = body_of(render(content, particulars, layout.fitting(content)))
        assert texts(settled) == texts(wanted)
        assert read(settled) == read(wanted)


def of(docx: bytes, *names: str) -> list[Any]:
    return list(body_of(docx).iter(*(f"{W}{name}" for name in names)))


def marks(docx: bytes) -> list[tuple[str, str, str]]:
    """Return the words that came and went, each with its author, blank ones left out."""
    found = []
    for mark in of(docx, "ins", "del"):
        text = "".join(mark.itertext())
        if text.strip():
            found.append((etree.QName(mark).localname, mark.get(f"{W}author"), text))
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, NEW),
        (NEW, OLD),
        (notice("甲。"), TWIN),
        (TWIN, notice("甲。")),
        (OLD, replace(OLD, body=OLD.body + "\n" + WIDER)),
        (OLD, replace(OLD, attachments=())),
        (notice("甲。"), replace(notice("甲。"), addressees="、".join(["示例单位"] * 60))),
        (notice("甲。\n乙乙乙乙。\n丙丙丙丙。"), notice("丙丙丙丙。\n甲。\n乙乙乙乙。")),
        (notice("一、范围。其中甲。"), notice("一、范围其中甲。")),
        (replace(OLD, form="letter", copy_to=""), replace(OLD, form="letter")),
        (replace(OLD, form="letter"), replace(OLD, form="letter", copy_to="")),
        (notice("甲<w:p/>&amp;]]>\"'"), notice("乙<w:p/>&lt;")),
    ],
)
def test_accepted_it_is_the_new_text_and_rejected_the_old(old: Content, new: Content) -> None:
    assert_between(marked(old, new), old, new)


def test_a_layout_that_was_set_counts_where_it_fits() -> None:
    layout = Layout(line_tw=560, title_lines=("关于开展读书", "活动的通知"), page_breaks=(2,))
    assert_between(
        marked(OLD, replace(OLD, body="甲。\n乙。"), layout), OLD, replace(OLD, body="甲。\n乙。"), layout
    )


def test_equal_input_has_equal_bytes_and_nothing_tells_when_it_was_made() -> None:
    docx = marked(OLD, NEW)
    assert docx == marked(OLD, NEW)
    with zipfile.ZipFile(BytesIO(docx)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_equal_texts_have_no_mark() -> None:
    docx = marked(OLD, OLD)
    assert of(docx, "ins", "del", "pPrChange", "rPrChange") == []


def test_each_mark_has_its_author_the_time_in_utc_and_a_number_of_its_own() -> None:
    docx = redline(OLD, NEW, PARTICULARS, author="文秘", at="2031-04-02T09:02:03+08:00")
    found = of(docx, "ins", "del", "pPrChange", "rPrChange")
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in found} == {
        ("文秘", "2031-04-02T01:02:03Z")
    }
    numbers = [one.get(f"{W}id") for one in found]
    assert len(set(numbers)) == len(numbers) > 20


def test_only_words_that_went_out_are_deleted_text() -> None:
    for text in of(marked(OLD, NEW), "t", "delText"):
        gone = any(parent.tag == f"{W}del" for parent in text.iterancestors(f"{W}del"))
        assert (text.tag == f"{W}delText") is gone


def test_only_what_changed_is_marked_figures_and_names_as_a_whole() -> None:
    docx = marked(
        notice("请于4月20日前报送《2031年工作要点》落实情况。"),
        notice("请于4月28日前报送《2032年工作要点》的落实情况。"),
    )
    assert [(kind, text) for kind, _, text in marks(docx)] == [
        ("del", "20"),
        ("ins", "28"),
        ("del", "《2031年工作要点》"),
        ("ins", "《2032年工作要点》的"),
    ]


def test_a_changed_cell_is_marked_and_a_row_that_came_is_one() -> None:
    docx = marked(notice(TABLE), notice(LONGER))
    (row,) = [row for row in of(docx, "tr") if row.find(f"{W}trPr/{W}ins") is not None]
    assert "".join(row.itertext()) == "2丁办"
    assert [mark[2] for mark in marks(docx) if mark[0] == "del"] == ["2"]


def test_a_table_of_another_shape_goes_out_and_comes_in_as_a_whole() -> None:
    docx = marked(notice(TABLE), notice(WIDER))
    rows = [
        "del" if row.find(f"{W}trPr/{W}del") is not None else "ins"
        for row in of(docx, "tr")
        if row.find(f"{W}trPr/{W}del") is not None or row.find(f"{W}trPr/{W}ins") is not None
    ]
    assert rows == ["del"] * 3 + ["ins"] * 2
    first, second = of(docx, "tbl")[:2]
    assert first.getnext().tag == f"{W}p"  # or Word would join them
    assert second.getprevious().tag == f"{W}p"


STEPS = (
    ("请认真落实。\n请于月底前报送。\n联系人另行通知。", "拟稿"),
    ("请各单位认真落实。\n请于月底前报送。\n联系人另行通知。", "核稿"),
    ("请各单位认真抓好落实。\n一并报送总结材料一式两份。\n请于月底前报送。", "文秘"),
    ("请各单位认真抓好落实。\n一并报送总结材料一式三份。\n请于本月底前报送。", "领导"),
)


def through(steps: Sequence[tuple[str, str]]) -> bytes:
    first, *rest = [(notice(body), author) for body, author in steps]
    edits = [Edit(content, author, f"2031-04-0{day}") for day, (content, author) in enumerate(rest, 1)]
    return redline_through(first[0], edits, PARTICULARS)


def test_each_change_is_of_the_one_who_made_it() -> None:
    docx = through(STEPS)
    assert_between(docx, notice(STEPS[0][0]), notice(STEPS[-1][0]))
    assert marks(docx) == [
        ("ins", "核稿", "各单位"),
        ("ins", "文秘", "抓好"),
        ("ins", "文秘", "一并报送总结材料一式"),
        ("ins", "领导", "三"),
        ("ins", "文秘", "份。"),
        ("ins", "领导", "本"),
        ("del", "文秘", "联系人另行通知。"),
    ]


def test_what_was_changed_and_changed_back_is_not_marked() -> None:
    back = [*STEPS[:3], (STEPS[0][0], "领导")]
    assert marks(through(back)) == []
    table = [(TABLE, "拟稿"), (LONGER, "文秘"), (TABLE, "领导")]
    assert marks(through(table)) == []


def test_a_long_paragraph_is_compared_quickly_and_a_rewritten_one_shown_whole() -> None:
    long = paragraph(9000)
    docx = marked(notice(long), notice(long.replace("读书", "阅读", 1) + "以上请遵照执行。"))
    assert [text for _, _, text in marks(docx)] == ["读书", "阅读", "以上请遵照执行。"]
    other = marked(notice("请认真组织学习并报送。"), notice("The meeting was moved to Friday."))
    assert len(marks(other)) == 2


@pytest.mark.parametrize(
    ("old", "new", "stayed"),
    [("一二三四五", "一二X四五", "一二四五"), ("甲乙丙丁", "戊乙己庚", ""), ("", "甲", ""), ("甲", "", "")],
)
def test_specks_between_changes_go_with_them(old: str, new: str, stayed: str) -> None:
    before, after = words(old), words(new)
    ops = word_ops(before, after)
    assert "".join(before[i] for i, j in ops if i is not None and j is not None) == stayed
    assert "".join(before[i] for i, _ in ops if i is not None) == old
    assert "".join(after[j] for _, j in ops if j is not None) == new


LINES = (
    "一、总体要求。扎实推进。",
    "（一）范围",
    "1.条件",
    "请于4月20日前报送《要点》。",
    "请于5月8日前报送《要点》情况。",
    "各单位要结合实际制定计划，明确责任分工。",
    "各单位结合实际，明确责任分工，注重实效。",
    "特此通知。",
    TABLE,
    LONGER,
    WIDER,
)
BODY = st.lists(st.sampled_from(LINES), min_size=1, max_size=5).map("\n".join)
PART = st.builds(Part, st.sampled_from(["名额表", "名额分配表", "联系办法"]), BODY)
CONTENT = st.builds(
    Content,
    st.just("通知"),
    st.sampled_from(
        ["关于开展读书活动的通知", "关于深入开展全员读书活动并报送工作总结的通知", "关于值班的通知"]
    ),
    BODY,
    st.sampled_from(["", "省直各单位", "省直各单位、各市", "、".join(["示例单位"] * 60)]),
    st.none() | PART,
    st.lists(PART, max_size=2).map(tuple),
    st.sampled_from(["", "省委宣传部", "省委宣传部，省文明办", "、".join(["示例单位"] * 30)]),
    st.sampled_from([None, "特急"]),
    note=st.sampled_from(["", "此件公开发布"]),
    seal=st.sampled_from([None, False]),
)


SYSTEMS = replace(PARTICULARS, stamped=(("主任", "张某某"),), signers=("张某某",), copy_number="000012")


def assert_whole_way(contents: list[Content], particulars: Particulars) -> None:
    edits = [Edit(content, str(n), f"2031-04-0{n}") for n, content in enumerate(contents[1:], 1)]
    docx = redline_through(contents[0], edits, particulars)
    assert_between(docx, contents[0], contents[-1], particulars=particulars)


FORMED = st.builds(
    lambda content, *kinds_own: replace(content, **{name: value for own in kinds_own for name, value in own}),
    CONTENT,
    st.sampled_from(
        [
            (),
            (("form", "letter"),),
            (("stamp", True),),
            (("type", "请示"), ("contact", "张某某 0371-65900000")),
            (("type", "命令"),),
            (("type", "纪要"), ("attendance", Attendance("甲厅张某某", "", "乙局李某"))),
            (("type", "纪要"), ("attendance", Attendance("甲厅张某某、丙委王某", "乙局李某"))),
        ]
    ),
    st.sampled_from([(), (("numbered", True),)]),
)
"""A draft may become one of another form."""


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(FORMED, min_size=2, max_size=4), st.sampled_from([SYSTEMS, JOINTLY]))
def test_any_way_from_text_to_text_can_be_accepted_or_rejected(
    contents: list[Content], particulars: Particulars
) -> None:
    assert_whole_way(contents, particulars)


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(st.lists(FORMED, min_size=2, max_size=5), st.sampled_from([SYSTEMS, JOINTLY]))
def test_many_ways_can_be_accepted_or_rejected(contents: list[Content], particulars: Particulars) -> None:
    assert_whole_way(contents, particulars)


@pytest.mark.paper
def test_libreoffice_shows_what_went_out_and_what_came_in() -> None:
    pages = read_pages(pdf.to_pdf(marked(OLD, NEW)))
    shown = "".join(line.text for page in pages for line in page.lines)
    for words_ in ("深入", "4月20", "《2031年工作要点》", "《2032年工作要点》", "此件公开发布", "丁办"):
        assert words_ in shown
    last = pages[-1]
    assert max(rule.middle for rule in last.rules) == pytest.approx(262, abs=0.6)


def test_the_rest_of_the_package_is_the_papers() -> None:
    found, plain = parts_of(marked(OLD, NEW)), parts_of(render(NEW, PARTICULARS))
    assert {name for name in plain if plain[name] != found[name]} == {DOCUMENT}
    assert not re.search(rb"<(?!w:|wp:|wps:|mc:|a:|/|\?)", found[DOCUMENT])
