"""Hand out a document's files: the frozen DOCX and the PDF that is made of it, or what a past one came as."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from docgen.active import is_active_pdf

from . import archive, describe, jobs, scans
from .directory import Person
from .errors import ConverterMissing, NotFound, PdfError
from .installation import write_tx
from .papers import can_convert

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "sealed": "",  # what came back: its content tells
}
SCANNED = ("tiff", "png", "jpeg")  # what past documents may be, too

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 70  # Chinese characters take three bytes, and file systems allow 255


@dataclass(frozen=True)
class Download:
    """A file's bytes, the name under which people save it, and whether a browser may open it in place."""

    content: bytes
    sha256: str
    name: str
    mimetype: str
    inline: bool = False


def fetch(session: Session, person: Person, public_id: str, format_: str) -> Download | None:
    """Return a file of a document as it is frozen now, or None while its PDF is being made.

    Raises NotFound (also before 送印), ConverterMissing, PdfError when the PDF could not be made.
    """
    document = describe.find(session, person, public_id)
    frozen = document["frozen_sha256"]
    if format_ not in (*FORMATS, *SCANNED) or frozen is None:
        raise NotFound
    found = {file["format"]: file["sha256"] for file in describe.files(session, document)}
    if format_ in found:
        stem = stem_of(document)
        content = archive.read(found[format_])
        if format_ == "sealed":
            return Download(content, found[format_], *_sealed(stem, content))
        name = f"{stem}.{scans.ENDINGS.get(format_, format_)}"
        return Download(content, found[format_], name, {**scans.MIMETYPES, **FORMATS}[format_])
    if format_ != "pdf" or "docx" not in found:
        raise NotFound
    if not can_convert():
        raise ConverterMissing
    state, error = jobs.state_of(session, "pdf", frozen) or ("failed", "")
    if state == "failed":
        if error and not error.startswith(ConverterMissing.__name__):
            raise PdfError(error)
        with write_tx() as writing:
            jobs.ask(writing, "pdf", frozen, {"document": public_id})
    return None


def stem_of(document: Mapping[str, Any]) -> str:
    """Return what a document's files are named after: its number, where it has one, and its title."""
    named = f"{document['number'] or ''} {document['title']}"
    return _NOT_IN_NAMES.sub(" ", named).strip()[:_LONGEST_NAME].strip()


def _sealed(stem: str, content: bytes) -> tuple[str, str]:
    """Return the name and the mimetype of a sealed file, by its content."""
    kind = scans.kind_of(content)
    return f"{stem}（用印件）.{scans.ENDINGS.get(kind, kind)}", scans.MIMETYPES[kind]


def fetch_scan(session: Session, person: Person, public_id: str, sha256: str) -> Download:
    """Return a scan that a document's movements name: a signed paper, a sealed file, replaced ones too.

    Raises NotFound, also when the person may not see the document.
    """
    document = describe.find(session, person, public_id)
    named = {
        scan
        for passage in describe.movements(session, document["id"])
        for details in (passage.details, *map(passage.details.get, ("entered", "co_signature")))
        if details is not None
        for scan in (details.get("scan"), details.get("sealed"))
    }
    if sha256 not in named - {None}:
        raise NotFound
    content = archive.read(sha256)
    kind = scans.kind_of(content)
    name = f"scan-{sha256[:8]}.{scans.ENDINGS.get(kind, kind)}"
    opens = kind in scans.READABLE and not (kind == "pdf" and is_active_pdf(content))
    return Download(content, sha256, name, scans.MIMETYPES[kind], opens)
