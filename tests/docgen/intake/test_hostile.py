"""A hostile or broken file is refused in words, soon, and without taking the machine's memory."""

import random
import resource
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from docgen.errors import ContentError
from docgen.intake import intake
from docgen.render import render
from tests.docgen.intake.drafts import word_file
from tests.docgen.test_files import locked, lying, plain_zip
from tests.docgen.twin import PARTICULARS, notice
from tests.docgen.wordsmith import DOCUMENT, W_SPACE, edited, packed, parts_of, related, with_part
from tests.files import TYPES, types_of, with_parts

PLAIN = word_file("关于读书的通知", "各单位：", "请读书。")
LAST = "</w:t></w:r></w:p><w:sectPr"
SECONDS, MEGABYTES = 5, 400
NOISE = random.Random(1).randbytes(300_000)  # which does not shrink
CELL = '<w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc>'


def filled(paragraphs: str) -> bytes:
    return edited(PLAIN, LAST, LAST.replace("<w:sectPr", f"{paragraphs}<w:sectPr"))


def of_type(kind: bytes) -> bytes:
    return with_parts(PLAIN, {TYPES: types_of(PLAIN).replace(b"wordprocessingml.document.main+xml", kind)})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "is empty"),
    "no package": (lambda: b"PK\x03\x04", "damaged"),
    "another package": (lambda: plain_zip(a=b"text"), "none of PDF"),
    "a PDF": (lambda: b"%PDF-1.4", "damaged"),
    "plain text": (lambda: "关于读书的通知".encode(), "none of PDF"),
    "RTF": (lambda: rb"{\rtf1 a}", "web page or RTF"),
    "a web page": (lambda: b"<html><body>a</body></html>", "web page or RTF"),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
    "a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "a locked package": (lambda: locked(PLAIN), "password"),
    "cut off": (lambda: PLAIN[:-200], "damaged"),
    "a size that lies": (lambda: lying(PLAIN), "damaged"),
    "a path out": (lambda: with_part(PLAIN, "../../etc/a", b"x"), "damaged"),
    "a part twice": (lambda: with_part(PLAIN, "WORD/document.xml", b"<a/>"), "damaged"),
    "a bomb by ratio": (lambda: with_part(PLAIN, "word/media/a.png", bytes(20_000_000)), "unpacks to more"),
    "a bomb by number": (
        lambda: packed({**parts_of(PLAIN), **{f"a/{n}": b"" for n in range(3001)}}),
        "unpacks to more",
    ),
    "a text of 9 MB": (
        lambda: edited(with_part(PLAIN, "a.bin", NOISE), "请读书。", "读" * 3_000_000),
        "unpacks to more",
    ),
    "macros": (lambda: with_part(PLAIN, "word/vbaProject.bin", b"x"), "macros"),
    "macros under another name": (lambda: of_type(b"ms-word.document.macroEnabled.main+xml"), "macros"),
    "another content type": (lambda: of_type(b"presentationml.slide+xml"), "none of PDF"),
    "controls": (lambda: with_part(PLAIN, "word/activeX/activeX1.xml", b"<a/>"), "macros"),
    "a DOCTYPE": (lambda: edited(PLAIN, "<w:document", "<!DOCTYPE a><w:document"), "DOCTYPE"),
    "an entity": (
        lambda: edited(PLAIN, "<w:document", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:document'),
        "DOCTYPE",
    ),
    "a DOCTYPE in UTF-16": (
        lambda: with_parts(PLAIN, {DOCUMENT: "<!DOCTYPE a []><a/>".encode("utf-16")}),
        "DOCTYPE",
    ),
    "an object from outside": (
        lambda: related(PLAIN, "oleObject", "file://10.0.0.1/a.xlsx", external=True),
        "takes in file://10.0.0.1/a.xlsx from outside",
    ),
    "a template from outside": (
        lambda: related(PLAIN, "attachedTemplate", "http://10.0.0.1/a.dotm", external=True),
        "takes in http://10.0.0.1/a.dotm from outside",
    ),
    "no XML": (lambda: edited(PLAIN, "</w:body>", "</w:bodi>"), "damaged"),
    "no body": (
        lambda: with_parts(PLAIN, {DOCUMENT: f'<w:document xmlns:w="{W_SPACE}"/>'.encode()}),
        "damaged",
    ),
    "nested deeply": (
        lambda: filled("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000),
        "damaged",
    ),
    "many paragraphs": (lambda: filled("<w:p/>" * 20_001), "more than 20000 paragraphs"),
    "a million paragraphs": (lambda: filled("<w:p/>" * 1_000_000), "more than 20000 paragraphs"),
    "numbers that are none": (lambda: filled(f"<w:tbl><w:tr>{CELL}</w:tr></w:tbl>"), "damaged"),
    "a secret": (lambda: filled("<w:p><w:r><w:t>机密★1年</w:t></w:r></w:p>"), "state secrets"),
    "one long paragraph": (
        lambda: filled(f"<w:p><w:r><w:t>{'甲乙' * 150_000}</w:t></w:r></w:p>"),
        "characters are too many; the limit is 200000",
    ),
}  # fmt: skip


HEAVY = ("a million paragraphs", "10,000 styles")


def peak() -> float:
    """Return the most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def each(table: Iterable[str]) -> list[Any]:
    """Return the kinds as parameters; those that weigh much are tried in the long run."""
    return [pytest.param(kind, marks=[pytest.mark.long] if kind in HEAVY else []) for kind in table]


@pytest.mark.parametrize("kind", each(HOSTILE))
def test_it_is_refused_in_words_soon_and_in_little_room(kind: str) -> None:
    make, words = HOSTILE[kind]
    file = make()
    start, before = time.process_time(), peak()
    with pytest.raises(ContentError) as refusal:
        intake(file, "草稿.docx")
    assert time.process_time() - start < SECONDS
    assert peak() - before < MEGABYTES
    assert {problem.where for problem in refusal.value.problems} == {"file"}
    assert words in str(refusal.value)


def styles(count: int) -> bytes:
    """Return a file with so many styles, each based on the one before; the last 1000 are used."""
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/>'
        f'<w:basedOn w:val="s{n - 1}"/></w:style>'
        for n in range(count)
    )
    words = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="s{n}"/></w:pPr><w:r><w:t>文</w:t></w:r></w:p>'
        for n in range(count - 1000, count)
    )
    return edited(filled(words), "</w:styles>", f"{made}</w:styles>", "word/styles.xml")


def in_a_ring() -> bytes:
    return edited(styles(1000), 'w:val="s-1"', 'w:val="s999"', "word/styles.xml")


HARMLESS: dict[str, tuple[Callable[[], bytes], str]] = {
    "10,000 styles": (lambda: styles(10_000), ""),
    "a ring of styles": (in_a_ring, ""),
    "a picture that is none": (lambda: with_part(PLAIN, "word/media/image1.png", b"MZ no picture"), ""),
    "a package in the package": (lambda: with_part(PLAIN, "word/embeddings/a.zip", PLAIN), ""),
    "a web page beside": (lambda: with_part(PLAIN, "word/a.html", b"<script>alert(1)</script>"), ""),
    "an object": (
        lambda: filled('<w:p><w:r><w:object><w:control w:name="a"/></w:object></w:r></w:p>'),
        "2 embedded objects are not taken over",
    ),
    "a picture from outside": (
        lambda: related(PLAIN, "image", "https://example.invalid/a.png", external=True),
        "https://example.invalid/a.png lies outside the file",
    ),
    "a template on this machine": (
        lambda: related(PLAIN, "attachedTemplate", "file:///C:/a.dotm", external=True),
        "",
    ),
}


@pytest.mark.parametrize("kind", each(HARMLESS))
def test_of_what_only_weighs_or_hides_the_text_is_read(kind: str) -> None:
    make, words = HARMLESS[kind]
    file = make()
    start, before = time.process_time(), peak()
    taken = intake(file, "草稿.docx")
    assert time.process_time() - start < SECONDS
    assert peak() - before < MEGABYTES
    assert taken.content["title"] == "关于读书的通知"
    told = [problem.message % problem.params for problem in taken.reports]
    assert words in "；".join(told)


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
