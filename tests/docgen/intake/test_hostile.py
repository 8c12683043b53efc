"""A hostile or broken file is refused in words, and soon."""

import random
import time

import pytest

from docgen.errors import ContentError
from docgen.intake import intake
from docgen.render import render
from tests.docgen.intake.drafts import word_file
from tests.docgen.twin import PARTICULARS, notice
from tests.docgen.wordsmith import edited, related, with_part

PLAIN = word_file("关于读书的通知", "各单位：", "请读书。")
LAST = "</w:t></w:r></w:p><w:sectPr"


def filled(paragraphs: str) -> bytes:
    return edited(PLAIN, LAST, LAST.replace("<w:sectPr", f"{paragraphs}<w:sectPr"))


def hostile() -> dict[str, bytes]:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc>'
    deep = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    return {
        "macros": with_part(PLAIN, "word/vbaProject.bin", b"x"),
        "a picture from outside": related(PLAIN, "image", "https://example.invalid/a.png", external=True),
        "a DOCTYPE": edited(PLAIN, "<w:document", "<!DOCTYPE a><w:document"),
        "a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "cut off": PLAIN[:-200],
        "no Word file": b"PK\x03\x04",
        "a PDF": b"%PDF-1.4",
        "nothing": b"",
        "nested deeply": filled(deep),
        "many paragraphs": filled("<w:p/>" * 20_001),
        "a million paragraphs": filled("<w:p/>" * 1_000_000),
        "numbers that are none": filled(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"),
        "a secret": filled("<w:p><w:r><w:t>机密★1年</w:t></w:r></w:p>"),
        "a long text": filled(f"<w:p><w:r><w:t>{'甲乙' * 150_000}</w:t></w:r></w:p>"),
    }  # fmt: skip


HOSTILE = hostile()


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_in_words(kind: str) -> None:
    start = time.monotonic()
    with pytest.raises(ContentError) as refusal:
        intake(HOSTILE[kind], "草稿.docx")
    assert time.monotonic() - start < 5
    for problem in refusal.value.problems:
        assert problem.where == "file"
        assert problem.message % problem.params


def test_cells_over_a_billion_columns_are_left_as_rows() -> None:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p><w:r><w:t>宽</w:t></w:r></w:p></w:tc>"
    taken = intake(filled(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))
    assert [line.strip() for line in taken.left] == ["宽"]


@pytest.mark.long
def test_a_paper_with_any_byte_changed_is_read_or_refused() -> None:
    chance = random.Random(7)
    docx = render(notice("甲甲。\n| 甲 | 乙 |\n丙。"), PARTICULARS)
    for _ in range(2000):
        broken = bytearray(docx)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            intake(bytes(broken))
        except ContentError as refusal:
            assert refusal.problems  # noqa: PT017
