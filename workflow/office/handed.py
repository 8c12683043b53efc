"""Tell what was handed over by whom to whom, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ..models import Handover, User


@dataclass(frozen=True)
class Handed:
    """A handover as the administration lists it."""

    id: int
    from_: str
    to: str
    by: str
    at: str
    reason: str
    lines: Sequence[Mapping[str, Any]]


def handovers(session: Session, limit: int = 100) -> list[Handed]:
    """Return the latest handovers, the last first."""
    from_, to, by = aliased(User), aliased(User), aliased(User)
    rows = session.execute(
        select(Handover, from_.name, to.name, by.name)
        .join(from_, from_.id == Handover.from_id)
        .join(to, to.id == Handover.to_id)
        .join(by, by.id == Handover.by_id)
        .order_by(Handover.id.desc())
        .limit(limit)
    )
    return [
        Handed(row.id, leaver, successor, admin, row.at, row.reason, row.lines)
        for row, leaver, successor, admin in rows
    ]
