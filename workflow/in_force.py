"""Say what is in force (现行有效): issued, and neither rescinded nor replaced nor, on that day, repealed.

条例 art. 33: what is rescinded (撤销) never was in force, what is repealed (废止) is not from that day on.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from docgen.sheet import Content

from .clock import today
from .directory import Person
from .models import Document, Ended
from .visibility import ISSUED, visible_to

IN_FORCE = "in_force"
STANDINGS = {"rescind": "rescinded", "replace": "replaced", "repeal": "repealed"}
"""What a document is once it was ended, by the act; what weighs more comes first."""


@dataclass(frozen=True)
class Mark:
    """What a later document did to one, or one does to an earlier: `public_id` only for who may see it."""

    act: str
    from_date: date | None
    reason: str
    number: str
    public_id: str | None
    title: str | None

    def counts_on(self, day: date) -> bool:
        return self.from_date is None or self.from_date <= day


def in_force(day: date) -> ColumnElement[bool]:
    """Return the condition under which a document is in force on a day."""
    counts = or_(Ended.act != "repeal", Ended.from_date <= day)
    ended = exists(
        select(Ended.id)
        .where(Ended.earlier_id == Document.id, Ended.undone_by_id.is_(None), counts)
        .correlate(Document)
    )
    return and_(Document.state.in_(ISSUED), Document.dated <= day, ~ended)


def marks(session: Session, person: Person, documents: Collection[int]) -> Mapping[int, Sequence[Mark]]:
    """Return by document what later ones did to it and what still counts, in the order of those acts."""
    found: dict[int, list[Mark]] = defaultdict(list)
    if not documents:
        return found
    rows = session.execute(
        select(
            Ended.earlier_id,
            Ended.act,
            Ended.from_date,
            Ended.reason,
            Document.number,
            Document.public_id,
            Document.title,
            visible_to(person).label("seen"),
        )
        .join(Document, Document.id == Ended.later_id)
        .where(Ended.earlier_id.in_(documents), Ended.undone_by_id.is_(None))
        .order_by(Ended.id)
    )
    for row in rows:
        seen = (row.public_id, row.title) if row.seen else (None, None)
        found[row.earlier_id].append(Mark(row.act, row.from_date, row.reason, row.number, *seen))
    return found


def standing(found: Sequence[Mark], day: date | None = None) -> str:
    """Return in one word how a document with these marks stands on a day, by default today."""
    acts = {mark.act for mark in found if mark.counts_on(day or today())}
    return next((word for act, word in STANDINGS.items() if act in acts), IN_FORCE)


def ending(session: Session, person: Person, content: Content) -> list[Mark]:
    """Return what a document ends or is to end, each earlier one with its title if the person may see it."""
    if not content.ends:
        return []
    numbers = [ending.number for ending in content.ends]
    rows = session.execute(
        select(Document.number, Document.public_id, Document.title).where(
            Document.number.in_(numbers), visible_to(person)
        )
    )
    seen = {row.number: (row.public_id, row.title) for row in rows}
    return [
        Mark(
            ending.act,
            date.fromisoformat(ending.from_date) if ending.from_date else None,
            ending.reason,
            ending.number,
            *seen.get(ending.number, (None, None)),
        )
        for ending in content.ends
    ]
