"""Turn what is laid out on demand into PDF; say how a conversion stands, and have one tried again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from docgen import pdf

from . import archive, describe, jobs
from .directory import OFFICE_CLERK, Person
from .errors import ConverterMissing, NotAllowed, NotFound, PdfError, Reason
from .installation import read_tx, write_tx
from .papers import can_convert, folder_of

PAPER = "paper"
KINDS = (PAPER, "pdf", "pictures")
SEE_TO_IT = (OFFICE_CLERK, "registrar", "archivist")
_MADE = "paper.pdf"
_WHY = {
    pdf.ConverterTimeout.__name__: Reason("LibreOffice took too long and was ended."),
    pdf.ConverterFailed.__name__: Reason("LibreOffice ended without a PDF."),
    pdf.NotArchival.__name__: Reason("What LibreOffice made is no PDF/A and not fit to be kept."),
}
_ELSE = Reason("The conversion broke off.")


@dataclass(frozen=True)
class Standing:
    """How a conversion stands: waiting (behind so many others), running, done or failed, and why."""

    state: str
    before: int = 0
    why: Reason | None = None
    said: str = ""  # by the program, in its own words


def pdf_of(docx: bytes) -> bytes | None:
    """Return a paper as PDF, or None while that is being made; raises ConverterMissing, PdfError."""
    key = hashlib.sha256(docx).hexdigest()
    folder = folder_of(key)
    try:
        return (folder / _MADE).read_bytes()
    except OSError:
        pass
    if not can_convert():
        raise ConverterMissing
    with read_tx() as session:
        state, error = jobs.state_of(session, PAPER, key) or ("done", "")
    if state == "failed":
        raise PdfError(error)
    if state == "done":
        archive.write(folder / "paper.docx", docx)
        with write_tx() as session:
            jobs.ask(session, PAPER, key, {}, again=True)
    return None


def make_paper(key: str, payload: Mapping[str, str]) -> None:
    """Job: turn a paper of ours into a PDF that is fit to be kept."""
    folder = folder_of(key)
    made = pdf.to_pdf((folder / "paper.docx").read_bytes(), archival=True)
    archive.write(folder / _MADE, made)


HANDLERS: dict[str, jobs.Handler] = {PAPER: make_paper}


def standing(session: Session, kind: str, key: str) -> Standing:
    """Return how a conversion stands; one that was asked for only now waits."""
    state, error = jobs.state_of(session, kind, key) or ("waiting", "")
    if state == "failed":
        return failed(error)
    return Standing(state, jobs.before(session, kind, key) if state == "waiting" else 0)


def failed(error: str) -> Standing:
    """Return how a conversion stands that failed with this error, told in words."""
    return Standing("failed", why=_WHY.get(error.partition(":")[0], _ELSE), said=error)


def may_try_again(person: Person, document: Mapping[str, Any]) -> bool:
    """Say whether a person may have a conversion of a document tried again."""
    return document["drafter_id"] == person.id or person.holds(*SEE_TO_IT)


def try_again(session: Session, person: Person, public_id: str, kind: str, key: str) -> None:
    """Have a conversion that failed tried again, twice at most as the first time.

    Raises NotFound, NotAllowed.
    """
    document = describe.find(session, person, public_id)
    if not may_try_again(person, document):
        raise NotAllowed([Reason("Only the drafter, the office clerk, registrar and archivist may do this")])
    if kind not in KINDS or jobs.state_of(session, kind, key) is None:
        raise NotFound
    with write_tx() as writing:
        jobs.ask(writing, kind, key, {"document": public_id})
