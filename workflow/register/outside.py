"""Enter numbers that were used without this system (系统外用号); of classified ones no title is kept."""

from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from states.reasons import Label, Reason

from ..answers import Once
from ..clock import today
from ..directory import Person
from ..models import RegisterEntry, table
from ..office.log import note
from .registrar import (
    STATES,
    read_line,
    read_reason,
    refuse,
    series_of_id,
    was,
    why_clock_is_wrong,
    why_not_now,
    write,
)
from .reserved import take_next

TITLE = Label(zh="标题", en="Title")
LONGEST_TITLE = 200
FREE = ("missing", "reserved")  # states in which a number may still turn out to have been used

_register = table(RegisterEntry)


def use_outside(
    actor_id: int,
    series_id: int,
    year: int,
    reason: str,
    *,
    title: str = "",
    classified: bool = False,
    serial: int | None = None,
    dated: date | None = None,
    once: Once | None = None,
) -> int:
    """Enter that a number was used outside: the next one, or a missing or reserved one by its serial.

    Returns the entry's id. Raises NotAllowed, NotFound, NotReady with every reason.
    """
    title = "" if classified else title  # not even looked at
    request = {
        "verb": "use_outside",
        "series": series_id,
        "year": year,
        "reason": reason,
        "title": title,
        "classified": classified,
        "serial": serial,
        "dated": str(dated),
    }

    def act(session: Session, person: Person) -> int:
        series = series_of_id(session, series_id)
        wrong: list[Reason] = []
        values = {
            "state": "outside",
            "title": "" if classified else read_line(title, TITLE, wrong, limit=LONGEST_TITLE),
            "classified": classified,
            "reason": read_reason(reason, wrong),
            "dated": dated,
        }
        if dated is not None and dated > today():
            wrong.append(Reason("What was issued outside cannot be dated in the future"))
        if serial is None:
            refuse([*why_not_now(session, series, year), *wrong])
            entry_id, number = take_next(session, series, year, person, values)
            before = {}
        else:
            row = _known(session, series, year, serial, wrong)
            refuse([*why_clock_is_wrong(session, series.id), *wrong])
            entry_id, number, before = row.id, row.number, was(row)
            _change(session, row.id, person, values)
        details = {**before, "classified": classified, "reason": values["reason"]}
        note(session, person.id, "number_used_outside", number, details)
        return entry_id

    return write(actor_id, once, request, act)


def _known(session: Session, series: Any, year: int, serial: int, wrong: list[Reason]) -> Any:
    statement = select(_register).where(
        _register.c.series_id == series.id, _register.c.year == year, _register.c.serial == serial
    )
    row = session.connection().execute(statement.with_for_update()).first()
    if row is None:
        wrong.append(Reason("The register has no number %(serial)s of that year", {"serial": str(serial)}))
    elif row.state not in FREE:
        known = {"number": row.number, "state": STATES[row.state]}
        wrong.append(Reason("The number %(number)s is %(state)s", known))
    return row


def _change(session: Session, entry_id: int, person: Person, values: dict[str, Any]) -> None:
    session.connection().execute(
        update(_register)
        .where(_register.c.id == entry_id)
        .values(**values, by_id=person.id, registered_on=today(), reserved_for="", reserved_until=None)
    )
