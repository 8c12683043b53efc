"""Read the register (发文登记簿): number by number, as far as a person may see it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from ..directory import Person
from ..lists import PAGE, Line, Page, page_of
from ..models import Document, OfficeChange, PastRecord, RegisterEntry, Series, Unit, User
from ..visibility import visible_to

_BRACKETS = str.maketrans(dict.fromkeys("[［【(（", "〔") | dict.fromkeys("]］】)）", "〕"))
_SIGNATORY = aliased(User)


@dataclass(frozen=True)
class Chosen:
    """What of the register is asked for; `words` is looked for in numbers, titles and reasons."""

    series: str | None = None
    year: int | None = None
    state: str | None = None
    words: str = ""


def entries(
    session: Session, person: Person, chosen: Chosen, limit: int = PAGE, cursor: str | None = None
) -> Page:
    """Return numbers, the latest first; a title is shown to those who may see its document."""
    ordered = _entries(person, chosen).order_by(
        RegisterEntry.year.desc(), Series.position, RegisterEntry.serial.desc()
    )
    return page_of(session, ordered, limit, cursor)


def ledger(session: Session, person: Person, chosen: Chosen) -> list[Line]:
    """Return the same numbers as they are printed: series by series and year by year, from the first on."""
    seen = _seen(person)
    whole = _entries(
        person,
        chosen,
        seen.c.type,
        seen.c.printed_on,
        seen.c.copies,
        seen.c.sent_to,
        seen.c.signatory,
        seen.c.unit,
        seen=seen,
    )
    rows = session.execute(whole.order_by(Series.position, RegisterEntry.year, RegisterEntry.serial))
    return [row._mapping for row in rows]


def entry(session: Session, person: Person, entry_id: int) -> Line | None:
    """Return one number, or None when there is none that the person may see."""
    row = session.execute(_entries(person, Chosen()).where(RegisterEntry.id == entry_id)).first()
    return row._mapping if row else None


def counts(session: Session, person: Person, chosen: Chosen) -> Counter[str]:
    """Return how many numbers of each state there are, whatever state was chosen; '' counts all."""
    every = _entries(person, Chosen(chosen.series, chosen.year, None, chosen.words)).subquery()
    rows = session.execute(select(every.c.state, func.count()).group_by(every.c.state))
    found: Counter[str] = Counter({row[0]: row[1] for row in rows})
    found[""] = found.total()
    return found


def _seen(person: Person) -> Any:
    """Return the documents that a person may see, as the register shows them."""
    imported = Document.origin == "imported"
    statement = (
        select(
            Document.id,
            Document.public_id,
            Document.title,
            Document.dated,
            Document.type,
            Document.printed_on,
            Document.copies,
            case((imported, PastRecord.addressees), else_=Document.distribution).label("sent_to"),
            case((imported, PastRecord.signatory), else_=_SIGNATORY.name).label("signatory"),
            case((imported, ""), else_=Unit.name).label("unit"),
        )
        .outerjoin(_SIGNATORY, _SIGNATORY.id == Document.signatory_id)
        .outerjoin(Unit, Unit.id == Document.unit_id)
        .outerjoin(PastRecord, PastRecord.document_id == Document.id)
        .where(visible_to(person))
    )
    return statement.subquery()


def _entries(person: Person, chosen: Chosen, *more: Any, seen: Any = None) -> Select:
    seen = _seen(person) if seen is None else seen
    statement = (
        select(
            RegisterEntry.id,
            RegisterEntry.number,
            RegisterEntry.series_id,
            RegisterEntry.document_id.label("of_document"),
            Series.agency_code.label("series"),
            RegisterEntry.year,
            RegisterEntry.serial,
            RegisterEntry.state,
            RegisterEntry.reason,
            RegisterEntry.classified,
            RegisterEntry.reserved_for,
            RegisterEntry.reserved_until,
            RegisterEntry.registered_on,
            User.name.label("by"),
            seen.c.public_id.label("document_id"),
            func.coalesce(seen.c.title, func.nullif(RegisterEntry.title, "")).label("title"),
            func.coalesce(seen.c.dated, RegisterEntry.dated).label("dated"),
            (RegisterEntry.document_id.is_not(None) & seen.c.id.is_(None)).label("unseen"),
            func.coalesce(Document.origin == "imported", false()).label("imported"),
            *more,
        )
        .join(Series, Series.id == RegisterEntry.series_id)
        .join(User, User.id == RegisterEntry.by_id)
        .outerjoin(seen, seen.c.id == RegisterEntry.document_id)
        .outerjoin(Document, Document.id == RegisterEntry.document_id)
    )
    return statement.where(*_conditions(person, chosen, seen))


def _conditions(person: Person, chosen: Chosen, seen: Any) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [] if person.in_office else [false()]
    if chosen.series:
        found.append(Series.agency_code == chosen.series)
    if chosen.year is not None:
        found.append(RegisterEntry.year == chosen.year)
    if chosen.state:
        found.append(RegisterEntry.state == chosen.state)
    for word in chosen.words.split():
        columns = (seen.c.title, RegisterEntry.title, RegisterEntry.reason, RegisterEntry.reserved_for)
        number = RegisterEntry.number.icontains(word.translate(_BRACKETS), autoescape=True)
        found.append(or_(number, *(column.icontains(word, autoescape=True) for column in columns)))
    return found


def series_codes(session: Session) -> list[str]:
    return list(session.scalars(select(Series.agency_code).order_by(Series.position)))


def years(session: Session) -> list[int]:
    return list(session.scalars(select(RegisterEntry.year).distinct().order_by(RegisterEntry.year.desc())))


def history(session: Session, number: str) -> list[Mapping[Any, Any]]:
    """Return what the office's log says of a number, the latest first."""
    rows = session.execute(
        select(OfficeChange.at, OfficeChange.action, OfficeChange.details, User.name.label("by"))
        .outerjoin(User, User.id == OfficeChange.by_id)
        .where(OfficeChange.subject == number)
        .order_by(OfficeChange.id.desc())
    )
    return [row._mapping for row in rows]
