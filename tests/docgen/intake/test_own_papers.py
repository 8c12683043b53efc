"""A paper of our own gives back the content that it was made of."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.formats.table import forms_of, is_stamped
from docgen.intake import intake
from docgen.origin import origin_of, with_origin
from docgen.reading import read_content
from docgen.render import render
from docgen.sheet import TYPES, Attendance, Content, Part, Particulars
from tests.docgen.papers import PAPERS
from tests.docgen.twin import PARTICULARS, TWIN, notice
from tests.docgen.wordsmith import edited, saved_by_another_program

WORDS = st.text(
    "读书月活动方案及有关事项〇一二（）()、，：:.123 aB—“”《》<&'|", min_size=1, max_size=12
).filter(lambda text: text.strip() == text and text.strip("（）()") == text and "|" not in text)
LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "一、", "（二）", "3.", "（4）"]),
    WORDS,
    st.sampled_from(["", "。"]),
)
CELLS = st.text("甲乙丙12。 -", max_size=6).map(str.strip)


@st.composite
def tables(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=columns, max_size=columns), min_size=1, max_size=4))
    rows = [["单位", *row[1:]] for row in rows]  # an empty table is none
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"| {' | '.join(['---'] * columns)} |", *lines[1:]])


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Return a text without two tables side by side, and with none at its end."""
    pieces = []
    for table, line in draw(st.lists(st.tuples(st.none() | tables(), LINES), min_size=1, max_size=5)):
        pieces += [table, line] if table else [line]
    return "\n".join(pieces)


PARTS = st.builds(Part, WORDS, bodies())
NAMES = st.lists(st.text("省直各单位", min_size=1, max_size=5), max_size=40).map("、".join)
AGENCIES = ("中共河南省示例工作委员会", "河南省示例厅", "河南省示例管理局", "甲院")
PEOPLE = st.lists(st.sampled_from(["甲厅张某某", "乙局李某某", "丙委王某"]), max_size=20).map("、".join)
CONTACTS = st.sampled_from(["", "张某某 0371-65900000", "张某某", "李某 65900000"])


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Return a content of any type in any form that it may have, with what that form may have."""
    kind = draw(st.sampled_from(TYPES))
    form = draw(st.sampled_from(forms_of(kind)))
    usual = form == forms_of(kind)[0]
    others: dict[str, Any] = {"form": "" if usual else form}
    if form == "minutes":
        there = Attendance(draw(PEOPLE), draw(PEOPLE), draw(PEOPLE))
        others["attendance"] = there if there != Attendance() else None
    if form != "order":
        others["addressees"] = draw(NAMES)
        others["stamp"] = draw(st.sampled_from([None, True])) if form != "minutes" else None
        if not (form == "letter" and others["stamp"]):  # which names nobody but the one that leads
            others["co_agencies"] = draw(st.lists(st.sampled_from(AGENCIES), unique=True).map(tuple))
    if form in ("file", "upward") and others["co_agencies"] and not others["stamp"]:
        others["lead_only"] = draw(st.booleans())
    if form == "upward":
        others["contact"] = draw(CONTACTS)
    if form != "letter":
        others["numbered"] = draw(st.sampled_from([None, True]))
    return Content(
        kind,
        f"关于{draw(WORDS)}的{kind}",
        body=draw(bodies()),
        issued_text=draw(st.none() | PARTS),
        attachments=tuple(draw(st.lists(PARTS, max_size=3))),
        copy_to=draw(NAMES),
        urgency=draw(st.sampled_from([None, "特急", "加急"])),
        note=draw(st.just("") | WORDS),
        seal=draw(st.sampled_from([None, True, False])),
        **others,
    )


CONTENTS = contents()


def particulars_of(content: Content) -> Particulars:
    """Return what the system adds to a content of its form."""
    return replace(
        PARTICULARS,
        signers=("张某某", "李某"),
        stamped=(("主任", "张某某"),),
        copy_number="000012" if content.numbered else None,
        co_mastheads=() if content.lead_only else content.co_agencies,
        co_signatures=content.co_agencies,
    )


def gives_itself_back(content: Content) -> None:
    content = read_content(content.to_dict())
    taken = intake(render(content, particulars_of(content)))
    assert read_content(taken.content) == replace(content, seal=None)
    assert (taken.number, taken.dated) == (PARTICULARS.number, PARTICULARS.dated)
    signed = "" if is_stamped(content) else PARTICULARS.signature
    assert (taken.signature, taken.left, taken.reports) == (signed, (), ())


@settings(max_examples=15, deadline=None)
@given(CONTENTS)
def test_content_comes_back(content: Content) -> None:
    gives_itself_back(content)


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(CONTENTS)
def test_any_content_comes_back(content: Content) -> None:
    gives_itself_back(content)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_each_form_with_each_thing_comes_back(name: str) -> None:
    content = read_content(PAPERS[name].content.to_dict())
    taken = intake(PAPERS[name].docx())
    assert read_content(taken.content) == replace(content, seal=None)
    assert taken.left == ()


def test_a_notice_that_issues_a_text_comes_back() -> None:
    gives_itself_back(TWIN)
    taken = intake(render(TWIN, PARTICULARS))
    assert taken.masthead == PARTICULARS.masthead
    assert (taken.printed_by, taken.printed_on) == (PARTICULARS.printed_by, PARTICULARS.printed_on)


def test_addressees_that_page_1_has_no_room_for_come_back() -> None:
    gives_itself_back(replace(TWIN, addressees="、".join(["省直机关各有关单位"] * 40)))


def test_an_imprint_higher_than_a_page_comes_back() -> None:
    gives_itself_back(replace(TWIN, copy_to="、".join(["示例单位"] * 900)))


def test_a_draft_has_no_number_and_no_dates() -> None:
    draft = replace(PARTICULARS, number=None, dated=None, printed_on=None)
    taken = intake(render(TWIN, draft))
    assert (taken.number, taken.dated, taken.printed_on) == (None, None, None)
    assert taken.left == ()


def test_an_attachment_that_is_a_file_is_named_and_missed() -> None:
    data: dict[str, Any] = notice("甲。").to_dict()
    file = {"sha256": "0" * 64, "name": "名册.xlsx", "size": 3}
    data["attachments"] = [{"title": "名册", "file": file}, {"title": "说明", "body": "乙。"}]
    taken = intake(render(read_content(data), PARTICULARS))
    assert taken.content["attachments"] == [{"title": "名册", "body": ""}, {"title": "说明", "body": "乙。"}]
    assert [(one.message, one.params) for one in taken.reports] == [
        ("Attachment %(number)s is only named; its text is missing.", {"number": "1"})
    ]


def test_what_somebody_wrote_into_our_paper_belongs_to_the_text_or_is_left() -> None:
    docx = render(notice("甲甲。\n乙乙。"), PARTICULARS)
    marked = edited(docx, '<w:pStyle w:val="Dated"/>', '<w:pStyle w:val="Mine"/>')
    marked = edited(marked, '<w:pStyle w:val="Body"/>', '<w:pStyle w:val="Mine"/>')
    taken = intake(marked)
    assert taken.content["body"] == "甲甲。\n乙乙。"
    assert taken.left == ("2031年4月7日",)


@pytest.mark.paper
def test_content_comes_back_from_a_file_that_another_program_saved(tmp_path: Path) -> None:
    content = replace(
        TWIN, issued_text=None, attachments=(Part("一览表", "| 甲 | 乙 |\n| --- | --- |\n| 1 |  |\n丙。"),)
    )
    sent = with_origin(render(content, PARTICULARS), content.sha256())
    saved = saved_by_another_program(sent, tmp_path)
    taken = intake(saved)
    assert origin_of(saved) == content.sha256()
    assert read_content(taken.content) == read_content(content.to_dict())
    assert (taken.number, taken.dated) == (PARTICULARS.number, date(2031, 4, 7))
    assert taken.left == ()
