"""A document's pictures go with it: clean, frozen, printed as they were signed."""

import re
from dataclasses import asdict
from typing import Any

import pytest

from docgen.reading import read_content
from tests.docgen.pictures import PLACE, photo
from tests.docgen.wordsmith import DOCUMENT, edited, packed, parts_of
from tests.workflow.desk import BODY, Desk, content
from workflow import archive, redlines, uploads
from workflow.changes import substance
from workflow.comparison import compare
from workflow.describe import describe
from workflow.errors import ContentError
from workflow.installation import read_tx
from workflow.printing.copies import OtherText, keep_print_copy, working_copy
from workflow.search import full_text

LINE = "![图1 会场布置](现场.jpg)"


def sent(desk: Desk, data: bytes, name: str = "现场.jpg", who: str = "drafter") -> dict[str, Any]:
    return asdict(uploads.keep(desk.id(who), name, data, as_picture=True))


PHOTO, OTHER = photo(turned=6), photo(90, 90)


def with_picture(desk: Desk, data: bytes = PHOTO) -> dict[str, Any]:
    return {"body": f"{BODY}\n{LINE}", "pictures": [sent(desk, data)]}


def media(docx: bytes) -> list[bytes]:
    return [data for name, data in parts_of(docx).items() if name.startswith("word/media/")]


def test_what_is_issued_shows_the_picture_without_its_maker_s_words(desk: Desk) -> None:
    document = desk.at("issued", **with_picture(desk))
    (shown,) = media(archive.read(desk.row(document)["frozen_sha256"]))
    assert PLACE in PHOTO
    assert PLACE not in shown
    assert desk.findings() == []


def test_changes_of_a_picture_come_out_in_the_redline_and_are_told_in_words(desk: Desk) -> None:
    document = desk.draft(**with_picture(desk))
    before = desk.row(document)
    desk.revise(document, "drafter", content(**with_picture(desk, OTHER)))
    with read_tx() as session:
        docx = redlines.redline_of(session, desk.person("drafter"), document, 1, 2).content
    assert len(media(docx)) == 2
    assert before["revision"] + 1 == desk.row(document)["revision"]
    old, new = content(**with_picture(desk)), content(**with_picture(desk, OTHER))
    (told,) = compare(old, new)
    assert told.field == "pictures"
    (told,) = compare(content(), {**old, "pictures": []})
    assert "〔图片：图1 会场布置 现场.jpg〕" in told.runs[-1][1]


def test_another_picture_is_a_change_of_substance_under_any_name(desk: Desk) -> None:
    old = read_content(content(**with_picture(desk)))
    new = read_content(content(**with_picture(desk, OTHER)))
    assert [reason.message for reason in substance(old, new, ())] == ["A picture was changed."]


def test_captions_are_found_and_file_names_are_not(desk: Desk) -> None:
    words = full_text(read_content(content(**with_picture(desk))))
    assert "图1 会场布置" in words
    assert "现场.jpg" not in words


def test_a_print_copy_shows_the_pictures_that_were_signed(desk: Desk) -> None:
    document = desk.at("printing", **with_picture(desk))
    with read_tx() as session:
        docx = working_copy(session, describe(session, desk.person("registrar"), document)).content

    def keep(copy: bytes) -> None:
        keep_print_copy(desk.id("registrar"), document, desk.row(document)["version"], "排好.docx", copy)

    parts = parts_of(docx)
    (part,) = (name for name in parts if name.startswith("word/media/"))
    with pytest.raises(ContentError):  # a picture that nobody signed
        keep(packed({**parts, part: OTHER}))
    drawing = re.compile(rb"<w:r><w:drawing><wp:inline.*?</w:drawing></w:r>")
    with pytest.raises(OtherText):
        keep(packed({**parts, DOCUMENT: drawing.sub(b"", parts[DOCUMENT])}))
    keep(edited(docx, '<w:pgMar w:top="2098"', '<w:pgMar w:top="2000"'))
    assert desk.row(document)["print_copy_sha256"]
