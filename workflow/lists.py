"""List documents: what waits for a person, what they began, what was issued."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from .circulation.readers import is_open
from .clock import SHANGHAI, now, stamp
from .contents import APPLICATION
from .directory import Person
from .models import (
    Circulation,
    Document,
    EnteredOpinion,
    Movement,
    Notice,
    Task,
    Unit,
    User,
)
from .movements import CARRY_OVER, HAND_OVER
from .visibility import seen_by, visible_to

PAGE = 50
MOST = 200
URGENCIES = ("特急", "加急")
RETURNED = "returned"
OVERDUE, DUE_TODAY = "overdue", "due_today"
DEFERRED = "deferred"  # put off (缓发): they wait apart
BY_DUE = "due"  # an order of the tasks
_NO_STEPS = ("draft", "skip", HAND_OVER, CARRY_OVER)

_COLUMNS = (
    Document.id,
    Document.public_id,
    Document.kind,
    Document.procedure_hash,
    Document.state,
    Document.type,
    Document.title,
    Document.urgency,
    Document.number,
    Document.dated,
    Document.version,
    Document.updated_at,
    Document.issued_at,
    Document.deferred_until,
    Unit.name.label("unit"),
    User.name.label("drafter"),
    User.username.label("drafter_account"),
)
_URGENT_FIRST = case((Document.urgency == "特急", 0), (Document.urgency == "加急", 1), else_=2)

Line = Mapping[Any, Any]


@dataclass(frozen=True)
class Page:
    """A slice of a list; `next` is the cursor that leads on."""

    items: list[Line]
    total: int
    next: str | None


def _documents(*more: Any) -> Select:
    """Choose among what is issued, or to be issued: applications have pages of their own."""
    return _of_every_kind(*more).where(Document.kind != APPLICATION)


def _of_every_kind(*more: Any) -> Select:
    return (
        select(*_COLUMNS, *more)
        .join(User, User.id == Document.drafter_id)
        .join(Unit, Unit.id == Document.unit_id)
    )


def page_of(
    session: Session, statement: Select, limit: int, cursor: str | None, total: int | None = None
) -> Page:
    """Cut a page out of an ordered statement; the cursor is the place to go on from, `total` if known."""
    start = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 9 else 0
    limit = max(1, min(limit, MOST))
    rows = session.execute(statement.offset(start).limit(limit)).all()
    if len(rows) < limit and (rows or not start):
        total = start + len(rows)
    elif total is None:  # there may be more, or fewer than the cursor says
        counted = select(func.count()).select_from(statement.order_by(None).subquery())
        total = session.execute(counted).scalar_one()
    more = start + len(rows) < total
    return Page([row._mapping for row in rows], total, str(start + len(rows)) if more else None)


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
    first = [Task.due_at.is_(None), Task.due_at] if order == BY_DUE else [_URGENT_FIRST]
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
    lines = _task_lines(session, [item["id"] for item in page.items])
    return Page([lines[item["id"]] for item in page.items], page.total, page.next)


def _task_lines(session: Session, ids: list[int]) -> dict[int, Line]:
    """Return the lines of tasks by the tasks' ids."""
    principal = aliased(User)
    for_whom = (principal.name.label("for_name"), principal.username.label("for_account"))
    of_task = (Task.id.label("task"), Task.since, Task.opened_at, Task.due_at, Task.stage)
    rows = session.execute(
        _documents(*of_task, Document.last_action, *for_whom)
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
    return (*own, ~_is_unsubmitted_draft(), Document.kind != APPLICATION)


def _is_unsubmitted_draft() -> ColumnElement[bool]:
    return Document.submitted_at.is_(None)


def drafts(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return a person's drafts that were never submitted (我的草稿)."""
    statement = (
        _documents()
        .where(Document.drafter_id == person.id, _is_unsubmitted_draft(), Document.state == "draft")
        .order_by(Document.updated_at.desc(), Document.id.desc())
    )
    return page_of(session, statement, limit, cursor)


def begun(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what a person submitted (我发起的), the latest first; `holders` says who has it."""
    statement = (
        _documents()
        .where(
            Document.drafter_id == person.id, Document.submitted_at.is_not(None), Document.origin == "here"
        )
        .order_by(Document.updated_at.desc(), Document.id.desc())
    )
    page = page_of(session, statement, limit, cursor)
    holders = who_has(session, [item["id"] for item in page.items])
    items: list[Line] = [{**item, "holders": holders.get(item["id"], [])} for item in page.items]
    return Page(items, page.total, page.next)


def who_has(session: Session, documents: list[int]) -> dict[int, list[Line]]:
    """Return who has each document now, since when, and when they opened it."""
    found: dict[int, list[Line]] = {}
    principal = aliased(User)
    columns = (Task.id, Task.document_id, Task.since, Task.opened_at, Task.due_at)
    rows = session.execute(
        select(*columns, User.name, User.username, principal.name.label("for_name"))
        .join(User, User.id == Task.user_id)
        .outerjoin(principal, principal.id == Task.for_id)
        .where(Task.document_id.in_(documents), Task.closed_at.is_(None))
        .order_by(Task.id)
    )
    for row in rows:
        found.setdefault(row.document_id, []).append(row._mapping)
    return found


def handled(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what a person took a step on (已办), the latest first, drafts of their own apart.

    `entered_for` is whose step it was where one person entered it for the other, `for_name` the name of the
    one who had delegated it.
    """
    is_entered = (EnteredOpinion.document_id == Movement.document_id) & (EnteredOpinion.seq == Movement.seq)
    of_these = select(Movement.document_id, Movement.position)
    own = of_these.where(Movement.actor_id == person.id, Movement.action.not_in(_NO_STEPS))
    entered = of_these.join(EnteredOpinion, is_entered).where(EnteredOpinion.for_id == person.id)
    all_ = own.union_all(entered).subquery()
    latest = (
        select(all_.c.document_id, func.max(all_.c.position).label("position"))
        .group_by(all_.c.document_id)
        .subquery()
    )
    statement = (
        _documents(
            *(Movement.action, Movement.source, Movement.at, Movement.canonical),
            EnteredOpinion.for_id.label("entered_for"),
        )
        .join(latest, latest.c.document_id == Document.id)
        .join(Movement, Movement.position == latest.c.position)
        .outerjoin(EnteredOpinion, is_entered)
        .where(Document.drafter_id != person.id)
        .order_by(latest.c.position.desc())
    )
    page = page_of(session, statement, limit, cursor)
    items: list[Line] = [{**item, "for_name": _delegated_by(item["canonical"])} for item in page.items]
    return Page(items, page.total, page.next)


def _delegated_by(canonical: str) -> str | None:
    """Return the name of the one for whom a movement was made by delegation (委托)."""
    delegated = json.loads(canonical)["details"].get("delegated")
    return delegated["name"] if delegated else None


def to_read(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what a person was told and has not read (待阅), the latest first.

    An administrator is told of vacancies, without the title of the document that met one.
    """
    statement = (
        _documents(Notice.message, Notice.params, Notice.at)
        .join(Notice, Notice.document_id == Document.id)
        .where(Notice.user_id == person.id, Notice.read_at.is_(None))
        .order_by(Notice.at.desc(), Notice.id.desc())
    )
    page = page_of(session, statement, limit, cursor)
    if person.in_office:
        return page
    return Page([{**item, "title": "", "public_id": ""} for item in page.items], page.total, page.next)


def circulated(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what was passed to a person for reading (传阅, 抄送), where an answer is awaited first."""
    by = aliased(User)
    about = (Circulation.id.label("circulation"), Circulation.kind.label("way"), Circulation.note)
    statement = (
        _documents(*about, Circulation.wants_answer, Circulation.at, by.name.label("by"))
        .join(Circulation, Circulation.document_id == Document.id)
        .join(by, by.id == Circulation.by_id)
        .where(Circulation.reader_id == person.id, is_open(), visible_to(person))
        .order_by(Circulation.wants_answer.desc(), _URGENT_FIRST, Circulation.id)
    )
    return page_of(session, statement, limit, cursor)


def unscanned(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what was issued with a seal and whose sealed scan has not come back, the oldest first."""
    missing = (Document.seal, Document.scanned_of.is_distinct_from(Document.frozen_sha256))
    statement = (
        _documents()
        .where(Document.issued_at.is_not(None), *missing)  # the conditions of an index of its own
        .where(Document.origin == "here", visible_to(person))
        .order_by(Document.issued_at, Document.id)
    )
    return page_of(session, statement, limit, cursor)


def documents(
    session: Session,
    person: Person,
    *,
    kind: str | None = None,
    state: str | None = None,
    type_: str | None = None,
    limit: int = PAGE,
    cursor: str | None = None,
) -> Page:
    """Return the documents that a person may see, the latest first; applications only as that `kind`."""
    sight, chosen = (seen_by, _of_every_kind()) if kind else (visible_to, _documents())
    statement = chosen.where(sight(person))
    for column, value in ((Document.kind, kind), (Document.state, state), (Document.type, type_)):
        if value:
            statement = statement.where(column == value)
    return page_of(session, statement.order_by(Document.id.desc()), limit, cursor)
