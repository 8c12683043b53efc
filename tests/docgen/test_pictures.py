"""Pictures stand in the text within the type area, each with its caption; measured in millimetres."""

import io
import zipfile
from dataclasses import replace
from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from docgen import layout, pdf
from docgen.adjust import Layout
from docgen.errors import ContentError
from docgen.oxml import Paragraph
from docgen.pages import end_of
from docgen.picture_lines import captions_only, in_words, read_picture
from docgen.picture_list import MOST_PICTURES, unplaced
from docgen.pictured import fitted, placed, shown
from docgen.reading import read_content
from docgen.redline import redline
from docgen.render import _main, render
from docgen.sheet import Content, Part
from tests.docgen.paper import MM_A_POINT, Page, read_pages
from tests.docgen.pictures import PLACE, photo, pictured, ref
from tests.docgen.schema import wrongs
from tests.docgen.twin import PARTICULARS, notice, paragraph

FILES = {
    "宽.png": photo(2400, 600, kind="PNG"),
    "高.jpg": photo(500, 2000),
    "小.png": photo(100, 50, kind="PNG"),
    "转.jpg": photo(1200, 800, turned=6),
    "平面图.jpg": photo(600, 900),
}
LONG = "图4 现场照片，由各区文明办提供，供各单位在布置会场时参照，不作为验收的依据"
BODY = "\n".join([
    "一、布置", paragraph(200), "![图1 会场](宽.png)", paragraph(120), "二、流程", "![图2 流程](高.jpg)",
    paragraph(90), "![](小.png)", paragraph(30), f"![{LONG}](转.jpg)",
])  # fmt: skip
ATTACHED = (Part("会场平面图", "![图5 平面图](平面图.jpg)\n乙。"),)
CONTENT, DATA = pictured(BODY, FILES, attachments=ATTACHED)
LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262


def xml_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


@cache
def paper() -> bytes:
    return pdf.to_pdf(render(CONTENT, PARTICULARS, pictures=DATA))


@cache
def pages() -> list[Page]:
    return read_pages(paper())


@cache
def places() -> list[tuple[int, float, float, float, float]]:
    """Return page, left, top, right and bottom of each picture, in the paper's order."""
    found = []
    with pypdfium2.PdfDocument(paper()) as document:
        for number, page in enumerate(document, 1):
            height = page.get_height()
            for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = image.get_bounds()
                edges = (left, height - top, right, height - bottom)
                found.append((number, *(edge * MM_A_POINT for edge in edges)))
    return found


@pytest.mark.paper
def test_every_picture_lies_within_the_type_area_in_its_middle() -> None:
    assert len(places()) == len(FILES)
    for _, left, top, right, bottom in places():
        assert left > LEFT - 0.1
        assert right < RIGHT + 0.1
        assert top > TOP - 0.1
        assert bottom < BOTTOM + 0.1
        assert abs((left + right) / 2 - (LEFT + RIGHT) / 2) < 0.2


@pytest.mark.paper
def test_it_is_as_large_as_there_is_room_and_never_larger_than_it_is() -> None:
    sizes = [(right - left, bottom - top) for _, left, top, right, bottom in places()]
    inch = 25.4 / 96
    wide, tall, small, turned, plan = sizes
    assert wide == pytest.approx((156, 39), abs=0.2)
    assert tall == pytest.approx((163.4 / 4, 163.4), abs=0.2)
    assert small == pytest.approx((100 * inch, 50 * inch), abs=0.2)
    assert turned == pytest.approx((163.4 * 2 / 3, 163.4), abs=0.2)
    assert plan == pytest.approx((163.4 * 2 / 3, 163.4), abs=0.2)


@pytest.mark.paper
@pytest.mark.parametrize(("number", "words"), [(0, "图1"), (1, "图2"), (3, "图4"), (4, "图5")])
def test_its_caption_is_below_it_on_its_page_in_smaller_kai(number: int, words: str) -> None:
    page, left, _, right, bottom = places()[number]
    caption = next(line for line in pages()[page - 1].lines if line.text.startswith(words))
    assert 0 < caption.ink_top - bottom < 6
    assert caption.baseline < BOTTOM
    assert abs(caption.middle - (left + right) / 2) < 2
    assert {glyph.size_pt for glyph in caption.glyphs} == {14}
    assert "Kai" in caption.glyphs[0].font


@pytest.mark.paper
def test_no_line_runs_into_a_picture() -> None:
    for page, _, top, _, bottom in places():
        for line in pages()[page - 1].lines:
            assert line.ink_bottom < top + 0.5 or line.ink_top > bottom - 0.5, line.text


@pytest.mark.paper
def test_an_attachment_that_begins_with_a_picture_has_it_under_its_title() -> None:
    page, _, top, _, _ = places()[4]
    assert pages()[page - 1].line("会场平面图").baseline < top


@pytest.mark.paper
def test_the_page_on_which_the_text_ends_is_foreseen() -> None:
    flow = placed(_main(CONTENT, PARTICULARS, Layout()), shown(CONTENT, DATA))
    top_lines = 13  # masthead, number, title and addressees
    start = [Paragraph(layout.GAP)] * top_lines
    assert end_of([*start, *flow]).page == places()[4][0] + 1


@pytest.mark.parametrize("pixels", [(1, 1), (3000, 1), (1, 3000), (3000, 3000), (590, 100)])
def test_any_shape_fits(pixels: tuple[int, int]) -> None:
    width, height = fitted(pixels)
    assert 1 <= width <= min(layout.AREA_WIDTH_TW, 15 * pixels[0])
    assert 1 <= height <= min(16 * layout.LINE_TW, 15 * pixels[1])


def test_the_package_is_as_word_writes_it_and_the_same_each_time() -> None:
    docx = render(CONTENT, PARTICULARS, pictures=DATA)
    assert wrongs(docx) == []
    assert docx == render(CONTENT, PARTICULARS, pictures=dict(reversed(DATA.items())))
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        media = {package.read(name) for name in package.namelist() if name.startswith("word/media/")}
    assert media == set(DATA.values())
    assert 'descr="图1 会场"' in xml_of(docx)
    assert PLACE not in docx


def test_a_picture_that_is_shown_twice_is_kept_once() -> None:
    content, data = pictured("甲。\n![一](甲.png)\n![二](甲.png)", {"甲.png": photo(kind="PNG")})
    docx = render(content, PARTICULARS, pictures=data)
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        assert sum(name.startswith("word/media/") for name in package.namelist()) == 1
    assert xml_of(docx).count("<w:drawing><wp:inline") == 2
    assert wrongs(docx) == []


def test_without_pictures_nothing_of_them_is_in_the_paper() -> None:
    listed = replace(notice("甲。"), pictures=CONTENT.pictures)
    assert render(listed, PARTICULARS, pictures=DATA) == render(notice("甲。"), PARTICULARS)
    stays = render(notice("甲。\n![图](没有.png)"), PARTICULARS)
    assert "![图](没有.png)" in xml_of(stays)
    assert "PictureCaption" not in zipfile.ZipFile(io.BytesIO(stays)).read("word/styles.xml").decode()


def test_what_came_round_the_door_is_cleaned_before_it_is_issued() -> None:
    raw = photo(turned=6)
    content = replace(notice("甲。\n![](甲.jpg)"), pictures=(ref("甲.jpg", raw),))
    docx = render(content, PARTICULARS, pictures={content.pictures[0].sha256: raw})
    assert PLACE in raw
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        (part,) = (name for name in package.namelist() if name.startswith("word/media/"))
        assert PLACE not in package.read(part)


@pytest.mark.parametrize("data", [{}, {"": b""}, {"raw": b"MZ"}, {"raw": b"\x89PNG\r\n\x1a\n"}])
def test_a_picture_that_is_missing_or_none_is_told(data: dict[str, bytes]) -> None:
    content = replace(notice("甲。\n![](甲.png)"), pictures=(ref("甲.png", b"x"),))
    bytes_of = {content.pictures[0].sha256 if key == "raw" else key: one for key, one in data.items()}
    with pytest.raises(ContentError) as refusal:
        render(content, PARTICULARS, pictures=bytes_of)
    (problem,) = refusal.value.problems
    assert (problem.where, "甲.png" in str(problem)) == ("pictures[0]", True)


def test_a_page_may_begin_with_a_picture() -> None:
    content, data = pictured("甲。\n![一](甲.png)\n乙。", {"甲.png": photo(kind="PNG")})
    xml = xml_of(render(content, PARTICULARS, Layout(page_breaks=(2,)), pictures=data))
    assert '<w:pStyle w:val="Picture"/><w:keepNext/><w:pageBreakBefore/>' in xml


LINES = {
    "![图1](甲.png)": ("图1", "甲.png"),
    "![](甲 (1).jpg)": ("", "甲 (1).jpg"),
    "！［图1］（甲.PNG）": ("图1", "甲.PNG"),
    "！【图1】（甲（1）.jpeg）": ("图1", "甲（1）.jpeg"),
    "![图1](甲)": ("图1", "甲"),
    "见![图1](甲.png)": None,
    "！【重要】（详见附件）": None,
    "![图1]": None,
    "!": None,
    "": None,
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_stands_for_a_picture_is_known(line: str) -> None:
    found = read_picture(line)
    assert (found and (found.caption, found.name)) == LINES[line]


def test_such_a_line_is_put_in_words() -> None:
    text = "甲！\n![图1 会场](甲.png)\n乙"
    assert in_words(text) == "甲！\n〔图片：图1 会场 甲.png〕\n乙"
    assert captions_only(text) == "甲！\n图1 会场 \n乙"


def problems_of(content: Content) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as refusal:
        read_content(content.to_dict())
    return [(one.where, str(one)) for one in refusal.value.problems]


def test_lines_and_pictures_are_held_against_each_other() -> None:
    one, other = ref("甲.png", b"1"), ref("甲.png", b"2")
    wrong = replace(
        notice(f"![](乙.png)\n![{'图' * 101}](甲.png)"),
        pictures=(one, other, ref("表.xlsx", b"3")),
        attachments=(Part("表", "![](丙.png)"),),
    )
    where, words = zip(*problems_of(wrong), strict=True)
    assert where == ("pictures[1]", "pictures[2]", "body", "body", "attachments[0].body")
    for said, wanted in zip(words, ("甲.png", "表.xlsx", "乙.png", "100", "丙.png"), strict=True):
        assert wanted in said


def test_a_picture_that_no_line_names_is_kept() -> None:
    content = read_content(replace(notice("甲。"), pictures=(ref("甲.png", b"1"),)).to_dict())
    assert unplaced(content) == list(content.pictures) == list(content.files)


def test_there_are_not_too_many() -> None:
    many = tuple(ref(f"{number}.png", b"1") for number in range(MOST_PICTURES + 1))
    assert problems_of(replace(notice("甲。"), pictures=many))[0][0] == "pictures"


def test_a_content_without_pictures_has_the_hash_that_it_had() -> None:
    assert "pictures" not in notice("甲。").to_dict()


def test_changes_of_pictures_can_be_read_in_word() -> None:
    old, before = pictured("甲。\n![一](甲.png)\n乙。", {"甲.png": photo(kind="PNG")})
    new, after = pictured("甲。\n![二](乙.jpg)\n乙。", {"乙.jpg": photo(kind="JPEG")})
    gone = replace(notice("甲。\n乙。"), pictures=())
    moved = replace(old, body="![一](甲.png)\n甲。\n乙。")
    for first, second in ((old, new), (old, gone), (gone, new), (old, moved)):
        docx = redline(first, second, PARTICULARS, author="甲", at="2031-04-01", pictures={**before, **after})
        assert wrongs(docx) == []
        assert ("<w:ins " in xml_of(docx)) == (second in (new, moved))
        assert ("<w:del " in xml_of(docx)) == (first is old)
