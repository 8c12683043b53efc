"""Read files that others made: tell what they are by their content, and take the text out of them."""

import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
from lxml import etree
from PIL import Image

from .errors import ContentError, Problem
from .ooxml import BOMB, DAMAGED, DECLARES, LOCKED, read_xml, wrong_with_package
from .text import salvage

MOST_BYTES = 50 * 1024 * 1024
MOST_XML = 30 * 1024 * 1024  # bytes of a DOCX's main part
MOST_TYPES = 256 * 1024  # of the part that says what the others are
MOST_PAGES = 300  # of a PDF that are read
MOST_TEXT = 100_000  # characters
MOST_PIXELS = 150_000_000  # A3 at 600 dots an inch has 70 million

PICTURES = ("tiff", "png", "jpeg")

_TOO_LARGE = Problem("", "%(name)s has more than %(most)s MB.", {"most": str(MOST_BYTES // 1024**2)})
_TOO_MANY_PIXELS = Problem(
    "", "%(name)s has more than %(most)s million pixels.", {"most": str(MOST_PIXELS // 1_000_000)}
)
_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
_TYPES, _MAIN, _MAIN_TYPE = "[Content_Types].xml", "word/document.xml", b"wordprocessingml.document.main+xml"
_MAIN_NAMED = re.compile(rb'PartName="/([^"<>]+)"[^<>]*wordprocessingml\.document\.main\+xml')
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


class _Unusable(Exception):
    """A file cannot be used; the problem has a place for its name."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


def kind_of(data: bytes) -> str | None:
    """Return docx, pdf, tiff, png or jpeg; doc for the files of old office programs; None for all else.

    A Word document with a password is one of the old container's files, and therefore `doc` too; a package
    that cannot be opened counts as docx, and reading it says that it is damaged.
    """
    for kind, beginning in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                return "docx" if _MAIN_TYPE in _types_of(package) else None
        except (zipfile.BadZipFile, RuntimeError, ValueError, NotImplementedError, OSError, zlib.error):
            return "docx"
    return None


def text_of(kind: str, data: bytes, name: str) -> str:
    """Return the text of a file of that kind, a paragraph a line; a picture, or a scanned PDF, has none.

    Tables and text boxes of a DOCX are read too. Raises ContentError, which speaks of the file by `name`.
    """
    try:
        if len(data) > MOST_BYTES:
            raise _Unusable(_TOO_LARGE)
        return _READERS[kind](data)
    except _Unusable as wrong:
        params = {**wrong.problem.params, "name": name}
        raise ContentError([replace(wrong.problem, params=params)]) from wrong


def _text_of_docx(data: bytes) -> str:
    try:
        root = read_xml(_main_part(data))
    except ValueError as error:
        raise _Unusable(DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise _Unusable(DECLARES)
    etree.strip_elements(root, _FALLBACK, with_tail=False)  # says again what stands beside it
    lines = ("".join(_characters(paragraph)) for paragraph in root.iter(f"{_W}p"))
    return salvage("\n".join(lines), MOST_TEXT)


def _main_part(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if wrong := wrong_with_package(package, len(data)):
                raise _Unusable(wrong)
            named = _MAIN_NAMED.search(_types_of(package))
            with package.open(named[1].decode() if named else _MAIN) as stream:
                xml = stream.read(MOST_XML + 1)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        NotImplementedError,
        OSError,
        EOFError,
        zlib.error,
    ) as error:
        raise _Unusable(DAMAGED) from error
    if len(xml) > MOST_XML:
        raise _Unusable(BOMB)
    return xml


def _types_of(package: zipfile.ZipFile) -> bytes:
    """Return the beginning of what says of which kind the parts are."""
    if _TYPES not in package.namelist():
        return b""
    with package.open(_TYPES) as stream:
        return stream.read(MOST_TYPES)


def _characters(paragraph: Any) -> Iterator[str]:
    """Yield a paragraph's characters; the paragraphs of a text box in it are lines of their own."""
    for child in paragraph:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif isinstance(child.tag, str) and child.tag != f"{_W}p":
            yield from _characters(child)


def _text_of_pdf(data: bytes) -> str:
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
        raise _Unusable(LOCKED if error.err_code == _WRONG_PASSWORD else DAMAGED) from error
    return salvage(_RADICALS.sub(_as_typed, "\n".join(pieces)), MOST_TEXT)


def _as_typed(radical: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", radical[0])


def _text_of_picture(data: bytes) -> str:
    """Look whether a picture can be opened, and is not too large for that; it has no text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind.upper() for kind in PICTURES]) as picture:
                width, height = picture.size
    except Image.DecompressionBombError as error:
        raise _Unusable(_TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _Unusable(DAMAGED) from error
    if width * height > MOST_PIXELS:
        raise _Unusable(_TOO_MANY_PIXELS)
    return ""


_READERS = {"docx": _text_of_docx, "pdf": _text_of_pdf, **dict.fromkeys(PICTURES, _text_of_picture)}
READ = frozenset(_READERS)
"""The kinds that `text_of` takes."""
