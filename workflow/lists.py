"""List documents: what a person began, did and has to read, what was issued; `waiting` has the tasks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, aliased

from .circulation.readers import is_open
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
URGENT_FIRST = case((Document.urgency == "特急", 0), (Document.urgency == "加急", 1), else_=2)

Line = Mapping[Any, Any]


@dataclass(frozen=True)
class Page:
    """A slice of a list; `next` is the cursor that leads on."""

    items: list[Line]
    total: int
    next: str | None


def lines(*more: Any) -> Select:
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


def drafts(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return a person's drafts that were never submitted (我的草稿)."""
    statement = (
        lines()
        .where(Document.drafter_id == person.id, Document.submitted_at.is_(None), Document.state == "draft")
        .order_by(Document.updated_at.desc(), Document.id.desc())
    )
    return page_of(session, statement, limit, cursor)


def begun(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what a person submitted (我发起的), the latest first; `holders` says who has it."""
    statement = (
        lines()
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
        lines(
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
        lines(Notice.message, Notice.params, Notice.at)
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
        lines(*about, Circulation.wants_answer, Circulation.at, by.name.label("by"))
        .join(Circulation, Circulation.document_id == Document.id)
        .join(by, by.id == Circulation.by_id)
        .where(Circulation.reader_id == person.id, is_open(), visible_to(person))
        .order_by(Circulation.wants_answer.desc(), URGENT_FIRST, Circulation.id)
    )
    return page_of(session, statement, limit, cursor)


def unscanned(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what was issued with a seal and whose sealed scan has not come back, the oldest first."""
    missing = (Document.seal, Document.scanned_of.is_distinct_from(Document.frozen_sha256))
    statement = (
        lines()
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
    sight, chosen = (seen_by, _of_every_kind()) if kind else (visible_to, lines())
    statement = chosen.where(sight(person))
    for column, value in ((Document.kind, kind), (Document.state, state), (Document.type, type_)):
        if value:
            statement = statement.where(column == value)
    return page_of(session, statement.order_by(Document.id.desc()), limit, cursor)
