"""Keep track of who has a document at its present stage, since when, and whether they opened it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from .clock import stamp
from .models import Task, table

_tasks = table(Task)


def at_stage(session: Session, document_id: int, stage: str, round_: int) -> list[Row[Any]]:
    """Return the tasks of a document at one stage in one round, open and closed."""
    return list(
        session.connection().execute(
            select(_tasks.c.id, _tasks.c.user_id, _tasks.c.opened_at, _tasks.c.outcome).where(
                _tasks.c.document_id == document_id, _tasks.c.stage == stage, _tasks.c.round == round_
            )
        )
    )


def arm(session: Session, document_id: int, stage: str, round_: int, people: Iterable[int], at: str) -> None:
    """Give a document to people at a stage."""
    rows = [
        {"document_id": document_id, "user_id": person, "stage": stage, "round": round_, "since": at}
        for person in people
    ]
    if rows:
        session.connection().execute(_tasks.insert(), rows)


def close(session: Session, document_id: int, actor_id: int, outcome: str, at: str) -> None:
    """Close a document's open tasks: the actor's with an outcome, the others' as cancelled."""
    close_own(session, document_id, actor_id, outcome, at)
    session.connection().execute(
        update(_tasks)
        .where(_tasks.c.document_id == document_id, _tasks.c.closed_at.is_(None))
        .values(closed_at=at, outcome="cancelled")
    )


def close_own(session: Session, document_id: int, actor_id: int, outcome: str, at: str) -> None:
    """Close the actor's open task on a document."""
    session.connection().execute(
        update(_tasks)
        .where(
            _tasks.c.document_id == document_id, _tasks.c.user_id == actor_id, _tasks.c.closed_at.is_(None)
        )
        .values(closed_at=at, outcome=outcome)
    )


def share(
    session: Session, document_id: int, stage: str, round_: int, people: Iterable[int], at: str
) -> None:
    """Let just these people have a document at its stage; who has it already keeps it."""
    people = set(people)
    open_ = [task for task in at_stage(session, document_id, stage, round_) if task.outcome is None]
    gone = [task.id for task in open_ if task.user_id not in people]
    if gone:
        session.connection().execute(
            update(_tasks).where(_tasks.c.id.in_(gone)).values(closed_at=at, outcome="cancelled")
        )
    arm(session, document_id, stage, round_, people - {task.user_id for task in open_}, at)


def mark_opened(session: Session, document_id: int, user_id: int) -> None:
    """Record that somebody who holds a document has opened it; the document's version stays as it is."""
    session.connection().execute(
        update(_tasks)
        .where(
            _tasks.c.document_id == document_id,
            _tasks.c.user_id == user_id,
            _tasks.c.closed_at.is_(None),
            _tasks.c.opened_at.is_(None),
        )
        .values(opened_at=stamp())
    )


def unopened(session: Session, document_id: int, user_id: int) -> bool:
    """Say whether a person has an open task on a document that they have not opened."""
    return (
        session.execute(
            select(_tasks.c.id).where(
                _tasks.c.document_id == document_id,
                _tasks.c.user_id == user_id,
                _tasks.c.closed_at.is_(None),
                _tasks.c.opened_at.is_(None),
            )
        ).first()
        is not None
    )
