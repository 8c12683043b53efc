"""Tell what a scan is by its content, and take it in: opinions on paper, what comes back with a seal."""

import io
import zipfile
from collections.abc import Collection

from docgen.errors import ContentError
from docgen.files import MOST_BYTES, examine
from states.reasons import Label, Reason

from . import archive
from .installation import write_tx

READABLE = ("pdf", "png", "jpeg")  # what every browser shows
SEALED = (*READABLE, "tiff", "ofd")

MIMETYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "ofd": "application/ofd",
}
ENDINGS = {"jpeg": "jpg", "tiff": "tif"}

_MB = 1024 * 1024
_THE_FILE = Label(zh="文件", en="The file")
_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
)


def kind_of(data: bytes) -> str:
    """Return the kind of a file as its content tells it (pdf, png, jpeg, tiff, ofd), '' for any other."""
    found = next((kind for start, kind in _STARTS if data.startswith(start)), "")
    return found or ("ofd" if _is_ofd(data) else "")


def _is_ofd(data: bytes) -> bool:
    """Say whether a file is a package of GB/T 33190-2016 (OFD): a ZIP with OFD.xml at its root."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "OFD.xml" in package.namelist()
    except zipfile.BadZipFile:
        return False


def why_not(data: bytes, kinds: Collection[str]) -> list[Reason]:
    """Return why a file cannot be taken as a scan of one of these kinds."""
    if not data:
        return [Reason("The file is empty")]
    if len(data) > MOST_BYTES:
        return [Reason("The file is larger than %(most)s MB", {"most": str(MOST_BYTES // _MB)})]
    kind = kind_of(data)
    if kind not in kinds:
        return [Reason("The file is none of these: %(kinds)s", {"kinds": ", ".join(kinds).upper()})]
    try:
        if kind in READABLE:
            examine(data, "", "")
    except ContentError as error:
        return [Reason(wrong.message, {**wrong.params, "name": _THE_FILE}) for wrong in error.problems]
    return []


def keep(data: bytes) -> str:
    """Store a scan ahead of the act that names it, and return its hash."""
    archive.lay_down(data)
    with write_tx() as session:
        return archive.put(session, data)
