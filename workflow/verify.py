"""Check that the record is what it was: movements and their chain, documents, texts, files, numbers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import co_signing, corrections, endings
from .applications import audit as applications
from .assessment import audit as scores
from .circulation import readers
from .delegation import audit as delegations
from .holdings import attached, files, papers, texts
from .installation import here, read_tx
from .intake.past import audit as past
from .keeping.anchors import anchors
from .models import ChainHead, Document, Movement, User
from .movements import HAND_OVER, hash_of, link
from .office.places import DRAFTER
from .points import audit as points
from .register import audit
from .titles import audit as titles

START = "0" * 64
_KEYS = {"document", "seq", "at", "action", "from", "to", "content_sha256", "details", "prev"}

Records = dict[int, list[dict[str, Any]]]  # by document, in the order of the chain


def findings() -> Iterator[str]:
    """Yield a line for each thing that is not as it should be."""
    with read_tx() as session:
        records: Records = {}
        yield from _chain(session, records)
        yield from anchors(session)
        yield from _documents(session, records)
        yield from papers(session, records)
        yield from co_signing.findings(session, records)
        yield from delegations.findings(session, records)
        yield from endings.findings(session, records)
        yield from corrections.findings(session, records)
        yield from readers.findings(session, records)
        yield from points.findings(session, records)
        yield from scores.findings(session)
        yield from applications.findings(session, records)
        yield from titles.findings(session, records)
        yield from attached(session)
        yield from files(session)
        yield from audit.findings(session)
        yield from past.findings(session, records)


def _chain(session: Session, records: Records) -> Iterator[str]:
    """Recompute every movement's hash and the chain of all, up to its head; gather what was recorded."""
    chain, position = START, 0
    columns = (
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
    )
    for row in session.execute(select(*columns).order_by(Movement.position)):
        name = f"movement {row.position}"
        position += 1
        if row.position != position:
            yield f"{name}: movements {position} to {row.position - 1} are missing"
            position = row.position
        record_hash = hash_of(row.canonical)
        if record_hash != row.hash:
            yield f"{name}: its text is not what was recorded"
        chain = link(chain, row.hash)
        if chain != row.chain_hash:
            yield f"{name}: the chain is broken before it"
            chain = row.chain_hash
        record = _read(row.canonical)
        if record is None:
            yield f"{name}: its text cannot be read"
            continue
        shown = (row.action, row.source, row.dest, row.at, row.seq)
        if shown != tuple(record[key] for key in ("action", "from", "to", "at", "seq")):
            yield f"{name}: its columns are not what was recorded"
        before = records.setdefault(row.document_id, [])
        if (record["seq"], record["prev"]) != (len(before) + 1, before[-1]["hash"] if before else None):
            yield f"{name}: it does not follow on its document's movement before"
        before.append({**record, "hash": record_hash})
    head = session.get_one(ChainHead, 1)
    if (head.position, head.chain_hash) != (position, chain):
        yield "the chain's head is not its last movement: movements at the end are missing"


def _read(canonical: str) -> dict[str, Any] | None:
    try:
        record = json.loads(canonical)
    except ValueError:
        return None
    return record if isinstance(record, dict) and record.keys() >= _KEYS else None


def _documents(session: Session, records: Records) -> Iterator[str]:
    """Compare each document with its movements and its texts."""
    rows = select(Document, User.username).join(User, User.id == Document.drafter_id)
    for document, drafter in session.execute(rows.order_by(Document.id)):
        found = records.get(document.id, [])
        for why in (*_replay(document, drafter, found), *texts(session, document, found)):
            yield f"document {document.public_id}: {why}"


def _replay(document: Document, drafter: str, found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Follow a document's movements and compare where they lead with where it stands."""
    state = ""
    for record in found:
        if record["document"] != document.public_id:
            yield f"movement {record['seq']} is another document's"
        if record["from"] != state:
            yield f"movement {record['seq']} leaves a stage it was not at"
        state = record["to"]
    if state != document.state:
        yield f"it is at {document.state}, its movements lead to {state or 'nothing'}"
    if (recorded := _drafter(found)) not in (drafter, None):
        yield f"its drafter is {drafter}, its movements say {recorded}"
    if len(found) != document.movements or (found and found[-1]["hash"] != document.last_hash):
        yield "its last movement is not the last that it had"
    if document.procedure_hash not in here().versions:
        yield "its procedure is missing"
    signed = [record for record in found if record["action"].startswith("sign")]
    if document.signed_sha256 and (not signed or signed[-1]["content_sha256"] != document.signed_sha256):
        yield "what it calls signed is not what was signed"
    signed_here = not past.is_past(found)
    if signed_here and document.frozen_sha256 and document.content_sha256 != document.vouched_sha256:
        yield "its text was changed after sign-off without a declaration"
    printed = [record["details"]["file"] for record in found if "file" in record["details"]]
    if document.frozen_sha256 and document.frozen_sha256 not in printed[-1:]:
        yield "its file is not the one that was sent to print"
    numbered = [record["details"]["number"] for record in found if "number" in record["details"]]
    if document.number != (numbered[-1] if numbered else None):
        yield f"its number is {document.number}, its movements say {numbered[-1] if numbered else 'none'}"


def _drafter(found: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the user name of the one who drafted a document, or to whom that was handed over."""
    begun = [record for record in found[:1] if record["action"] == "draft"]
    drafters = [record["details"].get("brought_in", {}).get("for", record["actor"]) for record in begun]
    handed = [record["details"] for record in found if record["action"] == HAND_OVER]
    drafters += [details["to"] for details in handed if DRAFTER in details["places"]]
    return drafters[-1] if drafters else None
