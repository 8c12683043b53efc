"""Show documents on paper: PDF files of what was frozen, pictures of what is under way.

Conversion is a job; its results lie under the hash of the DOCX they were made from.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen import foreign, pdf
from docgen.reading import read_content
from docgen.sheet import Content

from . import archive, jobs
from .agencies import find_agency
from .clock import stamp, today
from .describe import find
from .directory import Person
from .errors import ConverterMissing, NotFound
from .installation import here, read_tx, write_tx
from .laying import paper_of
from .models import Agency, Document, DocumentFile
from .referred import refuse_strangers
from .work import load_content

DPI = 110
MOST_PAGES_SHOWN = foreign.MOST_PAGES  # of a file that goes with a document


@dataclass(frozen=True)
class Preview:
    """How far the pictures of a paper are: `pages` once there are any, `error` when they failed."""

    key: str
    pages: int
    error: str = ""


def can_convert() -> bool:
    return pdf.converter() is not None


def preview_of(session: Session, document: Mapping[str, Any]) -> bytes:
    """Return the DOCX of a document as it stands: the frozen one once there is one."""
    if document["frozen_sha256"] is not None:
        return archive.read(document["frozen_sha256"])
    content = load_content(session, document["id"], document["revision"])
    return paper_of(session, document, content).docx()


def preview_of_typed(
    session: Session,
    person: Person,
    data: Mapping[str, Any],
    *,
    document: str = "",
    base: str = "",
    title_lines: str = "",
) -> bytes:
    """Return the DOCX of content that is only typed so far, in a document's text or over a base's.

    `title_lines` count as far as they are the title's.

    Raises ContentError, NotFound.
    """
    content: Content = read_content(data)
    if content.pictures:  # which show others' bytes
        row = find(session, person, document) if document else None
        refuse_strangers(session, person, content, document=row, base=base)
    agency = find_agency(session, content.agency, today()) if content.agency else None
    if agency is None:
        if person.home is None:
            raise NotFound
        agency = session.get_one(Agency, person.home.agency_id)
    layout = {"title_lines": tuple(title_lines.splitlines())}
    nothing_yet = {"number": None, "dated": None, "printed_on": None, "layout": layout}
    return paper_of(session, nothing_yet, content, agency).docx()


def ask_for_pictures(docx: bytes) -> Preview:
    """Ask for the pictures of a DOCX and say how far they are; raises ConverterMissing."""
    key = hashlib.sha256(docx).hexdigest()
    return _ask(key, {}, lambda: archive.write(folder_of(key) / "paper.docx", docx))


def ask_for_pictures_of_file(sha256: str, kind: str) -> Preview:
    """Ask for the pictures of a PDF, DOCX or scan that somebody sent in; raises ConverterMissing."""
    key = hashlib.sha256(f"{kind} {sha256}".encode()).hexdigest()
    return _ask(key, {"file": sha256, "kind": kind}, lambda: None)


def _ask(key: str, payload: Mapping[str, str], prepare: Callable[[], None]) -> Preview:
    if (pages := _pages(folder_of(key))) > 0:
        return Preview(key, pages)
    if payload.get("kind", "docx") == "docx" and not can_convert():
        raise ConverterMissing
    with read_tx() as session:
        state = jobs.state_of(session, "pictures", key)
    if state is not None and state[0] == "failed":
        return Preview(key, 0, state[1])
    if state is None or state[0] == "done":
        prepare()
        with write_tx() as session:
            jobs.ask(session, "pictures", key, payload, again=True)
    return Preview(key, 0)


def how_far(key: str) -> Preview:
    """Say how far the pictures that were asked for are; raises NotFound when they never were."""
    if (pages := _pages(folder_of(key))) > 0:
        return Preview(key, pages)
    with read_tx() as session:
        state = jobs.state_of(session, "pictures", key)
    if state is None:
        raise NotFound
    return Preview(key, 0, state[1] if state[0] == "failed" else "")


def picture(key: str, page: int) -> bytes:
    """Return one page's picture as PNG; pages count from 1. Raises NotFound."""
    if len(key) != 64 or not key.isalnum():
        raise NotFound
    try:
        return (folder_of(key) / f"{page}.png").read_bytes()
    except OSError as error:
        raise NotFound from error


def make_pictures(key: str, payload: Mapping[str, str]) -> None:
    """Job: turn a DOCX of ours, or a file that somebody sent in, into pictures of its pages."""
    folder = folder_of(key)
    if "file" in payload:
        made = _pictures_of_file(archive.read(payload["file"]), payload["kind"])
    else:
        made = pdf.pictures(pdf.to_pdf((folder / "paper.docx").read_bytes()), dpi=DPI)
    for number, png in enumerate(made, start=1):
        archive.write(folder / f"{number}.png", png)
    archive.write(folder / "pages", str(len(made)).encode())


def _pictures_of_file(data: bytes, kind: str) -> list[bytes]:
    if kind == "docx":
        data = pdf.to_pdf(foreign.harmless_copy(data), ours=False)
    return foreign.pictures_of(data)


def make_pdf(docx_sha256: str, payload: Mapping[str, str]) -> None:
    """Job: make the PDF of a frozen DOCX and keep it beside it."""
    document = select(Document.id, Document.origin).where(Document.public_id == payload["document"])
    with read_tx() as session:
        document_id, origin = session.execute(document).one()
    docx = archive.read(docx_sha256)
    ours = origin == "here"
    made = pdf.to_pdf(docx if ours else foreign.harmless_copy(docx), ours=ours, archival=True)
    with write_tx() as session:
        known = select(DocumentFile.id).where(
            DocumentFile.document_id == document_id,
            DocumentFile.format == "pdf",
            DocumentFile.made_from == docx_sha256,
        )
        if session.execute(known).first() is None:
            session.add(
                DocumentFile(
                    document_id=document_id,
                    format="pdf",
                    sha256=archive.put(session, made),
                    made_from=docx_sha256,
                    at=stamp(),
                )
            )


HANDLERS: dict[str, jobs.Handler] = {"pictures": make_pictures, "pdf": make_pdf}


def folder_of(key: str) -> Path:
    """Return where what is made of a paper lies; the sweep removes it."""
    return here().data / "previews" / key[:2] / key


def _pages(folder: Path) -> int:
    try:
        return int((folder / "pages").read_bytes())
    except OSError:
        return 0
