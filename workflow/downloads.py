"""Hand out a document's files: the frozen DOCX and the PDF that is made of it."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from . import archive, describe, jobs
from .directory import Person
from .errors import ConverterMissing, NotFound, PdfError
from .installation import write_tx
from .papers import can_convert

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}

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
    if format_ not in FORMATS or frozen is None:
        raise NotFound
    found = {file["format"]: file["sha256"] for file in describe.files(session, document)}
    if format_ in found:
        stem = _NOT_IN_NAMES.sub(" ", f"{document['number']} {document['title']}")[:_LONGEST_NAME].strip()
        sha256 = found[format_]
        return Download(archive.read(sha256), sha256, f"{stem}.{format_}", FORMATS[format_])
    if not can_convert():
        raise ConverterMissing
    state, error = jobs.state_of(session, "pdf", frozen) or ("failed", "")
    if state == "failed":
        if error and not error.startswith(ConverterMissing.__name__):
            raise PdfError(error)
        with write_tx() as writing:
            jobs.ask(writing, "pdf", frozen, {"document": public_id})
    return None
