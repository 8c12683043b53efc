"""Load a year's list of holidays into the working calendar, and set the hours in which the office works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import delete, extract, insert, select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import deadlines, working_time
from ..calendar import USUAL_HOURS, Hours
from ..clock import stamp
from ..holiday_lists import Day, Reading
from ..installation import write_tx
from ..models import CalendarDay, CalendarYear, Mark, User, table
from .administrator import administrator
from .log import note

_days = table(CalendarDay)


@dataclass(frozen=True)
class Year:
    """A year that was loaded."""

    year: int
    source: str
    by: str
    at: str


def load(actor_id: int | None, reading: Reading, source: str) -> list[int]:
    """Put a list in the place of what was known of its years; return them.

    actor_id: the administrator, None for a command. Raises NotReady when the list has faults.
    """
    if reading.faults:
        raise NotReady([fault.reason for fault in reading.faults])
    with write_tx() as session:
        if actor_id is not None:
            administrator(session, actor_id)
        for year in reading.years:
            session.execute(delete(CalendarDay).where(extract("year", CalendarDay.day) == year))
            session.merge(CalendarYear(year=year, source=source[:200], at=stamp(), by_id=actor_id))
            note(session, actor_id, "calendar_loaded", str(year), {"source": source[:200]})
        session.flush()
        session.execute(insert(_days), [vars(day) for day in reading.days])
        deadlines.reckon_again(session, working_time.read(session))
    working_time.forget()
    return reading.years


def set_hours(actor_id: int, given: Mapping[str, Any]) -> None:
    """Set the working hours: fields morning_from, morning_to, afternoon_from, afternoon_to.

    Raises NotReady. A half-day is left out by leaving both of its fields empty.
    """
    hours = _read_hours(given)
    with write_tx() as session:
        administrator(session, actor_id)
        session.merge(Mark(name=working_time.HOURS, value=working_time.write_hours(hours)))
        note(session, actor_id, "hours_changed", working_time.write_hours(hours))
    working_time.forget()


def _read_hours(given: Mapping[str, Any]) -> tuple[Hours, ...]:
    found: list[Hours] = []
    for half in ("morning", "afternoon"):
        texts = [str(given.get(f"{half}_{end}") or "").strip() for end in ("from", "to")]
        if not any(texts):
            continue
        try:
            opens, closes = (time.fromisoformat(text) for text in texts)
        except ValueError:
            raise NotReady([Reason("Working hours are written such as 08:30")]) from None
        found.append((opens.replace(second=0, microsecond=0), closes.replace(second=0, microsecond=0)))
    ends = [end for pair in found for end in pair]
    if not found or ends != sorted(set(ends)):
        raise NotReady(
            [Reason("Working hours begin before they end, and the morning ends before the afternoon")]
        )
    return tuple(found)


def years(session: Session) -> list[Year]:
    """Return the years that were loaded, the latest first, with who loaded them."""
    rows = session.execute(
        select(CalendarYear, User.name)
        .outerjoin(User, User.id == CalendarYear.by_id)
        .order_by(CalendarYear.year.desc())
    )
    return [Year(row.year, row.source, name or "", row.at) for row, name in rows]


def days_of(session: Session, year: int) -> Sequence[Day]:
    """Return the days that a year's list names."""
    rows = session.scalars(
        select(CalendarDay).where(extract("year", CalendarDay.day) == year).order_by(CalendarDay.day)
    )
    return [Day(row.day, row.worked, row.name) for row in rows]


def hours_of(session: Session) -> dict[str, str]:
    """Return the working hours as the fields of `set_hours`."""
    mark = session.get(Mark, working_time.HOURS)
    hours = working_time.read_hours(mark.value) if mark else USUAL_HOURS
    names = ("morning", "afternoon") if len(hours) > 1 or hours[0][0] < time(12) else ("afternoon",)
    ends = ((name, pair) for name, pair in zip(names, hours, strict=False))
    return {
        f"{name}_{end}": f"{moment:%H:%M}"
        for name, pair in ends
        for end, moment in zip(("from", "to"), pair, strict=True)
    }
