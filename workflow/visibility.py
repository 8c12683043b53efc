"""Say who sees which document: one condition, used in every query that finds one.

Applications are found only where every kind is asked for: see applications/sight.py.

Under way: those who took part, those to whom it was passed for reading, the office, and the leaders of the
line. Issued: the whole office,
unless it is marked 限制阅读. Everyone else is told that there is no such document.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from .applications.sight import applications_seen_by
from .contents import APPLICATION
from .directory import UNIT_HEAD, Person
from .models import Circulation, Document, LeaderInCharge, Movement, Notice, Task
from .movements import CARRY_OVER, HAND_OVER

OFFICE = ("office_clerk", "registrar")
LEADERS = ("principal", "deputy")
ISSUED = ("issued", "archived")


def seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition under which a document of any kind is to be seen by a person."""
    return or_(visible_to(person), applications_seen_by(person))


def visible_to(person: Person) -> ColumnElement[bool]:
    """Return the condition under which what is issued, or to be issued, is to be seen by a person."""
    if not person.in_office:
        return false()
    return and_(Document.kind != APPLICATION, _of_the_office(person))


def _of_the_office(person: Person) -> ColumnElement[bool]:
    takes_part = or_(
        Document.drafter_id == person.id,
        *(
            exists(select(1).where(table.document_id == Document.id, *taking_part).correlate(Document))
            for table, taking_part in _taking_part(person)
        ),
    )
    submitted = Document.submitted_at.is_not(None)
    if person.holds(*OFFICE, *LEADERS):
        return or_(takes_part, submitted)
    issued = Document.state.in_(ISSUED)
    if person.holds("archivist"):
        return or_(takes_part, issued)
    return or_(takes_part, and_(submitted, _leads(person)), and_(issued, Document.restricted.is_(False)))


def _taking_part(person: Person) -> tuple[tuple[Any, tuple[ColumnElement[bool], ...]], ...]:
    """Return in which rows a part in a document shows; what an administrator does for all is none."""
    moved = (Movement.actor_id == person.id, Movement.action.not_in((HAND_OVER, CARRY_OVER)))
    reading = (Circulation.reader_id == person.id, Circulation.withdrawn_at.is_(None))
    return (
        (Task, (Task.user_id == person.id,)),
        (Notice, (Notice.user_id == person.id,)),
        (Movement, moved),
        (Circulation, reading),
    )


def _leads(person: Person) -> ColumnElement[bool]:
    headed = [post.unit_id for post in person.posts if post.code == UNIT_HEAD]
    return or_(
        Document.unit_id.in_(headed),
        exists(
            select(1)
            .where(LeaderInCharge.unit_id == Document.unit_id, LeaderInCharge.user_id == person.id)
            .correlate(Document)
        ),
    )
