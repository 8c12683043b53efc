"""The pictures of a draft come along at their places; what cannot is told."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from docgen.intake import Taken, intake
from docgen.picture import clean_picture
from docgen.reading import read_content
from docgen.render import render
from docgen.sheet import Part
from tests.docgen.pictures import PLACE, photo, pictured
from tests.docgen.twin import PARTICULARS
from tests.docgen.wordsmith import edited, related, saved_by_another_program, with_part
from tests.files import huge_png

TITLE = ("关于布置会场的通知", "各区县文明办：", "现将布置会场的有关事项通知如下，请遵照执行。")
PHOTO, SEAL = photo(600, 400, turned=6), photo(90, 90, kind="PNG")


def draft() -> DocumentObject:
    document = Document()
    for line in TITLE:
        document.add_paragraph(line)
    return document


def show(document: DocumentObject, data: bytes) -> None:
    document.add_picture(io.BytesIO(data), width=Mm(60))


def taken(document: DocumentObject) -> Taken:
    stream = io.BytesIO()
    document.save(stream)
    return intake(stream.getvalue(), "草稿.docx")


def told(found: Taken) -> list[str]:
    return [one.message % one.params for one in found.reports]


def test_our_own_paper_gives_them_back_with_their_captions() -> None:
    files = {"甲.png": photo(kind="PNG"), "乙 (1).jpg": PHOTO}
    body = "甲。\n![图1　会场](甲.png)\n乙。\n![](乙 (1).jpg)"
    content, data = pictured(body, files, attachments=(Part("附图", "![图](甲.png)"),))
    found = intake(render(content, PARTICULARS, pictures=data))
    assert read_content(found.content) == read_content(content.to_dict())
    assert {one.ref.sha256: one.data for one in found.pictures} == data
    assert (found.left, found.reports) == ((), ())


@pytest.mark.long
@pytest.mark.paper
def test_they_come_back_from_a_file_that_another_program_saved(tmp_path: Path) -> None:
    content, data = pictured("甲。\n![图1 会场](甲.png)\n乙。", {"甲.png": photo(kind="PNG")})
    again = saved_by_another_program(render(content, PARTICULARS, pictures=data), tmp_path)
    found = intake(again)
    assert read_content(found.content) == read_content(content.to_dict())


def test_a_draft_of_others_has_them_clean_at_their_places_with_captions() -> None:
    document = draft()
    show(document, PHOTO)
    document.add_paragraph()
    document.add_paragraph("图1 会场布置").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("请按图布置，于十月底前完成。")
    show(document, SEAL)
    document.add_paragraph("图示各处均须布置到位，确保会议顺利召开。")
    found = taken(document)
    assert found.content["body"].split("\n") == [
        TITLE[2],
        "![图1 会场布置](image.jpg)",
        "请按图布置，于十月底前完成。",
        "![](image.png)",
        "图示各处均须布置到位，确保会议顺利召开。",
    ]
    assert found.pictures[0].data == clean_picture(PHOTO, "图", "file")
    assert PLACE in PHOTO
    assert PLACE not in found.pictures[0].data
    assert found.content["pictures"][0]["sha256"] == found.pictures[0].ref.sha256
    assert (found.left, told(found)) == ((), [])


def test_one_that_is_shown_twice_comes_once() -> None:
    document = draft()
    show(document, SEAL)
    show(document, SEAL)
    found = taken(document)
    assert len(found.pictures) == 1
    assert found.content["body"].count("![](image.png)") == 2


def test_those_of_letterhead_seal_and_table_are_left_and_told() -> None:
    document = Document()
    show(document, SEAL)
    for line in TITLE:
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "甲"
    table.cell(0, 1).paragraphs[0].add_run().add_picture(io.BytesIO(PHOTO))
    document.add_paragraph("某某市文明办")
    document.add_paragraph("2031年5月6日").add_run().add_picture(io.BytesIO(SEAL))
    found = taken(document)
    assert (found.signature, str(found.dated), found.content["title"]) == (
        "某某市文明办", "2031-05-06", TITLE[0],
    )  # fmt: skip
    assert "pictures" not in found.content
    assert found.pictures == ()
    assert found.left == ("〔图片：image.png〕", "〔图片：image.png〕")
    assert told(found) == ["The picture image.jpg stands in a table and was left out."]


def with_bytes(data: bytes) -> bytes:
    """Return a draft whose picture's part holds other bytes."""
    document = draft()
    show(document, SEAL)
    document.add_paragraph("请按图布置，于十月底前完成。")
    stream = io.BytesIO()
    document.save(stream)
    return with_part(stream.getvalue(), "word/media/image1.png", data)


HOSTILE = {
    "too many pixels": (lambda: with_bytes(huge_png()), "million pixels"),
    "no picture": (lambda: with_bytes(b"MZ" + bytes(90)), "neither PNG nor JPEG"),
    "a drawing of Windows": (lambda: with_bytes(b"\xd7\xcd\xc6\x9a" + bytes(90)), "neither PNG nor JPEG"),
    "half of one": (lambda: with_bytes(SEAL[:200]), "damaged"),
    "nothing": (lambda: with_bytes(b""), "is empty"),
    "one that is not there": (
        lambda: edited(with_bytes(SEAL), 'r:embed="rId', 'r:embed="rId99'),
        "is not in the file",
    ),
    "one from outside": (
        lambda: related(with_bytes(b""), "image", "https://example.invalid/a.png", external=True),
        "https://example.invalid/a.png lies outside",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_one_is_left_out_and_told_and_the_text_comes(case: str) -> None:
    make, words = HOSTILE[case]
    found = intake(make(), "草稿.docx")
    assert found.content["body"].split("\n") == [TITLE[2], "请按图布置，于十月底前完成。"]
    assert found.pictures == ()
    assert words in "\n".join(told(found))


def test_charts_are_told() -> None:
    document = draft()
    show(document, SEAL)
    stream = io.BytesIO()
    document.save(stream)
    uri = 'uri="http://schemas.openxmlformats.org/drawingml/2006/'
    chart = edited(stream.getvalue(), f'{uri}picture"', f'{uri}chart"')
    assert "1 charts" in "\n".join(told(intake(chart)))


def test_without_pictures_a_paper_says_nothing_of_them() -> None:
    content, _ = pictured("甲。", {})
    found = intake(render(replace(content, pictures=()), PARTICULARS))
    assert "pictures" not in found.content
    assert not any(
        name.startswith("word/media")
        for name in zipfile.ZipFile(io.BytesIO(render(content, PARTICULARS))).namelist()
    )
