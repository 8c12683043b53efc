"""Check that whoever acted for another had it delegated to them that day."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ..clock import read
from ..models import Delegation, Document, User

_ENTERED = {"entered", "brought_in"}  # acts that somebody carried out for another, and says so


def findings(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield each movement that says it was made for another without a delegation that bears it out."""
    principal, delegate = aliased(User), aliased(User)
    rows = session.execute(
        select(Delegation, principal.username, delegate.username)
        .join(principal, principal.id == Delegation.principal_id)
        .join(delegate, delegate.id == Delegation.delegate_id)
    )
    known = {one.id: (one, of, to) for one, of, to in rows}
    kinds = {row.public_id: row.kind for row in session.execute(select(Document.public_id, Document.kind))}
    for found in records.values():
        for record in found:
            if (by := record["details"].get("delegated")) and not _is_borne_out(record, by, known, kinds):
                name = f"document {record['document']}: movement {record['seq']}"
                yield f"{name} was made for {record['on_behalf_of']} without a delegation that covers it"
            elif record["on_behalf_of"] and not by and not _ENTERED & record["details"].keys():
                name = f"document {record['document']}: movement {record['seq']}"
                yield f"{name} does not say why it is for another"


def _is_borne_out(
    record: Mapping[str, Any], by: Mapping[str, Any], known: Mapping[int, Any], kinds: Mapping[str, str]
) -> bool:
    if by["delegation"] not in known:
        return False
    one, principal, delegate = known[by["delegation"]]
    return (
        (principal, principal, delegate) == (by["for"], record["on_behalf_of"], record["actor"])
        and one.since <= read(record["at"]).date() <= one.until
        and one.made_at <= record["at"]
        and (one.ended_at is None or record["at"] <= one.ended_at)
        and kinds.get(record["document"]) in one.kinds
    )
