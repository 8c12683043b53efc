"""A file is known by its bytes; a hostile one is refused in words, and read by nothing of ours."""

import io
import zipfile

import pytest

from docgen import foreign
from docgen.active import is_active_pdf
from docgen.errors import ContentError
from docgen.files import MOST_BYTES, examine
from docgen.pdf import ConverterFailed
from tests.files import (
    ACTIVE_PDFS,
    LOCKED_PDF,
    OLE,
    TYPES,
    docx_file,
    huge_png,
    jpeg_file,
    pdf_file,
    pdf_of,
    png_file,
    types_of,
    with_parts,
    xlsx_file,
)

DOCX, XLSX = docx_file(), xlsx_file()
DOCM = types_of(DOCX).replace(
    b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
)
XML = b'<?xml version="1.0" encoding="UTF-8"?><a/>'


def plain_zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def locked(data: bytes) -> bytes:
    """Mark every part of a package as encrypted, in its table of contents."""
    pieces = data.split(b"PK\x01\x02")
    marked = [piece[:4] + bytes([piece[4] | 1]) + piece[5:] for piece in pieces[1:]]
    return b"PK\x01\x02".join([pieces[0], *marked])


def lying(data: bytes) -> bytes:
    """Let the table of contents declare a part smaller than it is."""
    place = data.rindex(b"PK\x01\x02", 0, data.index(b"word/document.xml", data.index(b"PK\x01\x02")))
    return data[: place + 24] + (100).to_bytes(4, "little") + data[place + 28 :]


TAKEN = {
    "pdf": pdf_file(),
    "docx": DOCX,
    "xlsx": XLSX,
    "png": png_file(),
    "jpeg": jpeg_file(),
}
REFUSED = {
    "nothing": (b"", "is empty"),
    "a program of Windows": (b"MZ" + bytes(200), "none of PDF"),
    "a program of Linux": (b"\x7fELF" + bytes(200), "none of PDF"),
    "a page of the web": (b"<html><script>alert(1)</script>", "web page or RTF"),
    "a page saved by Word": (b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<p>", "web page or RTF"),
    "RTF": (rb"{\rtf1\ansi a}", "web page or RTF"),
    "a picture that is a program": (b"<svg onload='alert(1)'/>", "none of PDF"),
    "too much": (bytes(MOST_BYTES + 1), "more than 20 MB"),
    "an old workbook": (OLE, "old kind"),
    "a locked workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a locked package": (locked(DOCX), "password"),
    "a locked PDF": (LOCKED_PDF, "password"),
    "any archive": (plain_zip(a=b"text"), "none of PDF"),
    "macros": (with_parts(XLSX, {"xl/vbaProject.bin": b"\0"}), "macros"),
    "old macros": (with_parts(XLSX, {"xl/macrosheets/sheet1.xml": XML}), "macros"),
    "controls": (with_parts(DOCX, {"word/activeX/activeX1.xml": XML}), "macros"),
    "a document with macros": (with_parts(DOCX, {TYPES: DOCM}), "macros"),
    "a bomb": (with_parts(DOCX, {"word/media/a.xml": bytes(9_000_000)}), "unpacks to more"),
    "a bomb of many parts": (with_parts(DOCX, {f"a/{n}.txt": b"" for n in range(3001)}), "unpacks to more"),
    "a declared entity": (with_parts(DOCX, {"word/a.xml": b"<!DOCTYPE a []><a/>"}), "DOCTYPE"),
    "one far down": (with_parts(DOCX, {"word/a.xml": b" " * 1_048_570 + b"<!DOCTYPE a []><a/>"}), "DOCTYPE"),
    "one in UTF-16": (with_parts(DOCX, {"word/a.xml": "<!DOCTYPE a []>".encode("utf-16")}), "DOCTYPE"),
    "a strange alphabet": (
        with_parts(DOCX, {"word/a.xml": b'<?xml version="1.0" encoding="utf-7"?>+ADw-a/>'}),
        "DOCTYPE",
    ),
    "a picture from outside": (docx_file(external={"image": "http://10.0.0.1/a.png"}), "http://10.0.0.1"),
    "a document from outside": (docx_file(external={"aFChunk": "file:///etc/passwd"}), "file:///etc"),
    **{
        f"the template {target}": (docx_file(external={"attachedTemplate": target}), target)
        for target in (
            "http://10.0.0.1/a.dotm",
            "\\\\server\\a.dotm",
            "file://server/a.dotm",
            "file:////server/a",
        )
    },
    "a backward path out": (with_parts(DOCX, {"word\\..\\..\\a.txt": b"a"}), "damaged"),
    "a path from the root": (with_parts(DOCX, {"/word/a.txt": b"a"}), "damaged"),
    "a part twice in other letters": (with_parts(DOCX, {"Word/Document.xml": XML}), "damaged"),
    "a path out of the package": (with_parts(DOCX, {"word/../../a.txt": b"a"}), "damaged"),
    "a package that lies": (lying(DOCX), "damaged"),
    "half a document": (DOCX[: len(DOCX) // 2], "damaged"),
    "half a PDF": (b"%PDF-1.7\n1 0 obj", "damaged"),
    "half a picture": (png_file(400, 400)[:60], "damaged"),
    "a picture of no end": (huge_png(), "million pixels"),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_a_file_is_known_by_its_bytes(kind: str) -> None:
    assert examine(TAKEN[kind], "任意.exe", "file") == kind


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_go_with_a_document_is_refused_in_words(case: str) -> None:
    data, words = REFUSED[case]
    with pytest.raises(ContentError) as refusal:
        examine(data, "某文件", "attachments[0].file")
    (problem,) = refusal.value.problems
    assert problem.where == "attachments[0].file"
    assert words in str(problem)
    assert "某文件" in str(problem)


def test_everything_wrong_is_told_at_once() -> None:
    data = with_parts(
        docx_file(external={"image": "http://a/1", "video": "http://a/2"}), {"word/vbaProject.bin": b""}
    )
    with pytest.raises(ContentError) as refusal:
        examine(data, "甲", "file")
    assert len(refusal.value.problems) == 3


def test_what_one_may_click_on_and_a_template_are_no_reason_to_refuse() -> None:
    data = docx_file(external={"hyperlink": "https://example.org", "attachedTemplate": "file:///C:/a.dotm"})
    assert examine(data, "甲", "file") == "docx"


@pytest.mark.parametrize("case", ACTIVE_PDFS)
def test_a_pdf_that_runs_something_is_known(case: str) -> None:
    assert is_active_pdf(ACTIVE_PDFS[case])


@pytest.mark.parametrize("data", [pdf_file(2), pdf_of(b"<</S/GoTo/D[3 0 R/Fit]>>")])
def test_an_ordinary_pdf_runs_nothing(data: bytes) -> None:
    assert not is_active_pdf(data)


def test_pictures_are_made_of_the_first_pages_and_no_page_is_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(foreign, "MOST_PAGES", 1)
    (picture,) = foreign.pictures_of(pdf_file(2, width=14_400, height=14_400))
    assert int.from_bytes(picture[16:20], "big") == 2000


def test_a_pdf_without_pictures_ends_another_process() -> None:
    with pytest.raises(ConverterFailed):
        foreign.pictures_of(b"%PDF-1.7 damaged")


def test_the_copy_that_is_shown_takes_nothing_in() -> None:
    data = docx_file(
        external={
            "image": "http://10.0.0.1/a.png",
            "attachedTemplate": "http://a/b",
            "hyperlink": "http://c",
        }
    )
    with zipfile.ZipFile(io.BytesIO(foreign.harmless_copy(data))) as package:
        rels = package.read("word/_rels/document.xml.rels").decode()
    assert "10.0.0.1" not in rels
    assert "http://a/b" not in rels
    assert "http://c" in rels
    assert "styles.xml" in rels
