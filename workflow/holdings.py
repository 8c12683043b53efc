"""Check what an office holds against what its record says of it: texts, files."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import archive
from .contents import listed, parse
from .errors import Damaged
from .installation import here
from .models import Document, DocumentFile, EnteredOpinion, Revision, StoredFile, User


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
    elif any(
        getattr(document, name) != value for name, value in listed(document.kind, rows[-1].content).items()
    ):
        yield "lists show of it what its text does not say"
    for record in records:
        if record["content_sha256"] not in hashes.values():
            yield f"the text that movement {record['seq']} was taken on is missing"
    procedure = here().versions.get(document.procedure_hash)
    drafting = procedure is not None and procedure.stages[document.state].edit == "free"
    if records and not drafting and records[-1]["content_sha256"] != document.content_sha256:
        yield "its text is not the one that its last movement was taken on"


def papers(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield where opinions entered for others, or sealed files, are not what the movements say of them."""
    kept = _kept_opinions(session)
    sealed = select(DocumentFile.document_id, DocumentFile.sha256).where(DocumentFile.format == "sealed")
    bound = {(row.document_id, row.sha256) for row in session.execute(sealed)}
    names = {row.id: row.public_id for row in session.execute(select(Document.id, Document.public_id))}
    for document, found in records.items():
        name = f"document {names.get(document)}"
        for record in found:
            seq, details = record["seq"], record["details"]
            if "entered" in details and _opinion(record, found) != kept.pop((document, seq), None):
                yield f"{name}: what is kept of the opinion entered by movement {seq} is not what it says"
            if "sealed" in details and (document, details["sealed"]) not in bound:
                yield f"{name}: the sealed file of movement {seq} is not among its files"
        bound -= {(document, record["details"].get("sealed")) for record in found}
    for document, seq in kept:
        yield f"document {names.get(document)}: movement {seq} enters no opinion for another"
    for document, sha256 in sorted(bound):
        yield f"document {names.get(document)}: no movement brought the sealed file {sha256}"


Opinion = tuple[str, str, str | None, str | None]  # for whom, medium, scan, how it was made good


def _kept_opinions(session: Session) -> dict[tuple[int, int], Opinion]:
    rows = session.execute(select(EnteredOpinion, User.username).join(User, User.id == EnteredOpinion.for_id))
    return {
        (one.document_id, one.seq): (username, one.medium, one.scan_sha256, one.made_good_how)
        for one, username in rows
    }


def _opinion(record: Mapping[str, Any], found: Sequence[Mapping[str, Any]]) -> Opinion:
    entered = record["details"]["entered"]
    how = "paper" if entered["medium"] == "paper" else None
    for later in found:
        if later["details"].get("opinion") == record["seq"]:
            how = {"confirm_opinion": "confirmed", "add_signed_sheet": "paper"}.get(later["action"], how)
    return entered["for"], entered["medium"], entered.get("scan"), how


def attached(session: Session) -> Iterator[str]:
    """Yield which files the texts refer to are not kept as they say."""
    sizes = {row.sha256: row.size for row in session.execute(select(StoredFile.sha256, StoredFile.size))}
    texts = (
        select(Document.public_id, Document.kind, Revision.n, Revision.content)
        .join(Document, Document.id == Revision.document_id)
        .where(Revision.content.contains('"sha256"'))
        .order_by(Revision.id)
    )
    for row in session.execute(texts):
        for file in parse(row.kind, row.content).files:
            if sizes.get(file.sha256) != file.size:
                yield f"document {row.public_id}: file {file.sha256} of revision {row.n} is not kept"


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
