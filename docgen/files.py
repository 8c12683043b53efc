"""Tell by its bytes what a file is, and whether it is fit to go with a document."""

import io
import re
import warnings
from dataclasses import replace

import pypdfium2
from PIL import Image

from .errors import ContentError, Problem
from .ooxml import DAMAGED, LOCKED, look_into

EXTENSIONS = {"pdf": ("pdf",), "docx": ("docx",), "xlsx": ("xlsx",), "png": ("png",), "jpeg": ("jpg", "jpeg")}
"""The kinds that are taken, and how a name of each may end."""

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000

_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_UNKNOWN = Problem(
    "", "%(name)s is none of PDF, DOCX, XLSX, PNG and JPEG; nothing else goes with a document."
)
_MARKUP = Problem("", "%(name)s is a web page or RTF under another name; save it as DOCX or PDF.")
_IS_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:\{\\rtf|<(?:!doctype html|html|head|body)[\s>]|mime-version:)", re.IGNORECASE
)
_EMPTY = Problem("", "%(name)s is empty.")
_TOO_LARGE = Problem("", "%(name)s has more than %(most)s MB.", {"most": str(MOST_BYTES // 1024**2)})
_OLD = Problem("", "%(name)s is of an old kind (DOC, XLS, WPS, ET); save it as DOCX, XLSX or PDF.")
_TOO_MANY_PIXELS = Problem(
    "", "%(name)s has more than %(most)s million pixels.", {"most": str(MOST_PIXELS // 1_000_000)}
)


def examine(data: bytes, name: str, where: str) -> str:
    """Return which of EXTENSIONS a file is, whatever its name says.

    `name` is what the reader is told about, `where` the field. Raises ContentError with every reason why
    it cannot go with a document.
    """
    kind, wrong = _look(data)
    if wrong:
        raise ContentError(
            replace(problem, where=where, params={**problem.params, "name": name}) for problem in wrong
        )
    return kind


def _look(data: bytes) -> tuple[str, list[Problem]]:
    """Return the kind, and what is wrong with the file; what is wrong names no field and no file yet."""
    if not data:
        return "", [_EMPTY]
    if len(data) > MOST_BYTES:
        return "", [_TOO_LARGE]
    if data.startswith(_OLE):
        return "", [LOCKED if _ENCRYPTED in data else _OLD]
    if data.startswith(b"PK\x03\x04"):
        kind, wrong = look_into(data)
        return kind, wrong if kind or wrong else [_UNKNOWN]
    if data[:8].lstrip(b"\xef\xbb\xbf\r\n ").startswith(b"%PDF"):
        return "pdf", _wrong_with_pdf(data)
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return ("png" if data.startswith(b"\x89") else "jpeg"), _wrong_with_picture(data)
    return "", [_MARKUP if is_markup(data) else _UNKNOWN]


def is_markup(data: bytes) -> bool:
    """Say whether a file is RTF or a web page, which office programs save under the name of a document."""
    return _IS_MARKUP.match(data) is not None


def _wrong_with_pdf(data: bytes) -> list[Problem]:
    try:
        with pypdfium2.PdfDocument(data) as document:
            return [] if len(document) else [DAMAGED]
    except pypdfium2.PdfiumError as error:
        return [LOCKED if error.err_code == _WRONG_PASSWORD else DAMAGED]


def _wrong_with_picture(data: bytes) -> list[Problem]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                width, height = picture.size
                picture.verify()
    except Image.DecompressionBombError:
        return [_TOO_MANY_PIXELS]
    except Exception:  # the library raises whatever a broken picture makes it raise
        return [DAMAGED]
    return [_TOO_MANY_PIXELS] if width * height > MOST_PIXELS else []
