"""Check that each application's own rows say what its movements say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..contents import APPLICATION
from ..installation import here
from ..models import Amendment, Application, Document

SUCCESS = "conferred"
ASKED = "ask_amendment"


def findings(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield a line for each application whose rows are not as they should be."""
    asked: dict[int, dict[int, Amendment]] = {}
    for one in session.scalars(select(Amendment).order_by(Amendment.id)):
        asked.setdefault(one.document_id, {})[one.seq] = one
    rows = select(Document, Application).outerjoin(Application, Application.document_id == Document.id)
    is_one = (Document.kind == APPLICATION) | Application.document_id.is_not(None)
    for document, row in session.execute(rows.where(is_one).order_by(Document.id)):
        found = records.get(document.id, [])
        for why in _wrong(document, row, found, asked.get(document.id, {})):
            yield f"application {document.public_id}: {why}"


def _wrong(
    document: Document,
    row: Application | None,
    found: Sequence[Mapping[str, Any]],
    asked: Mapping[int, Amendment],
) -> Iterator[str]:
    if row is None or document.kind != APPLICATION:
        yield "its own row is missing" if row is None else "it is a document of another kind"
        return
    procedure = here().versions.get(document.procedure_hash)
    over = procedure is not None and procedure.stages[document.state].final
    if procedure is not None and row.live == (over and document.state != SUCCESS):
        yield f"it counts as {'live' if row.live else 'over'} at {document.state}"
    if (row.unit_id, row.category) != (document.unit_id, document.type):
        yield "its row is another unit's or another category's"
    begun = [record["at"] for record in found[:1]]
    if begun != [row.begun_at]:
        yield f"it was begun at {begun[0] if begun else 'no time'}, its row says {row.begun_at}"
    source = [record["details"].get("brought_in", {}).get("from", "") for record in found[:1]]
    if source != [row.came_from]:
        yield f"it came from {source[0] if source else 'nowhere'}, its row says {row.came_from or 'nothing'}"
    if row.submitted_at != document.submitted_at:
        yield "its row and its document came in at different times"
    if row.submitted_at is not None and row.submitted_at not in {record["at"] for record in found}:
        yield "no movement submits it"
    grounds = [record["details"]["item"] for record in found if "item" in record["details"]]
    if [row.negative] != (grounds[-1:] or [None]):
        yield f"it failed on {row.negative or 'nothing'}, its movements say {grounds[-1:] or 'nothing'}"
    wanted = {record["seq"]: record["comment"] for record in found if record["action"] == ASKED}
    if wanted != {seq: one.wanted for seq, one in asked.items()}:
        yield "the corrections that were asked for are not those of its movements"
