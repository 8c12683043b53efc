"""Hand out what goes into the printer: the proof, the print over red paper, one side of the sheets."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from docgen.sheets import even_pages_backwards, odd_pages, without_red

from .. import describe, downloads, jobs
from ..directory import Person
from ..downloads import FORMATS, Download, stem_of
from ..errors import NotFound
from ..laying import paper_of
from ..papers import can_convert
from ..work import load_content


@dataclass(frozen=True)
class _Sheets:
    name: str  # what the file's name begins with
    make: Callable[[bytes], bytes]


SHEETS: Mapping[str, _Sheets] = {
    "proof": _Sheets("清样", lambda pdf: pdf),
    "overprint": _Sheets("套印", without_red),
    "odd": _Sheets("单数页", odd_pages),
    "even": _Sheets("双数页倒序", even_pages_backwards),
    "overprint-odd": _Sheets("套印单数页", lambda pdf: odd_pages(without_red(pdf))),
}
"""What is made of the frozen file's PDF, which is made once; the back sides have no red."""


def fetch(session: Session, person: Person, public_id: str, kind: str) -> Download | None:
    """Return a PDF for the printer, or None while that of the frozen file is being made.

    Raises NotFound (also before 送印), ConverterMissing, PdfError.
    """
    if kind not in SHEETS:
        raise NotFound
    found = downloads.fetch(session, person, public_id, "pdf")
    if found is None:
        return None
    sha256 = hashlib.sha256(f"{kind} {found.sha256}".encode()).hexdigest()
    sheets = SHEETS[kind]
    return replace(
        found, content=sheets.make(found.content), sha256=sha256, name=f"{sheets.name} {found.name}"
    )


def overprint_docx(session: Session, person: Person, public_id: str) -> Download:
    """Return the DOCX to be printed over red paper; raises NotFound where the file came from Word or WPS."""
    document = describe.find(session, person, public_id)
    if not is_ours(session, document):
        raise NotFound
    paper = paper_of(session, document, load_content(session, document["id"], document["revision"]))
    docx = paper.docx(overprint=True)
    name = f"套印 {stem_of(document)}.docx"
    return Download(docx, hashlib.sha256(docx).hexdigest(), name, FORMATS["docx"])


def is_ours(session: Session, document: Mapping[str, Any]) -> bool:
    """Say whether the frozen file is the one that the system lays out."""
    if document["frozen_sha256"] is None:
        return False
    paper = paper_of(session, document, load_content(session, document["id"], document["revision"]))
    return hashlib.sha256(paper.docx()).hexdigest() == document["frozen_sha256"]


def state_of_pdf(session: Session, document: Mapping[str, Any]) -> str:
    """Return how far the frozen file's PDF is: none, ready, waiting, making, failed or unavailable."""
    if document["frozen_sha256"] is None:
        return "none"
    if any(file["format"] == "pdf" for file in describe.files(session, document)):
        return "ready"
    if not can_convert():
        return "unavailable"
    state = jobs.state_of(session, "pdf", document["frozen_sha256"])
    told = state[0] if state else "waiting"
    return told if told in ("failed", "waiting") else "making"
