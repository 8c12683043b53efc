"""List documents: what waits for a person, what they began, what was issued, what the register holds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from .directory import Person
from .models import Document, DraftCopy, Movement, Notice, RegisterEntry, Series, Task, Unit, User
from .visibility import visible_to

PAGE = 50
MOST = 200
URGENCIES = ("特急", "加急")
RETURNED = "returned"

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
    return (
        select(*_COLUMNS, *more)
        .join(User, User.id == Document.drafter_id)
        .join(Unit, Unit.id == Document.unit_id)
    )


def _page(session: Session, statement: Select, limit: int, cursor: str | None) -> Page:
    """Cut a page out of an ordered statement; the cursor is the place to go on from."""
    start = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 9 else 0
    limit = max(1, min(limit, MOST))
    total = session.execute(
        select(func.count()).select_from(statement.order_by(None).subquery())
    ).scalar_one()
    rows = session.execute(statement.offset(start).limit(limit)).all()
    more = start + len(rows) < total
    return Page([row._mapping for row in rows], total, str(start + len(rows)) if more else None)


def tasks(
    session: Session, person: Person, limit: int = PAGE, cursor: str | None = None, *, only: str = ""
) -> Page:
    """Return what waits for a person (待办), the most urgent and then the oldest first.

    only: an urgency, a stage, or RETURNED for what was sent back to them.
    """
    statement = (
        _documents(Task.since, Task.opened_at, Task.stage, Document.last_action)
        .join(Task, Task.document_id == Document.id)
        .where(*_waits_for(person))
        .order_by(_URGENT_FIRST, Task.since, Task.id)
    )
    if only:
        wanted = Document.last_action == "send_back" if only == RETURNED else Document.state == only
        statement = statement.where(Document.urgency == only if only in URGENCIES else wanted)
    return _page(session, statement, limit, cursor)


def task_counts(session: Session, person: Person) -> Counter[str]:
    """Return how many tasks each filter of `tasks` lets through; '' is the one that lets all through."""
    rows = session.execute(
        select(Document.urgency, Document.state, Document.last_action)
        .join(Task, Task.document_id == Document.id)
        .where(*_waits_for(person))
        .order_by(Document.state)
    )
    found: Counter[str] = Counter()
    for row in rows:
        found.update(["", row.state, *([row.urgency] if row.urgency else [])])
        found.update([RETURNED] if row.last_action == "send_back" else [])
    return found


def _waits_for(person: Person) -> tuple[ColumnElement[bool], ...]:
    return (Task.user_id == person.id, Task.closed_at.is_(None), ~_is_unsubmitted_draft())


def _is_unsubmitted_draft() -> ColumnElement[bool]:
    return Document.submitted_at.is_(None)


def drafts(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return a person's drafts that were never submitted (我的草稿)."""
    statement = (
        _documents()
        .where(Document.drafter_id == person.id, _is_unsubmitted_draft(), Document.state == "draft")
        .order_by(Document.updated_at.desc(), Document.id.desc())
    )
    return _page(session, statement, limit, cursor)


def begun(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what a person submitted (我发起的), the latest first; `holders` says who has it."""
    statement = (
        _documents()
        .where(Document.drafter_id == person.id, Document.submitted_at.is_not(None))
        .order_by(Document.updated_at.desc(), Document.id.desc())
    )
    page = _page(session, statement, limit, cursor)
    holders = who_has(session, [item["id"] for item in page.items])
    items: list[Line] = [{**item, "holders": holders.get(item["id"], [])} for item in page.items]
    return Page(items, page.total, page.next)


def who_has(session: Session, documents: list[int]) -> dict[int, list[Line]]:
    """Return who has each document now, since when, and when they opened it."""
    found: dict[int, list[Line]] = {}
    rows = session.execute(
        select(Task.document_id, User.name, User.username, Task.since, Task.opened_at)
        .join(User, User.id == Task.user_id)
        .where(Task.document_id.in_(documents), Task.closed_at.is_(None))
        .order_by(Task.id)
    )
    for row in rows:
        found.setdefault(row.document_id, []).append(row._mapping)
    return found


def handled(session: Session, person: Person, limit: int = PAGE, cursor: str | None = None) -> Page:
    """Return what a person took a step on (已办), the latest first, drafts of their own apart."""
    latest = (
        select(Movement.document_id, func.max(Movement.position).label("position"))
        .where(Movement.actor_id == person.id, Movement.action.not_in(("draft", "skip")))
        .group_by(Movement.document_id)
        .subquery()
    )
    statement = (
        _documents(Movement.action, Movement.source, Movement.at)
        .join(latest, latest.c.document_id == Document.id)
        .join(Movement, Movement.position == latest.c.position)
        .where(Document.drafter_id != person.id)
        .order_by(latest.c.position.desc())
    )
    return _page(session, statement, limit, cursor)


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
    page = _page(session, statement, limit, cursor)
    if person.in_office:
        return page
    return Page([{**item, "title": "", "public_id": ""} for item in page.items], page.total, page.next)


def counts(session: Session, person: Person) -> dict[str, int]:
    """Return how many items each list of the desk has."""
    return {
        "tasks": tasks(session, person, 1).total,
        "to_read": to_read(session, person, 1).total,
        "drafts": drafts(session, person, 1).total,
        "begun": begun(session, person, 1).total,
    }


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
    """Return the documents that a person may see, the latest first."""
    statement = _documents().where(visible_to(person))
    for column, value in ((Document.kind, kind), (Document.state, state), (Document.type, type_)):
        if value:
            statement = statement.where(column == value)
    return _page(session, statement.order_by(Document.id.desc()), limit, cursor)


def register(
    session: Session,
    person: Person,
    *,
    series: str | None = None,
    year: int | None = None,
    limit: int = PAGE,
    cursor: str | None = None,
) -> Page:
    """Return the register's numbers, the latest first; a title is shown to those who may see its document."""
    seen = select(Document.id, Document.public_id, Document.title, Document.dated).where(visible_to(person))
    visible = seen.subquery()
    statement = (
        select(
            RegisterEntry.number,
            Series.agency_code.label("series"),
            RegisterEntry.year,
            RegisterEntry.serial,
            RegisterEntry.state,
            RegisterEntry.reason,
            RegisterEntry.registered_on,
            User.name.label("by"),
            visible.c.public_id.label("document_id"),
            visible.c.title,
            visible.c.dated,
        )
        .join(Series, Series.id == RegisterEntry.series_id)
        .join(User, User.id == RegisterEntry.by_id)
        .outerjoin(visible, visible.c.id == RegisterEntry.document_id)
        .order_by(RegisterEntry.year.desc(), Series.position, RegisterEntry.serial.desc())
    )
    if not person.in_office:
        statement = statement.where(RegisterEntry.id < 0)
    if series:
        statement = statement.where(Series.agency_code == series)
    if year is not None:
        statement = statement.where(RegisterEntry.year == year)
    return _page(session, statement, limit, cursor)


def series_codes(session: Session) -> list[str]:
    return list(session.scalars(select(Series.agency_code).order_by(Series.position)))


def register_years(session: Session) -> list[int]:
    return list(session.scalars(select(RegisterEntry.year).distinct().order_by(RegisterEntry.year.desc())))


def typed(session: Session, person: Person, document: str) -> DraftCopy | None:
    """Return what a person typed into a document's editor and did not save."""
    return session.get(DraftCopy, (person.id, document))
