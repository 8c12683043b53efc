"""The 申报表 on paper: all that was filled in, heads that repeat, room for seals, the code at its foot."""

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise

import docx
import pytest

from docgen import pdf
from docgen.application import Answer, ApplicationContent, ApplyingUnit, HeldTitle
from docgen.application_form import OPINIONS, FormParticulars, Indicator, render_form
from docgen.form_code import code_in, code_of, read_code
from docgen.sheet import FileRef
from tests.docgen.paper import read_pages
from tests.docgen.schema import wrongs

INDICATORS = tuple(Indicator(f"A{n}", f"测评内容第{n}项，每季度不少于一次", 250) for n in range(1, 41))
PARTICULARS = FormParticulars(
    "示范年度省直文明单位申报",
    "文明单位",
    "示范届",
    INDICATORS,
    ("发生责任事故", "弄虚作假"),
    date(2026, 11, 22),
)
FILE = FileRef("a" * 64, "活动照片.jpg", 1000)
CONTENT = ApplicationContent(
    "c",
    "unit",
    ApplyingUnit("示范单位", "1141", "机关", "示范工委", "甲", "乙", 320, 180, "示范路1号", "丙", "0371"),
    (HeldTitle("文明单位", "省直级", "上一届", "豫直文明委〔2023〕1号", "2023-12-01"),),
    overview="\n".join(["机构健全，制度完善，经费有保障。" * 8] * 6),
    practice="抓学习，抓服务。",
    highlights="特色鲜明。",
    honours="近三年获表彰两次。",
    pledged=True,
    answers=(Answer("A1", 225, "全年活动14次。", (FILE,)), *(Answer(f"A{n}", 250) for n in range(2, 41))),
)


def test_equal_forms_have_equal_bytes_in_the_order_that_word_wants() -> None:
    made = render_form(CONTENT, PARTICULARS)
    assert made == render_form(replace(CONTENT), replace(PARTICULARS))
    assert wrongs(made) == []


def test_every_field_stands_on_it_and_every_table_that_may_break_has_its_head_again() -> None:
    document = docx.Document(io.BytesIO(render_form(CONTENT, PARTICULARS)))
    printed = "".join(document.element.body.itertext("{*}t"))
    unit = CONTENT.unit
    words = [
        *(str(value) for value in vars(unit).values()),
        *("豫直文明委〔2023〕1号", "机构健全", "抓学习", "特色鲜明", "近三年获表彰两次", "全年活动14次"),
        *(
            "活动照片.jpg",
            "弄虚作假",
            "99.75",
            code_of(CONTENT),
            *("".join(name.split()) for name in OPINIONS),
        ),
    ]
    assert [word for word in words if word not in printed.replace("\n", "")] == []
    heads = [len(table._tbl.findall(".//{*}tblHeader")) for table in document.tables]
    assert heads == [0, 2, 1, 1, 1, 1, 2, 1, 0]


def test_whoever_has_no_recommending_body_has_no_place_for_its_seal() -> None:
    direct = replace(CONTENT, unit=replace(CONTENT.unit, recommender=""))
    xml = "".join(docx.Document(io.BytesIO(render_form(direct, PARTICULARS))).element.body.itertext("{*}t"))
    assert (xml.count("（盖章）"), "直接申报" in xml) == (3, True)


def test_the_code_is_of_all_but_the_sealed_form() -> None:
    code = code_of(CONTENT)
    assert code_of(replace(CONTENT, signed_form=FILE)) == code
    assert code_of(replace(CONTENT, honours="")) != code
    assert read_code(f" {code.lower().replace('-', ' — ')}") == code
    assert code_in(f"盖章申报表 {code}.pdf") == code
    for typed in ("", "1A2B-3C4D", "G" * 12, code + "0"):
        assert read_code(typed) is None
    for name in ("申报表.pdf", f"申报表 X{code}.pdf"):
        assert code_in(name) is None


@pytest.mark.long
def test_the_heads_repeat_and_the_seals_stand_on_one_page_with_the_code() -> None:
    pages = read_pages(pdf.to_pdf(render_form(CONTENT, PARTICULARS)))
    texts = ["".join(line.text for line in page.lines).replace(" ", "") for page in pages]
    scored = [text for text in texts if "测评内容第" in text]
    assert len(scored) >= 2
    assert all("六、测评指标自评" in text and "说明与佐证材料" in text for text in scored)
    assert texts[-1].count("（盖章）") == 4
    assert code_of(CONTENT) in texts[-1]
    places = [line.baseline for line in pages[-1].lines if "（盖章）" in line.text]
    assert all(after - before >= 48 for before, after in pairwise(places))
