"""Remind of what is overdue, rung by rung, within working hours.

Ordinary: three working days after it arrived, but not before it is due, then daily. Urgent: at once when it
is overdue, then every half working day. A leader is not reminded: the office clerk is, who decides.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from states.reasons import Label, Reason

from ..calendar import Calendar
from ..clock import now, read, stamp
from ..directory import OFFICE_CLERK, OfficeDirectory
from ..installation import here, read_tx, write_tx
from ..models import Appointment, Document, LeaderInCharge, Post, Task, Urging, User
from ..working_time import calendar
from .telling import Told, enter, moment

LEADERS = ("principal", "deputy")  # posts
PATIENCE_DAYS = 3  # working days, of an ordinary document; then each day
URGENT_DAYS = 0.5  # working days between two rungs of an urgent one


def climb() -> int:
    """Tell each rung that has been reached and not told; return how many. Nothing outside working hours."""
    at = now()
    with read_tx() as session:
        working = calendar(session)
        if not working.is_open(at):
            return 0
        reached = [(task, rung_of(working, task, at)) for task in _overdue(session, at)]
        known = _told(session, [task.id for task, _ in reached])
    told = 0
    for task, rung in reached:
        if rung is not None and (task.id, rung) not in known:
            with write_tx() as session:
                told += _remind(session, task, rung, stamp(at))
    return told


def rung_of(working: Calendar, task: Any, at: datetime) -> int | None:
    """Return the highest rung that a task has reached, from 0, or None before the first."""
    due, step = read(task.due_at), working.day_length * URGENT_DAYS
    first = due
    if task.urgency is None:
        first, step = max(due, working.add_working(read(task.since), days=PATIENCE_DAYS)), working.day_length
    return None if at < first else working.working_between(first, at) // step


def _overdue(session: Session, at: datetime) -> Sequence[Any]:
    return session.execute(
        select(
            Task.id,
            Task.document_id,
            Task.user_id,
            Task.stage,
            Task.since,
            Task.due_at,
            User.name,
            Document.urgency,
            Document.procedure_hash,
        )
        .join(Document, Document.id == Task.document_id)
        .join(User, User.id == Task.user_id)
        .where(Task.closed_at.is_(None), Task.due_at <= stamp(at))
        .order_by(Task.due_at, Task.id)
    ).all()


def _told(session: Session, tasks: Sequence[int]) -> set[tuple[int, int | None]]:
    rows = session.execute(select(Urging.task_id, Urging.rung).where(Urging.task_id.in_(tasks)))
    return {(row.task_id, row.rung) for row in rows}


def _remind(session: Session, task: Any, rung: int, at: str) -> int:
    """Tell whom it concerns, unless the task has been done meanwhile; return how many were told."""
    open_ = select(Task.id).where(Task.id == task.id, Task.closed_at.is_(None)).with_for_update()
    if session.execute(open_).first() is None:
        return 0
    stage = here().versions[task.procedure_hash].stages[task.stage].label
    about: dict[str, str | Label] = {"stage": stage, "due": moment(task.due_at), "name": task.name}
    if is_leader(session, task.user_id):
        people = OfficeDirectory(session).holders(OFFICE_CLERK)
        said = Reason(
            "%(name)s has had this at the stage %(stage)s, due %(due)s: decide whether to urge", about
        )
    else:
        people = (task.user_id,)
        said = Reason("Overdue since %(due)s at the stage %(stage)s: it waits for you", about)
    told = (Told(task.document_id, task.id, person, at, rung=rung) for person in people)
    return sum(enter(session, each, said) for each in told)


def is_leader(session: Session, user_id: int) -> bool:
    """Say whether somebody heads the office, is a deputy, or is in charge of a unit."""
    in_post = (
        select(Appointment.id)
        .join(Post, Post.id == Appointment.post_id)
        .where(Appointment.user_id == user_id, Post.code.in_(LEADERS))
    )
    in_charge = select(LeaderInCharge.id).where(LeaderInCharge.user_id == user_id)
    return bool(session.execute(select(or_(in_post.exists(), in_charge.exists()))).scalar_one())
