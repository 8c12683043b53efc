"""Check that past documents are what their one movement of coming in says of them, and claim no more."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import Document, DocumentFile, PastRecord
from ...movements import IMPORT
from ...numbering import format_number

Record = Mapping[str, Any]


def is_past(found: Sequence[Record]) -> bool:
    """Say whether a document was brought in, by its movements and not by what its row says."""
    return bool(found) and found[0]["action"] == IMPORT


def findings(session: Session, records: Mapping[int, Sequence[Record]]) -> Iterator[str]:
    """Yield what is wrong with past documents."""
    past = {row.document_id: row for row in session.scalars(select(PastRecord))}
    files: dict[int, set[tuple[str, str]]] = {}
    statement = (
        select(DocumentFile.document_id, DocumentFile.sha256, DocumentFile.made_from)
        .join(Document, Document.id == DocumentFile.document_id)
        .where(Document.origin == "imported")
    )
    for row in session.execute(statement):
        files.setdefault(row.document_id, set()).add((row.sha256, row.made_from))
    for document in session.scalars(select(Document).order_by(Document.id)):
        found = records.get(document.id, ())
        for why in _of_document(document, found, past.get(document.id), files.get(document.id, set())):
            yield f"document {document.public_id}: {why}"


def _of_document(
    document: Document, found: Sequence[Record], past: PastRecord | None, files: set[tuple[str, str]]
) -> Iterator[str]:
    if document.origin != ("imported" if is_past(found) else "here"):
        yield f"it is called {document.origin}, its movements say otherwise"
    if not is_past(found):
        if past is not None:
            yield "a register of former years is said to have it, its movements say otherwise"
        return
    details = found[0]["details"]
    if any((document.signed_sha256, document.vouched_sha256, document.signatory_id, document.correction)):
        yield "it claims a sign-off, and nobody signed it here"
    shown = {"dated": str(document.dated), "printed_on": str(document.printed_on or "")}
    if any(details.get(name, "") != value for name, value in shown.items()):
        yield "its dates are not those that it was brought in with"
    if details.get("archival_code") not in (None, document.archival_code):
        yield "its archival code is not the one that it was brought in with"
    own = details.get("file")
    if document.frozen_sha256 != own or not {(sha256, own) for sha256 in _files(details)} <= files:
        yield "its files are not those that it was brought in with"
    yield from _of_record(document, details, past)


def _files(details: Mapping[str, Any]) -> list[str]:
    return [*([details["file"]] if "file" in details else []), *details.get("beside", [])]


def _of_record(document: Document, details: Mapping[str, Any], past: PastRecord | None) -> Iterator[str]:
    if past is None:
        yield "what the register of former years says of it is gone"
        return
    kept = {"written": past.written_number, "signatory": past.signatory, "row": past.row}
    if any(details.get(name, "") != value for name, value in kept.items()):
        yield "what the register of former years says of it is not what it was brought in with"
    number = format_number(past.agency_code, past.year, past.serial)
    if document.number != (None if past.duplicate else number):
        yield f"its number is {document.number}, the register of former years says {number}"
