"""Confirm with which number a series starts here; before that it gives none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..answers import Once
from ..clock import stamp, today
from ..directory import Person
from ..models import Document, RegisterEntry, Series, User, table
from ..numbering import format_number, peek, raise_to, run_of
from ..office.log import note
from .holes import go_on_after
from .registrar import read_reason, refuse, series_of_id, write

MOST_HOLES = 2000  # a number that leaves more than so many without paper is a slip of the pen

_register = table(RegisterEntry)
_documents = table(Document)
_series = table(Series)


@dataclass(frozen=True)
class Start:
    """A series with its start, or with what is proposed for it.

    proposals: by year that the series could start in, the serial to start with.
    corrigible: it has no start yet, or has given no number since.
    """

    series: Any
    by: str | None
    proposals: dict[int, int]
    corrigible: bool


def starts(session: Session) -> list[Start]:
    """Return every series that is not retired, in the office's order."""
    rows = session.execute(
        select(*_series.c, User.name.label("by"))
        .outerjoin(User, User.id == _series.c.start_by)
        .where(~_series.c.retired)
        .order_by(_series.c.position, _series.c.id)
    ).all()
    return [
        Start(
            series=row,
            by=row.by,
            proposals={year: proposal(session, row, year) for year in years(row)},
            corrigible=not _has_given(session, row),
        )
        for row in rows
    ]


def unstarted(session: Session) -> list[str]:
    """Return the 代字 of the series that give no numbers because their start is not confirmed."""
    waiting = select(_series.c.agency_code).where(~_series.c.retired, _series.c.start_at.is_(None))
    return list(session.scalars(waiting.order_by(_series.c.position, _series.c.id)))


def years(series: Any) -> list[int]:
    """Return the years that a series could start in: the present one, or the last while it is open."""
    this_year = today().year
    return [year for year in (this_year, this_year - 1) if year > series.closed_year]


def proposal(session: Session, series: Any, year: int) -> int:
    """Return the serial that a year's numbers would start with: the office's workbook may know of more."""
    told = series.proposed_serial if series.start_at is None and year == series.proposed_year else 0
    return max(earliest(session, series, year), told or 0)


def earliest(session: Session, series: Any, year: int) -> int:
    """Return the serial after the highest of a year that is known here."""
    of_year = (_register.c.series_id == series.id) & (_register.c.year == year)
    highest = session.scalar(select(func.max(_register.c.serial)).where(of_year)) or 0
    return max(peek(session, run_of(series.id, year)), int(highest) + 1)


def holes_below(session: Session, series_id: int, year: int, serial: int) -> int:
    """Return how many numbers below a serial the register does not have yet."""
    below = (_register.c.series_id == series_id) & (_register.c.year == year) & (_register.c.serial < serial)
    return serial - 1 - int(session.scalar(select(func.count()).where(below)) or 0)


def confirm_start(
    actor_id: int, series_id: int, year: int, serial: int, reason: str, *, once: Once | None = None
) -> int:
    """Start a series with a serial of a year, or correct that before the first number is given.

    The numbers below it that the register does not have are listed as missing (待查). The reason may be
    empty where there are none and nothing is corrected. Raises NotAllowed, NotFound, NotReady.
    """
    request = {"verb": "confirm_start", "series": series_id, "year": year, "serial": serial, "reason": reason}

    def act(session: Session, person: Person) -> int:
        series = series_of_id(session, series_id, lock=True)
        raise_to(session, run_of(series.id, year), 0)  # who would take a number of this year waits
        wrong = _why_not(session, series, year, serial)
        holes = holes_below(session, series.id, year, serial)
        if holes > MOST_HOLES:
            known = {"count": str(holes)}
            wrong.append(Reason("That would leave %(count)s numbers without paper; check the number", known))
        why = read_reason(reason, wrong) if reason or holes > 0 or series.start_at else ""
        refuse(wrong)
        missing = go_on_after(session, series, year, serial - 1, person.id)
        _set(session, person, series, year, serial)
        _log(session, person, series, year, serial, why, missing)
        return series_id

    return write(actor_id, once, request, act)


def _why_not(session: Session, series: Any, year: int, serial: int) -> list[Reason]:
    code = {"code": series.agency_code}
    if series.retired:
        return [Reason("The series %(code)s is retired and gives no numbers", code)]
    if series.start_at is not None and _has_given(session, series):
        return [Reason("The series %(code)s has given numbers since its start, which therefore stays", code)]
    wrong = []
    if year not in years(series):
        wrong.append(Reason("A series starts in the present year, or in the last while that is open"))
    later = (_register.c.series_id == series.id) & (_register.c.year > year)
    if session.scalar(select(func.count()).where(later)):
        wrong.append(Reason("The register has numbers of a later year of this series"))
    free = earliest(session, series, year)
    if serial < free:
        number = format_number(series.agency_code, year, free)
        wrong.append(Reason("The earliest number that is free is %(number)s", {"number": number}))
    if (series.start_year, series.start_serial) == (year, serial):
        wrong.append(Reason("The series starts with this number already"))
    return wrong


def _has_given(session: Session, series: Any) -> bool:
    """Say whether numbers were given here since the start; what was imported is of before it."""
    if series.start_at is None:
        return False
    at_or_after = or_(
        _register.c.year > series.start_year,
        (_register.c.year == series.start_year) & (_register.c.serial >= series.start_serial),
    )
    given = (
        select(_register.c.id)
        .outerjoin(_documents, _documents.c.id == _register.c.document_id)
        .where(_register.c.series_id == series.id, at_or_after, _register.c.state != "missing")
        .where(or_(_documents.c.origin.is_(None), _documents.c.origin == "here"))
    )
    return session.execute(given.limit(1)).first() is not None


def _set(session: Session, person: Person, series: Any, year: int, serial: int) -> None:
    start = {"start_year": year, "start_serial": serial, "start_at": stamp(), "start_by": person.id}
    session.connection().execute(update(_series).where(_series.c.id == series.id).values(start))


def _log(
    session: Session, person: Person, series: Any, year: int, serial: int, reason: str, missing: Sequence[int]
) -> None:
    before = None
    if series.start_at is not None:
        before = format_number(series.agency_code, series.start_year, series.start_serial)
    details = {
        "number": format_number(series.agency_code, year, serial),
        "before": before,
        "missing": len(missing),
        "reason": reason,
    }
    action = "series_start_corrected" if before else "series_start_confirmed"
    note(session, person.id, action, series.agency_code, details)
