"""Set numbers aside for what is still to be written (预留号), and know which wait too long."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from states.reasons import Label, Reason

from .. import numbering
from ..answers import Once
from ..clock import today
from ..directory import Person
from ..models import RegisterEntry, Series, table
from ..numbering import format_number
from ..office.log import note
from ..prepared import Prepared
from .registrar import read_line, read_reason, refuse, series_of_id, why_not_now, write

LONGEST_NAME = 100  # characters

FOR_WHOM = Label(zh="留给谁", en="For whom")

_register = table(RegisterEntry)
_IS_RESERVED = text("register.state = 'reserved'")  # as the index has it
_RESERVED = Prepared(
    select(
        _register.c.id,
        _register.c.number,
        _register.c.year,
        _register.c.serial,
        _register.c.state,
        _register.c.reason,
        _register.c.reserved_for,
        _register.c.reserved_until,
    )
    .where(_register.c.series_id == bindparam("of"), _IS_RESERVED)
    .order_by(_register.c.year, _register.c.serial)
)


def reserve(
    actor_id: int,
    series_id: int,
    year: int,
    for_whom: str,
    reason: str,
    until: date | None,
    *,
    once: Once | None = None,
) -> int:
    """Set the next number of a series aside until a day; return its entry's id.

    Raises NotAllowed, NotFound, NotReady with every reason.
    """
    request = {
        "verb": "reserve",
        "series": series_id,
        "year": year,
        "for": for_whom,
        "reason": reason,
        "until": str(until),
    }

    def act(session: Session, person: Person) -> int:
        series = series_of_id(session, series_id)
        wrong = why_not_now(session, series, year)
        values = {
            "state": "reserved",
            "reserved_for": read_line(for_whom, FOR_WHOM, wrong, limit=LONGEST_NAME),
            "reason": read_reason(reason, wrong),
            "reserved_until": until,
        }
        if until is None or until < today():
            wrong.append(Reason("Say until which day the number is kept, from today on"))
        refuse(wrong)
        entry_id, number = take_next(session, series, year, person, values)
        details = {"for": values["reserved_for"], "reason": values["reason"], "until": str(until)}
        note(session, person.id, "number_reserved", number, details)
        return entry_id

    return write(actor_id, once, request, act)


def take_next(
    session: Session, series: Any, year: int, person: Person, values: dict[str, Any]
) -> tuple[int, str]:
    """Take the next number for an entry without a document; return the entry's id and the number."""
    serial = numbering.take(session, numbering.run_of(series.id, year))
    number = format_number(series.agency_code, year, serial)
    row = {"series_id": series.id, "year": year, "serial": serial, "number": number, **values}
    statement = _register.insert().values(**row, by_id=person.id, registered_on=today())
    return int(session.connection().execute(statement.returning(_register.c.id)).scalar_one()), number


def reserved(session: Session, series_id: int) -> list[Any]:
    """Return the numbers of a series that are set aside, the oldest first."""
    return _RESERVED.rows(session, {"of": series_id})


def choices(session: Session, series_id: int, years: Iterable[int]) -> dict[str, Label]:
    """Return the numbers of these years that a registration may use, with for whom they were set aside."""
    return {row.number: _described(row) for row in reserved(session, series_id) if row.year in years}


def _described(row: Any) -> Label:
    known = (row.number, row.reserved_for, row.reserved_until)
    if row.reserved_until and row.reserved_until < today():
        return Label(
            zh="{}（留给{}，{}已到期）".format(*known), en="{} (for {}, expired on {})".format(*known)
        )
    return Label(zh="{}（留给{}，至{}）".format(*known), en="{} (for {}, until {})".format(*known))


def expired(session: Session) -> list[Any]:
    """Return the numbers that were set aside until a day that is over, `number` and the rest."""
    rows = session.execute(
        select(_register, Series.agency_code.label("series"))
        .join(Series, Series.id == _register.c.series_id)
        .where(_IS_RESERVED, _register.c.reserved_until < today())
        .order_by(_register.c.reserved_until, _register.c.id)
    )
    return list(rows)
