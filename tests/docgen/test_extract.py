"""Text comes out of what others made, and what is made to harm is refused in words."""

import io
import zipfile
import zlib

import pytest
from PIL import Image

from docgen import extract
from docgen.errors import ContentError
from docgen.extract import kind_of
from docgen.render import render
from docgen.sheet import Content, Particulars
from docgen.text import clean_text, salvage
from tests import opening_day

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
LINES = ["豫直文明办〔2020〕9号", "关于规范登记的通知", "请认真落实。"]


def packed(xml: str, *, head: str = "", **others: bytes) -> bytes:
    """Return a DOCX whose main part is this."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", head + xml)
        for name, content in others.items():
            archive.writestr(name, content)
    return stream.getvalue()


def body(inner: str) -> str:
    return f"<w:document {W} {MC}><w:body>{inner}</w:body></w:document>"


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (30, 40)).save(stream, kind)
    return stream.getvalue()


def text_of(kind: str, data: bytes) -> str:
    return extract.text_of(kind, data, "the file")


def refusal(kind: str, data: bytes) -> str:
    with pytest.raises(ContentError) as refused:
        text_of(kind, data)
    (problem,) = refused.value.problems
    return problem.message % problem.params


KINDS = {
    "docx": packed(body("")),
    "pdf": opening_day.pdf(LINES),
    "png": picture("PNG"),
    "jpeg": picture("JPEG"),
    "tiff": picture("TIFF"),
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_told_by_the_content(kind: str) -> None:
    assert kind_of(KINDS[kind]) == kind


@pytest.mark.parametrize("data", [b"", b"<html>", b"GIF89a", "通知".encode()])
def test_what_is_no_document_has_no_kind(data: bytes) -> None:
    assert kind_of(data) is None


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + bytes(200), packed(body(""))[:-30]])
def test_a_package_that_cannot_be_opened_is_a_damaged_docx(data: bytes) -> None:
    assert "damaged" in refusal(kind_of(data) or "", data)


def test_the_main_part_may_have_another_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES.replace("document.xml", "document2.xml"))
        archive.writestr("word/document2.xml", body("<w:p><w:r><w:t>二</w:t></w:r></w:p>"))
    assert text_of(kind_of(stream.getvalue()) or "", stream.getvalue()) == "二"


def test_a_workbook_is_no_document() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert kind_of(stream.getvalue()) is None


def test_our_own_paper_gives_back_its_text() -> None:
    content = Content("通知", "关于规范登记的通知", "一、总体要求\n请认真落实。", "省直各单位")
    made = render(content, Particulars("某某办公室文件", "某某办", "某某办", number=LINES[0]))
    assert {*LINES, "省直各单位：", "一、总体要求"} <= set(text_of("docx", made).split("\n"))


def test_tables_text_boxes_and_breaks_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    xml = body(
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:delText>删</w:delText></w:r></w:p>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent><w:t>框外</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表中</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert text_of("docx", packed(xml)) == "甲 乙 丙\n框外\n框内\n表中"


def test_a_pdf_gives_its_text_and_a_scanned_one_none() -> None:
    assert text_of("pdf", opening_day.pdf(LINES)) == "\n".join(LINES)
    assert text_of("pdf", opening_day.pdf([])) == ""


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff"])
def test_a_picture_has_no_text(kind: str) -> None:
    assert text_of(kind, KINDS[kind]) == ""


def test_radicals_of_a_pdf_are_given_as_people_type_them() -> None:
    assert text_of("pdf", opening_day.pdf(["⽂明办"])) == "文明办"


def encrypted_docx() -> bytes:
    """Return a DOCX whose parts say that they are encrypted."""
    data = bytearray(packed(body("")))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(signature) + place] |= 1
    return bytes(data)


def bomb() -> bytes:
    return packed(body(""), **{"word/media/large": bytes(60 * 1024 * 1024)})


def many_pixels(width: int, height: int) -> bytes:
    """Return the beginning of a PNG that claims to be that large."""
    size = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    chunks = ((13, b"IHDR" + size), (0, b"IDAT"))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        length.to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4) for length, chunk in chunks
    )


DOCTYPE = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE = {
    "a DOCTYPE": ("docx", packed(body("<w:p/>"), head=DOCTYPE), "DOCTYPE"),
    "an outside entity": (
        "docx",
        packed(body("<w:p/>"), head='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "DOCTYPE",
    ),
    "broken XML": ("docx", packed("<w:document"), "damaged"),
    "a ZIP that ends early": ("docx", packed(body(""))[:-30], "damaged"),
    "no main part": ("docx", opening_day.pdf([]), "damaged"),
    "a password": ("docx", encrypted_docx(), "password"),
    "a bomb": ("docx", bomb(), "unpacks to more"),
    "a broken PDF": ("pdf", b"%PDF-1.4\nnothing", "damaged"),
    "a broken picture": ("png", b"\x89PNG\r\n\x1a\n", "damaged"),
    "a picture of another kind": ("png", b"GIF89a" + bytes(50), "damaged"),
    "a picture too large": ("png", many_pixels(20_000, 8_000), "pixels"),
    "a picture that is a bomb": ("png", many_pixels(100_000, 100_000), "pixels"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_words(what: str) -> None:
    kind, data, words = HOSTILE[what]
    assert words in refusal(kind, data)


def test_a_pdf_with_a_password_is_refused() -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    locked = opening_day.pdf(LINES).decode().replace("/Root 1 0 R", f"/Root 1 0 R {lock} /ID [<43> <43>]")
    assert "password" in refusal("pdf", locked.encode())


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MOST_BYTES", 1024**2)
    assert "more than 50 MB" in refusal("pdf", bytes(1024**2 + 1))


def test_a_text_that_is_too_long_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MOST_XML", 200)
    assert "unpacks to more" in refusal("docx", packed(body("<w:p/>" * 100)))


SALVAGED = {
    "控\x00制\x07字\u202e符\ud800": "控制字符",
    "  一行 \r\n\n\t 二行\u3000\u3000三\x0c四 ": "一行\n二行 三\n四",
    "\ufeff零\u200b宽": "零宽",
    "e" + "\u0301" * 9: "é",
    "": "",
}


@pytest.mark.parametrize("value", SALVAGED)
def test_what_can_be_stored_of_a_text_is_kept(value: str) -> None:
    kept = salvage(value, 50)
    assert kept == SALVAGED[value]
    assert clean_text(kept, where="", limit=50, lines=True) == kept


def test_a_long_text_is_cut_where_it_may_end() -> None:
    assert salvage("甲乙 丙丁" * 100, 3) == "甲乙"
