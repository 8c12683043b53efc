"""List what waits for a person (待办), and count it."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from .clock import SHANGHAI, now, stamp
from .contents import APPLICATION
from .directory import Person
from .lists import PAGE, URGENT_FIRST, Line, Page, lines, page_of
from .models import Document, Task, User

URGENCIES = ("特急", "加急")
RETURNED = "returned"
OVERDUE, DUE_TODAY = "overdue", "due_today"
DEFERRED = "deferred"  # put off (缓发): they wait apart
BY_DUE = "due"  # an order of the tasks


def tasks(
    session: Session,
    person: Person,
    limit: int = PAGE,
    cursor: str | None = None,
    *,
    only: str = "",
    order: str = "",
    deferred: bool = False,
    total: int | None = None,
) -> Page:
    """Return what waits for a person (待办), the most urgent and then the oldest first.

    only: an urgency, a stage, RETURNED for what was sent back to them, OVERDUE or DUE_TODAY, DEFERRED for
    what is put off, which is left out otherwise unless `deferred` says that it stands among the rest.
    order: BY_DUE for what is due soonest first, what is never due last.
    total: how many there are, where `task_counts` has said so.
    """
    first = [Task.due_at.is_(None), Task.due_at] if order == BY_DUE else [URGENT_FIRST]
    statement = (
        select(Task.id)
        .join(Document, Document.id == Task.document_id)
        .where(*_waits_for(person))
        .order_by(*first, Task.since, Task.id)
    )
    if only == DEFERRED or not deferred:
        day = Document.deferred_until
        statement = statement.where(day.is_not(None) if only == DEFERRED else day.is_(None))
    if only in (OVERDUE, DUE_TODAY):
        from_, until = _due_within(only)
        statement = statement.where(Task.due_at >= from_, Task.due_at < until)
    elif only and only != DEFERRED:
        wanted = Document.last_action == "send_back" if only == RETURNED else Task.stage == only
        statement = statement.where(Document.urgency == only if only in URGENCIES else wanted)
    page = page_of(session, statement, limit, cursor, total)  # of thousands these few are looked at whole
    found = _task_lines(session, [item["id"] for item in page.items])
    return Page([found[item["id"]] for item in page.items], page.total, page.next)


def _task_lines(session: Session, ids: list[int]) -> dict[int, Line]:
    """Return the lines of tasks by the tasks' ids."""
    principal = aliased(User)
    for_whom = (principal.name.label("for_name"), principal.username.label("for_account"))
    of_task = (Task.id.label("task"), Task.since, Task.opened_at, Task.due_at, Task.stage)
    rows = session.execute(
        lines(*of_task, Document.last_action, *for_whom)
        .join(Task, Task.document_id == Document.id)
        .outerjoin(principal, principal.id == Task.for_id)
        .where(Task.id.in_(ids))
    )
    return {row.task: row._mapping for row in rows}


def task_counts(session: Session, person: Person) -> Counter[str]:
    """Return how many tasks each filter of `tasks` lets through; '' is the one that lets all through."""
    wanted = {urgency: Document.urgency == urgency for urgency in URGENCIES}
    wanted[RETURNED] = Document.last_action == "send_back"
    for only in (OVERDUE, DUE_TODAY):
        from_, until = _due_within(only)
        wanted[only] = and_(Task.due_at >= from_, Task.due_at < until)
    put_off = Document.deferred_until.is_not(None)
    rows = session.execute(
        select(
            Task.stage,
            func.count().filter(~put_off),
            func.count().filter(put_off),
            *(func.count().filter(~put_off, condition) for condition in wanted.values()),
        )
        .join(Document, Document.id == Task.document_id)
        .where(*_waits_for(person))
        .group_by(Task.stage)
    )
    found: Counter[str] = Counter()
    for stage, waiting, deferred, *numbers in rows:
        found.update({"": waiting, stage: waiting, DEFERRED: deferred})
        found.update(dict(zip(wanted, numbers, strict=True)))
    return found


def _due_within(only: str) -> tuple[str, str]:
    """Return from when until when what is overdue, or due later today, was or is due."""
    at = now()
    if only == OVERDUE:
        return "0", stamp(at)
    tomorrow = at.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return stamp(at), stamp(tomorrow)


def _waits_for(person: Person) -> tuple[ColumnElement[bool], ...]:
    own = (Task.user_id == person.id, Task.closed_at.is_(None))
    return (*own, Document.submitted_at.is_not(None), Document.kind != APPLICATION)
