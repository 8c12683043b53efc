"""Read files that others made: tell what they are by their content, and take the text out of them."""

import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
from lxml import etree
from PIL import Image

from .errors import ContentError, Problem
from .text import salvage

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 100  # of what is unpacked to the file
MOST_XML = 30 * 1024 * 1024  # bytes of a DOCX's main part
MOST_PAGES = 300  # of a PDF that are read
MOST_TEXT = 100_000  # characters
MOST_PIXELS = 150_000_000  # A3 at 600 dots an inch has 70 million

PICTURES = ("tiff", "png", "jpeg")

_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RADICALS = re.compile("[\u2e80-\u2fdf]")  # what some fonts are said to hold, and nobody types
_BEGINNINGS = (
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("jpeg", b"\xff\xd8\xff"),
    ("tiff", b"II*\x00"),
    ("tiff", b"MM\x00*"),
    ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
)


class FileError(ContentError):
    """A file from outside cannot be used."""

    def __init__(self, message: str, **params: str) -> None:
        super().__init__([Problem("file", message, params)])


def kind_of(data: bytes) -> str | None:
    """Return docx, pdf, tiff, png or jpeg; doc for the files of old office programs; None for all else.

    A Word document with a password is one of the old container's files, and therefore `doc` too.
    """
    for kind, beginning in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return "docx" if _MAIN in archive.namelist() else None
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return None
    return None


def text_of(kind: str, data: bytes) -> str:
    """Return the text of a file of that kind, one paragraph a line; a picture has none. Raises FileError."""
    if len(data) > MOST_BYTES:
        raise FileError("The file is larger than %(most)s MB", most=str(MOST_BYTES // 1024**2))
    if kind == "docx":
        return text_of_docx(data)
    if kind == "pdf":
        return text_of_pdf(data)
    check_picture(data)
    return ""


def text_of_docx(data: bytes) -> str:
    """Return a DOCX's text, tables and text boxes too, one paragraph a line. Raises FileError."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(_main_part(data), parser)
    except etree.XMLSyntaxError as error:
        raise FileError("The Word document is damaged") from error
    if root.getroottree().docinfo.doctype:
        raise FileError("The Word document holds a DOCTYPE, which no office program writes")
    etree.strip_elements(root, _FALLBACK, with_tail=False)  # says again what stands beside it
    lines = ("".join(_characters(paragraph)) for paragraph in root.iter(f"{_W}p"))
    return salvage("\n".join(lines), MOST_TEXT)


def _main_part(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise FileError("The Word document has a password")
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), 10_000):
                raise FileError("The Word document unpacks to far more than it is")
            with archive.open(_MAIN) as stream:
                xml = stream.read(MOST_XML + 1)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise FileError("The Word document is damaged") from error
    if len(xml) > MOST_XML:
        raise FileError("The Word document's text is longer than this system reads")
    return xml


def _characters(paragraph: Any) -> Iterator[str]:
    """Yield a paragraph's characters; the paragraphs of a text box in it are lines of their own."""
    for child in paragraph:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif child.tag != f"{_W}p":
            yield from _characters(child)


def text_of_pdf(data: bytes) -> str:
    """Return a PDF's text; one that was scanned has none. Raises FileError."""
    pieces: list[str] = []
    try:
        with pypdfium2.PdfDocument(data) as document:
            for number in range(min(len(document), MOST_PAGES)):
                page = document[number]
                text = page.get_textpage()
                pieces.append(text.get_text_range())
                text.close()
                page.close()
                if sum(map(len, pieces)) > MOST_TEXT:
                    break
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FileError("The PDF has a password") from error
        raise FileError("The PDF is damaged") from error
    return salvage(_RADICALS.sub(_as_typed, "\n".join(pieces)), MOST_TEXT)


def _as_typed(radical: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", radical[0])


def check_picture(data: bytes) -> None:
    """Refuse a picture that cannot be opened, or is too large for that. Raises FileError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind.upper() for kind in PICTURES]) as picture:
                width, height = picture.size
    except Image.DecompressionBombError as error:
        raise FileError("The picture has more points than this system shows") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise FileError("The picture is damaged") from error
    if width * height > MOST_PIXELS:
        raise FileError("The picture has more points than this system shows")
