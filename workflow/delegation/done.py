"""Gather what was done for somebody by a delegation: the page that they read on their return."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Delegation, Document, Movement


@dataclass(frozen=True)
class Act:
    """One act that was taken for somebody; `document_id` is the row's, `public_id` what links lead to."""

    document_id: int
    public_id: str
    title: str
    number: str | None
    procedure_hash: str
    seq: int
    action: str
    source: str
    dest: str
    at: str
    comment: str
    details: Mapping[str, Any]


def acts(session: Session, one: Delegation) -> list[Act]:
    """Return every act that was taken by a delegation, first to last."""
    rows = session.execute(
        select(
            Movement.document_id,
            Movement.seq,
            Movement.canonical,
            Document.public_id,
            Document.title,
            Document.number,
            Document.procedure_hash,
        )
        .join(Document, Document.id == Movement.document_id)
        .where(
            Movement.actor_id == one.delegate_id,
            Movement.at >= one.made_at,
            Movement.canonical.contains('"delegated":', autoescape=True),
        )
        .order_by(Movement.position)
    )
    return [act for row in rows if (act := _act(row, one.id)) is not None]


def _act(row: Any, delegation: int) -> Act | None:
    record = json.loads(row.canonical)
    if record["details"].get("delegated", {}).get("delegation") != delegation:
        return None
    return Act(
        row.document_id,
        row.public_id,
        row.title,
        row.number,
        row.procedure_hash,
        row.seq,
        record["action"],
        record["from"],
        record["to"],
        record["at"],
        record["comment"],
        record["details"],
    )


def last_document(session: Session, one: Delegation) -> int | None:
    """Return the row id of the document on which somebody was acted for last."""
    found = acts(session, one)
    return found[-1].document_id if found else None
