"""Keep track of who has a document at its present stage, since when, and whether they opened it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import String, bindparam, case, literal, or_, select, update
from sqlalchemy.orm import Session

from .clock import stamp
from .models import Task, table
from .prepared import Prepared

_tasks = table(Task)
_OF = (_tasks.c.document_id == bindparam("of"), _tasks.c.closed_at.is_(None))
_OWN = (*_OF, _tasks.c.user_id == bindparam("actor"))

_AT_STAGE = Prepared(
    select(
        _tasks.c.id,
        _tasks.c.user_id,
        _tasks.c.opened_at,
        _tasks.c.outcome,
        _tasks.c.handed_from_id,
        _tasks.c.for_id,
        _tasks.c.due_at,
    ).where(
        _tasks.c.document_id == bindparam("of"),
        _tasks.c.stage == bindparam("at_stage"),
        _tasks.c.round == bindparam("in_round"),
    )
)
_ARM = Prepared(_tasks.insert())
_CLOSE = Prepared(
    update(_tasks)
    .where(*_OF)
    .values(
        closed_at=bindparam("at"),
        outcome=case(
            (_tasks.c.user_id == bindparam("actor"), bindparam("how", type_=String)),
            else_=literal("cancelled"),
        ),
    )
)
_CLOSE_OWN = Prepared(update(_tasks).where(*_OWN).values(closed_at=bindparam("at"), outcome=bindparam("how")))
_TAKE_AWAY = (
    update(_tasks)
    .where(_tasks.c.id.in_(bindparam("ids", expanding=True)))
    .values(closed_at=bindparam("at"), outcome="cancelled")
)
_CLOSE_NEW = (
    update(_tasks)
    .where(*_OF, or_(_tasks.c.since >= bindparam("after"), _tasks.c.stage != bindparam("at_stage")))
    .values(closed_at=bindparam("at"), outcome="cancelled")
)
_REOPEN = (
    update(_tasks)
    .where(
        _tasks.c.document_id == bindparam("of"),
        _tasks.c.stage == bindparam("at_stage"),
        _tasks.c.round == bindparam("in_round"),
        _tasks.c.closed_at == bindparam("after"),
    )
    .values(closed_at=None, outcome=None)
)
_OPENED_SINCE = select(_tasks.c.id).where(
    _tasks.c.document_id == bindparam("of"),
    _tasks.c.user_id != bindparam("actor"),
    _tasks.c.since >= bindparam("after"),
    _tasks.c.opened_at.is_not(None),
)
_UNOPENED = select(_tasks.c.id).where(*_OWN, _tasks.c.opened_at.is_(None))
_OPEN = update(_tasks).where(*_OWN, _tasks.c.opened_at.is_(None)).values(opened_at=bindparam("at"))


def at_stage(session: Session, document_id: int, stage: str, round_: int) -> list[Any]:
    """Return the tasks of a document at one stage in one round, open and closed."""
    which = {"of": document_id, "at_stage": stage, "in_round": round_}
    return _AT_STAGE.rows(session, which)


def arm(
    session: Session,
    document_id: int,
    stage: str,
    round_: int,
    people: Mapping[int, int | None],
    at: str,
    due_at: str | None,
) -> None:
    """Give a document to people at a stage, each in their own right or for another (委托).

    due_at: by when it is to be done, where the stage has a deadline.
    """
    row = {"document_id": document_id, "stage": stage, "round": round_, "since": at, "due_at": due_at}
    _ARM.run_many(session, ({**row, "user_id": person, "for_id": for_} for person, for_ in people.items()))


def close(session: Session, document_id: int, actor_id: int, outcome: str, at: str) -> None:
    """Close a document's open tasks: the actor's with an outcome, the others' as cancelled."""
    _CLOSE.run(session, {"of": document_id, "actor": actor_id, "how": outcome, "at": at})


def close_own(session: Session, document_id: int, actor_id: int, outcome: str, at: str) -> None:
    """Close the actor's open task on a document."""
    _CLOSE_OWN.run(session, {"of": document_id, "actor": actor_id, "how": outcome, "at": at})


def share(
    session: Session,
    document_id: int,
    stage: str,
    round_: int,
    here_now: Iterable[Any],
    people: Mapping[int, int | None],
    at: str,
) -> None:
    """Let just these people have a document at its stage, whose tasks are `here_now`; who has it keeps it.

    Whoever comes to a stage later has until the stage is due.
    """
    open_ = [task for task in here_now if task.outcome is None]
    if gone := [task.id for task in open_ if task.user_id not in people]:
        session.connection().execute(_TAKE_AWAY, {"ids": gone, "at": at})
    for task in open_:
        stand_for(session, task, people.get(task.user_id, task.for_id))
    has = {task.user_id for task in open_}
    new = {person: for_ for person, for_ in people.items() if person not in has}
    arm(session, document_id, stage, round_, new, at, due_there(here_now))


def opened_since(session: Session, document_id: int, actor_id: int, step_at: str) -> bool:
    """Say whether somebody else who got a document by the step of that moment has opened it."""
    which = {"of": document_id, "actor": actor_id, "after": step_at}
    return session.connection().execute(_OPENED_SINCE, which).first() is not None


def take_back(session: Session, document_id: int, stage: str, round_: int, step_at: str, at: str) -> None:
    """Give a document back to those who had it at a stage before the step of that moment."""
    which = {"of": document_id, "at_stage": stage, "after": step_at}
    session.connection().execute(_CLOSE_NEW, {**which, "at": at})
    session.connection().execute(_REOPEN, {**which, "in_round": round_})


def stand_for(session: Session, task: Any, for_: int | None) -> None:
    """Let an open task be held for another, or in its holder's own right (None), if it is not so already."""
    if task.for_id != for_:
        session.connection().execute(update(_tasks).where(_tasks.c.id == task.id).values(for_id=for_))


def set_due(session: Session, document_id: int, due_at: str | None) -> None:
    """Let the open tasks on a document be due at a moment, or never."""
    session.connection().execute(
        update(_tasks)
        .where(_tasks.c.document_id == document_id, _tasks.c.closed_at.is_(None))
        .values(due_at=due_at)
    )


def due_there(here_now: Iterable[Any]) -> str | None:
    """Return by when the open tasks of a stage are due, or were when all are closed."""
    known = list(here_now)
    open_ = [task for task in known if task.outcome is None] or known
    return min((task.due_at for task in open_ if task.due_at), default=None)


def mark_opened(session: Session, document_id: int, user_id: int) -> None:
    """Record that somebody who holds a document has opened it; the document's version stays as it is."""
    session.connection().execute(_OPEN, {"of": document_id, "actor": user_id, "at": stamp()})


def unopened(session: Session, document_id: int, user_id: int) -> bool:
    """Say whether a person has an open task on a document that they have not opened."""
    return session.connection().execute(_UNOPENED, {"of": document_id, "actor": user_id}).first() is not None
