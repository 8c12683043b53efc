"""List opinions that were entered for others, those first that still wait to be made good (待补签)."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from . import clock
from .directory import OFFICE_CLERK, Person
from .lists import PAGE, Line, Page, page_of
from .making_good import ADD_SHEET, DISPUTE
from .models import Document, EnteredOpinion, Movement, Unit, User
from .said import signed_on
from .visibility import visible_to

_drafter, _leader, _clerk = aliased(User), aliased(User), aliased(User)


def entered(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what was entered for others: for the clerk of all, for anybody else what was entered for them.

    Open ones come first, the oldest on top.
    """
    is_open = EnteredOpinion.made_good_at.is_(None)
    statement = _opinions().where(_listed_for(person)).order_by(is_open.desc(), EnteredOpinion.id)
    return _filled(session, person, page_of(session, statement, limit, cursor))


def to_confirm(session: Session, person: Person) -> list[Line]:
    """Return what was entered for a person as they said it and waits for them."""
    mine = EnteredOpinion.for_id == person.id, EnteredOpinion.made_good_at.is_(None)
    statement = _opinions().where(*mine).order_by(EnteredOpinion.id)
    return _filled(session, person, page_of(session, statement, PAGE, None)).items


def open_ones(session: Session, person: Person) -> int:
    """Count what is open of that which a person finds on the list."""
    found = select(func.count()).select_from(EnteredOpinion).where(EnteredOpinion.made_good_at.is_(None))
    if not person.holds(OFFICE_CLERK):
        found = found.where(_theirs(person))
    return session.execute(found).scalar_one()


def _listed_for(person: Person) -> ColumnElement[bool]:
    return or_(_theirs(person), visible_to(person)) if person.holds(OFFICE_CLERK) else _theirs(person)


def _theirs(person: Person) -> ColumnElement[bool]:
    """Return the condition for what a person confirms, or has taken over the care of (工作交接)."""
    return or_(EnteredOpinion.for_id == person.id, EnteredOpinion.handed_to_id == person.id)


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
            EnteredOpinion.for_id,
            EnteredOpinion.handed_to_id,
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


def _filled(session: Session, person: Person, page: Page) -> Page:
    """Add to each line what was said, since when it is open and for whom, and what became of it."""
    later = _later(session, {line["id"] for line in page.items})
    items: list[Line] = []
    for line in page.items:
        record = json.loads(line["canonical"])
        items.append(
            {
                **line,
                "comment": record["comment"],
                "signed_on": signed_on(record["details"]["entered"]),
                "open": line["made_good_at"] is None,
                "own": line["for_id"] == person.id,
                "may_add": person.holds(OFFICE_CLERK) or line["handed_to_id"] == person.id,
                "days": (clock.today() - clock.read(line["at"]).date()).days,
                "disputed": later.get((line["id"], line["seq"], DISPUTE), {}).get("comment", ""),
                "sheet": later.get((line["id"], line["seq"], ADD_SHEET), {}).get("details", {}).get("scan"),
            }
        )
    return Page(items, page.total, page.next)


def _later(session: Session, documents: Iterable[int]) -> dict[tuple[int, int, str], dict[str, Any]]:
    """Return the movements that came of entered opinions, by document, opinion and act."""
    rows = session.execute(
        select(Movement.document_id, Movement.action, Movement.canonical)
        .where(Movement.document_id.in_(documents), Movement.action.in_((DISPUTE, ADD_SHEET)))
        .order_by(Movement.position)
    )
    found = [(row.document_id, row.action, json.loads(row.canonical)) for row in rows]
    return {(document, record["details"]["opinion"], action): record for document, action, record in found}
