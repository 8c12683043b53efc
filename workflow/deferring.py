"""Put a document off until a day (缓发), and bring it back on that day or sooner.

It stays at its stage with those who hold it; while it is put off nothing of it is due.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, update

from states.reasons import Label, Reason

from . import deadlines, notices, tasks
from .clock import stamp, today
from .directory import OFFICE_CLERK
from .installation import here, read_tx, write_tx
from .models import Document, Task, table
from .work import Work

DEFER = "defer"
PUT_OFF = Reason("%(name)s put it off until %(day)s: %(reason)s").message
TAKEN_UP = Reason("%(name)s took it up again before the day until which it was put off").message
CAME_BACK = Reason("The day until which it was put off has come: it goes on at the stage %(stage)s").message

_documents = table(Document)


def defer(work: Work, inputs: Mapping[str, Any]) -> None:
    """Put the document off; the drafter and the office clerks are told."""
    until = date.fromisoformat(inputs["until"])
    notices.withdraw(work.session, work.id, PUT_OFF)
    work.set(deferred_until=until)
    known = {"name": work.person.name, "day": day_of(until), "reason": inputs["comment"]}
    _tell(work, PUT_OFF, known)


def resume(work: Work, inputs: Mapping[str, Any]) -> None:
    """Take the document up again; its time begins anew."""
    work.set(deferred_until=None)
    stage = work.procedure.stages[work.document["state"]]
    due_at = deadlines.due(work.session, stage, work.document["urgency"], work.at)
    tasks.set_due(work.session, work.id, due_at)
    work.tasks = tasks.at_stage(work.session, work.id, stage.name, work.document["round"])
    notices.withdraw(work.session, work.id, PUT_OFF)
    _tell(work, TAKEN_UP, {"name": work.person.name})


def lapse(work: Work) -> None:
    """Let what was put off be so no more, now that the document leaves its stage."""
    if work.document["deferred_until"] is not None:
        work.set(deferred_until=None)
        notices.withdraw(work.session, work.id, PUT_OFF)


def come_back() -> int:
    """Bring back every document whose day has come; return how many. For the worker, by the minute."""
    with read_tx() as session:
        found = session.scalars(
            select(Document.id).where(Document.deferred_until <= today()).order_by(Document.id)
        ).all()
    return sum(_come_back(document_id) for document_id in found)


def _come_back(document_id: int) -> bool:
    """Bring a document back, unless somebody has taken it up meanwhile; its version stays as it is."""
    at, is_due = stamp(), (_documents.c.id == document_id, _documents.c.deferred_until <= today())
    with write_tx() as session:
        row = session.execute(select(_documents).where(*is_due).with_for_update()).first()
        if row is None:
            return False
        session.execute(update(_documents).where(_documents.c.id == row.id).values(deferred_until=None))
        stage = here().versions[row.procedure_hash].stages[row.state]
        tasks.set_due(session, row.id, deadlines.due(session, stage, row.urgency, at))
        notices.withdraw(session, row.id, PUT_OFF)
        open_ = select(Task.user_id).where(Task.document_id == row.id, Task.closed_at.is_(None))
        for person in dict.fromkeys((*session.scalars(open_.order_by(Task.id)).all(), row.drafter_id)):
            notices.tell(session, person, row.id, at, CAME_BACK, {"stage": stage.label})
    return True


def day_of(day: date) -> Label:
    """Return a day as people read it, in both languages; the year only where it is another one."""
    year = "" if day.year == today().year else f"{day.year}年"
    return Label(zh=f"{year}{day.month}月{day.day}日", en=day.isoformat())


def _tell(work: Work, message: str, known: Mapping[str, str | Label]) -> None:
    people = (work.document["drafter_id"], *work.directory.holders(OFFICE_CLERK))
    for person in dict.fromkeys(people):
        if person != work.person.id:
            notices.tell(work.session, person, work.id, work.at, message, known)
