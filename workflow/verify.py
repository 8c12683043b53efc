"""Check that the record is what it was: movements, chain, files, numbers."""

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import archive
from .errors import Damaged
from .installation import here, read_tx
from .models import ChainHead, Document, Movement, RegisterEntry, Revision, StoredFile
from .movements import hash_of, link
from .numbering import gaps

START = "0" * 64


def findings() -> Iterator[str]:
    """Yield a line for each thing that is not as it should be."""
    with read_tx() as session:
        yield from _chain(session)
        yield from _documents(session)
        yield from _revisions(session)
        yield from _files(session)
        yield from _numbers(session)


def _chain(session: Session) -> Iterator[str]:
    """Recompute every movement's hash and the chain of all, up to its head."""
    chain, position = START, 0
    last: dict[int, tuple[int, str | None]] = {}
    rows = session.execute(
        select(
            Movement.position,
            Movement.document_id,
            Movement.canonical,
            Movement.hash,
            Movement.chain_hash,
            Movement.action,
            Movement.source,
            Movement.dest,
            Movement.at,
            Movement.seq,
        ).order_by(Movement.position)
    )
    for row in rows:
        name = f"movement {row.position}"
        position += 1
        if row.position != position:
            yield f"{name}: movements {position} to {row.position - 1} are missing"
            position = row.position
        if hash_of(row.canonical) != row.hash:
            yield f"{name}: its text is not what was recorded"
        chain = link(chain, row.hash)
        if chain != row.chain_hash:
            yield f"{name}: the chain is broken before it"
            chain = row.chain_hash
        record = json.loads(row.canonical)
        columns = (row.action, row.source, row.dest, row.at, row.seq)
        if columns != tuple(record[key] for key in ("action", "from", "to", "at", "seq")):
            yield f"{name}: its columns are not what was recorded"
        seq, previous = last.get(row.document_id, (0, None))
        if (record["seq"], record["prev"]) != (seq + 1, previous):
            yield f"{name}: it does not follow on its document's movement before"
        last[row.document_id] = (record["seq"], row.hash)
    head = session.get_one(ChainHead, 1)
    if (head.position, head.chain_hash) != (position, chain):
        yield "the chain's head is not its last movement: movements at the end are missing"


def _documents(session: Session) -> Iterator[str]:
    """Replay each document's movements and compare where they lead with where it stands."""
    for document in session.scalars(select(Document).order_by(Document.id)):
        records = [
            json.loads(text)
            for text in session.scalars(
                select(Movement.canonical).where(Movement.document_id == document.id).order_by(Movement.seq)
            )
        ]
        state = ""
        for record in records:
            if record["from"] != state:
                yield f"document {document.public_id}: movement {record['seq']} leaves a stage it was not at"
            state = record["to"]
        if state != document.state:
            yield f"document {document.public_id}: it is at {document.state}, its movements lead to {state}"
        if len(records) != document.movements or (records and document.procedure_hash not in here().versions):
            yield f"document {document.public_id}: movements or its procedure are missing"
        signed = [record for record in records if record["action"].startswith("sign")]
        if document.signed_sha256 and (not signed or signed[-1]["content_sha256"] != document.signed_sha256):
            yield f"document {document.public_id}: what it calls signed is not what was signed"
        if document.frozen_sha256 and document.content_sha256 != document.vouched_sha256:
            yield f"document {document.public_id}: its text was changed after sign-off without a declaration"
        if document.frozen_sha256 and not any(
            record["details"].get("file") == document.frozen_sha256 for record in records
        ):
            yield f"document {document.public_id}: its file is not the one that was sent to print"


def _revisions(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(Document.public_id, Document.content_sha256, Revision.content, Revision.content_sha256)
        .join(Revision, (Revision.document_id == Document.id) & (Revision.n <= Document.revision))
        .add_columns(Revision.n, Document.revision)
    )
    for public_id, current, content, sha256, n, latest in rows:
        if hashlib.sha256(content.encode()).hexdigest() != sha256 or (n == latest and sha256 != current):
            yield f"document {public_id}: the text of revision {n} is not what was stored"


def _files(session: Session) -> Iterator[str]:
    known = set()
    for row in session.scalars(select(StoredFile)):
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


def _numbers(session: Session) -> Iterator[str]:
    for gap in gaps(session):
        serials = "、".join(map(str, gap.serials))
        yield f"series {gap.agency_code}〔{gap.year}〕: nothing explains the numbers {serials}"
    rows = session.execute(
        select(
            RegisterEntry.number,
            RegisterEntry.state,
            Document.number.label("own"),
            Document.state.label("at"),
        ).outerjoin(Document, Document.id == RegisterEntry.document_id)
    )
    for row in rows:
        if row.state == "used" and row.number != row.own:
            yield f"number {row.number}: its document has the number {row.own}"
        if row.state == "void" and row.at not in (None, "voided", "terminated"):
            yield f"number {row.number}: it is void, its document is at {row.at}"
