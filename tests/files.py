"""Files as people send them in, and as nobody should."""

import io
import struct
import zipfile
import zlib

import pypdfium2
from docx import Document
from openpyxl import Workbook
from PIL import Image

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = "[Content_Types].xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


def pdf_file(pages: int = 1, width: float = 595, height: float = 842) -> bytes:
    stream = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(width, height)
        document.save(stream)
    return stream.getvalue()


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of one page with more objects, numbered from 4; readers find them without a table."""
    found = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        *objects,
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (number, one) for number, one in enumerate(found, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 9" + trailer + b">>\nstartxref\n0\n%%EOF\n"


def packed(objects: bytes) -> bytes:
    """Return a PDF's stream of objects."""
    stream = zlib.compress(objects)
    return (
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(stream)
        + stream
        + (b"\nendstream")
    )


LOCKED_PDF = pdf_of(
    b"<</S/GoTo>>",
    b"<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>" % (b"o" * 32, b"u" * 32),
    trailer=b"/Encrypt 5 0 R/ID[(0123456789abcdef)(0123456789abcdef)]",
)
ACTIVE_PDFS = {
    "a script": pdf_of(b"<</S/JavaScript/JS(app.alert(1))>>"),
    "a script under another spelling": pdf_of(b"<</S/#4aavaScript/J#53(app.alert(1))>>"),
    "a program": pdf_of(b"<</S/Launch/F(calc.exe)>>"),
    "a packed script": pdf_of(packed(b"9 0 <</S/JavaScript/JS(app.alert(1))>>")),
    "what cannot be looked into": pdf_of(b"<</Type/ObjStm/N 1/Filter/LZWDecode>>stream\nabc\nendstream"),
}


def docx_file(text: str = "正文", external: dict[str, str] | None = None) -> bytes:
    """Return a DOCX; `external` are relations to what lies outside, by their kind."""
    document = Document()
    document.add_paragraph(text)
    for kind, target in (external or {}).items():
        document.part.relate_to(target, RELATION + kind, is_external=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx_file(*rows: tuple[object, ...]) -> bytes:
    workbook = Workbook()
    for row in rows or (("单位", "人数"), ("第一处", 3)):
        workbook.active.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def png_file(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, kind)
    return stream.getvalue()


def jpeg_file() -> bytes:
    return png_file(kind="JPEG")


def huge_png() -> bytes:
    """Return a PNG that says it is larger than it is."""
    data = png_file()
    header = b"IHDR" + struct.pack(">II", 30_000, 30_000) + data[24:29]
    return data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a package with parts added or replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(name, part)
    return stream.getvalue()


def types_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(TYPES)
