"""Urge whoever has a document, by hand: the drafter, the head of the drafting unit, the office clerk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.reasons import Label, Reason

from ..clock import now, read, stamp
from ..deferring import day_of
from ..directory import OFFICE_CLERK, OfficeDirectory, Person
from ..entered import clean_entry
from ..installation import write_tx
from ..models import Document, Task, Urging, User
from ..work import load_person, open_work
from ..working_time import calendar
from .telling import Told, enter, moment

PAUSE_DAYS = 0.5  # working days between two urgings of one task by hand


@dataclass(frozen=True)
class Outlook:
    """Whom one could urge now, and why not, for the document's page."""

    tasks: Sequence[Any]  # id, user_id, name, username
    reasons: tuple[Reason, ...]


def urge(actor_id: int, public_id: str, note: str = "") -> Sequence[Any]:
    """Urge those who have a document and were not urged lately; return their tasks (name, username).

    It is no step: the document, its version and its movements stay as they are.
    Raises NotFound, NotAllowed, NotReady.
    """
    note = clean_entry(note)
    with write_tx() as session:
        at = stamp()
        work = open_work(session, load_person(session, actor_id), public_id, None, at)
        if not may_urge(work.directory, work.person, work.document):
            raise NotAllowed(
                [Reason("Only the drafter, the head of the drafting unit and the office clerk urge")]
            )
        found = outlook(session, work.person, work.id)
        if found.reasons:
            raise NotReady(list(found.reasons))
        for task in found.tasks:
            told = Told(work.id, task.id, task.user_id, at, by_id=actor_id, note=note)
            enter(session, told, _said(work.person, note))
        return found.tasks


def _said(person: Person, note: str) -> Reason:
    if note:
        return Reason("%(name)s urges you: %(note)s", {"name": person.name, "note": note})
    return Reason("%(name)s urges you", {"name": person.name})


def may_urge(directory: OfficeDirectory, person: Person, document: Mapping[str, Any]) -> bool:
    """Say whether a person may urge those who have a document."""
    is_head = person.id in directory.heads(document["unit_id"])
    return person.in_office and (person.id == document["drafter_id"] or is_head or person.holds(OFFICE_CLERK))


def outlook(session: Session, person: Person, document_id: int) -> Outlook:
    """Return which open tasks of others may be urged now; one that was urged lately rests a while."""
    last = (
        select(Urging.task_id, func.max(Urging.at).label("at"))
        .where(Urging.document_id == document_id, Urging.rung.is_(None))
        .group_by(Urging.task_id)
        .subquery()
    )
    rows = session.execute(
        select(Task.id, Task.user_id, User.name, User.username, last.c.at, Document.deferred_until)
        .join(User, User.id == Task.user_id)
        .join(Document, Document.id == Task.document_id)
        .outerjoin(last, last.c.task_id == Task.id)
        .where(Task.document_id == document_id, Task.closed_at.is_(None), Task.user_id != person.id)
        .order_by(Task.id)
    ).all()
    if not rows:
        return Outlook((), (Reason("Nobody else has the document: there is nobody to urge"),))
    if until := rows[0].deferred_until:
        day: dict[str, str | Label] = {"day": day_of(until)}
        return Outlook((), (Reason("It is put off until %(day)s: nobody is urged before that", day),))
    working = calendar(session)
    pause = working.day_length * PAUSE_DAYS
    free = [row for row in rows if row.at is None or working.working_between(read(row.at), now()) >= pause]
    if free:
        return Outlook(free, ())
    told: dict[str, str | Label] = {
        "name": "、".join(row.name for row in rows),
        "at": moment(max(row.at for row in rows)),
    }
    return Outlook((), (Reason("%(name)s was urged at %(at)s; once in half a working day is enough", told),))


def urgings(session: Session, document_id: int) -> list[Mapping[Any, Any]]:
    """Return who was urged or reminded about a document, by whom (None: by the ladder), the latest first."""
    by, to = User.__table__.alias("by"), User.__table__.alias("to_")
    rows = session.execute(
        select(Urging.at, Urging.note, by.c.name.label("by"), to.c.name.label("to"))
        .join(to, to.c.id == Urging.to_id)
        .outerjoin(by, by.c.id == Urging.by_id)
        .where(Urging.document_id == document_id)
        .order_by(Urging.id.desc())
    )
    return [row._mapping for row in rows]
