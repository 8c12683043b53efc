"""Check what an office holds against what its record says of it: texts, files, numbers."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import archive
from .errors import Damaged
from .installation import here
from .models import Document, RegisterEntry, Revision, StoredFile
from .numbering import gaps


def texts(session: Session, document: Document, records: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with a document's texts, given its movements."""
    hashes = {}
    rows = session.execute(
        select(Revision.n, Revision.content, Revision.content_sha256)
        .where(Revision.document_id == document.id)
        .order_by(Revision.n)
    ).all()
    for row in rows:
        hashes[row.n] = hashlib.sha256(row.content.encode()).hexdigest()
        if hashes[row.n] != row.content_sha256:
            yield f"the text of revision {row.n} is not what was stored"
    if list(hashes) != list(range(1, document.revision + 1)):
        yield "revisions of its text are missing or too many"
    latest = hashes.get(document.revision)
    if latest is None or latest != document.content_sha256:
        yield "its text is not its latest revision"
    elif any(getattr(document, name) != value for name, value in _listed(rows[-1].content).items()):
        yield "lists show of it what its text does not say"
    for record in records:
        if record["content_sha256"] not in hashes.values():
            yield f"the text that movement {record['seq']} was taken on is missing"
    procedure = here().versions.get(document.procedure_hash)
    drafting = procedure is not None and procedure.stages[document.state].edit == "free"
    if records and not drafting and records[-1]["content_sha256"] != document.content_sha256:
        yield "its text is not the one that its last movement was taken on"


def _listed(canonical: str) -> dict[str, Any]:
    content = json.loads(canonical)
    return {name: content[name] for name in ("type", "title", "urgency")}


def files(session: Session) -> Iterator[str]:
    """Yield what is wrong with the stored files."""
    known = set()
    for row in session.scalars(select(StoredFile).order_by(StoredFile.at, StoredFile.sha256)):
        known.add(row.sha256)
        try:
            size = len(archive.read(row.sha256))
        except Damaged as damage:
            yield str(damage)
        else:
            if size != row.size:
                yield f"file {row.sha256}: {size} bytes, recorded with {row.size}"
    for path in sorted((here().data / "files").glob("*/[!.]*")):
        if path.name not in known:
            yield f"file {path.name}: no record names it (left by a step that did not finish; harmless)"


def numbers(session: Session) -> Iterator[str]:
    """Yield what is wrong with the register."""
    for gap in gaps(session):
        serials = "、".join(map(str, gap.serials))
        yield f"series {gap.agency_code}〔{gap.year}〕: nothing explains the numbers {serials}"
    rows = session.execute(
        select(
            RegisterEntry.number,
            RegisterEntry.state,
            Document.number.label("own"),
            Document.state.label("at"),
        )
        .outerjoin(Document, Document.id == RegisterEntry.document_id)
        .order_by(RegisterEntry.id)
    ).all()
    for row in rows:
        if row.state == "used" and row.number != row.own:
            yield f"number {row.number}: its document has the number {row.own}"
        if row.state == "void" and row.at not in (None, "voided", "terminated"):
            yield f"number {row.number}: it is void, its document is at {row.at}"
    registered = {row.number for row in rows}
    numbered = select(Document.number).where(Document.number.is_not(None)).order_by(Document.id)
    for number in session.scalars(numbered):
        if number not in registered:
            yield f"number {number}: it is not in the register"
