"""List opinions that were entered for others, those first that still wait to be made good (待补签)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from . import clock
from .directory import OFFICE_CLERK, Person
from .lists import PAGE, Line, Page, page_of
from .making_good import DISPUTE
from .models import Document, EnteredOpinion, Movement, Unit, User
from .visibility import visible_to

_drafter, _leader, _clerk = aliased(User), aliased(User), aliased(User)


@dataclass(frozen=True)
class Tally:
    """How many open ones a person finds on the list, and how many of these are theirs to confirm."""

    listed: int
    own: int


def entered(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what was entered for others: for the clerk of all, for anybody else what was entered for them.

    Open ones come first, the oldest on top; `days` says for how long they have been open.
    """
    is_open = EnteredOpinion.made_good_at.is_(None)
    statement = _opinions().where(_listed_for(person)).order_by(is_open.desc(), EnteredOpinion.id)
    return _filled(session, page_of(session, statement, limit, cursor))


def to_confirm(session: Session, person: Person) -> list[Line]:
    """Return what was entered for a person as they said it and waits for them."""
    mine = EnteredOpinion.for_id == person.id, EnteredOpinion.made_good_at.is_(None)
    statement = _opinions().where(*mine).order_by(EnteredOpinion.id)
    return _filled(session, page_of(session, statement, PAGE, None)).items


def tally(session: Session, person: Person) -> Tally:
    """Count what is open; two looks at an index."""
    is_open = select(func.count()).select_from(EnteredOpinion).where(EnteredOpinion.made_good_at.is_(None))
    own = session.execute(is_open.where(EnteredOpinion.for_id == person.id)).scalar_one()
    return Tally(session.execute(is_open).scalar_one() if person.holds(OFFICE_CLERK) else own, own)


def _listed_for(person: Person) -> ColumnElement[bool]:
    own = EnteredOpinion.for_id == person.id
    return or_(own, visible_to(person)) if person.holds(OFFICE_CLERK) else own


def _opinions() -> Select:
    same = (Movement.document_id == EnteredOpinion.document_id) & (Movement.seq == EnteredOpinion.seq)
    return (
        select(
            Document.id,
            Document.public_id,
            Document.procedure_hash,
            Document.state,
            Document.type,
            Document.title,
            Document.urgency,
            Document.number,
            Unit.name.label("unit"),
            _drafter.name.label("drafter"),
            EnteredOpinion.seq,
            EnteredOpinion.medium,
            EnteredOpinion.scan_sha256.label("scan"),
            EnteredOpinion.said_at,
            EnteredOpinion.heard_by,
            EnteredOpinion.at,
            EnteredOpinion.made_good_at,
            EnteredOpinion.made_good_how,
            _leader.name,
            _clerk.name.label("by"),
            Movement.action,
            Movement.source,
            Movement.canonical,
        )
        .join(Document, Document.id == EnteredOpinion.document_id)
        .join(Unit, Unit.id == Document.unit_id)
        .join(_drafter, _drafter.id == Document.drafter_id)
        .join(_leader, _leader.id == EnteredOpinion.for_id)
        .join(_clerk, _clerk.id == EnteredOpinion.by_id)
        .join(Movement, same)
    )


def _filled(session: Session, page: Page) -> Page:
    """Add to each line what was said, for how many days it has been open, and whether it is disputed."""
    disputes = _disputes(session, {line["id"] for line in page.items})
    items: list[Line] = []
    for line in page.items:
        comment = json.loads(line["canonical"])["comment"]
        days = (clock.today() - clock.read(line["at"]).date()).days
        disputed = disputes.get((line["id"], line["seq"]), "")
        items.append({**line, "comment": comment, "days": days, "disputed": disputed})
    return Page(items, page.total, page.next)


def _disputes(session: Session, documents: Iterable[int]) -> dict[tuple[int, int], str]:
    rows = session.execute(
        select(Movement.document_id, Movement.canonical)
        .where(Movement.document_id.in_(documents), Movement.action == DISPUTE)
        .order_by(Movement.position)
    )
    found: dict[tuple[int, int], Any] = {}
    for row in rows:
        record = json.loads(row.canonical)
        found[row.document_id, record["details"]["opinion"]] = record["comment"]
    return found
