"""Keep the working calendar at hand: read once, read again when somebody may have changed it."""

import time as machine
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from .calendar import USUAL_HOURS, Calendar, Hours
from .installation import here
from .models import CalendarDay, CalendarYear, Mark

FRESH_SECONDS = 60  # so long another process may go on with the calendar as it was before a load
HOURS = "working_hours"  # the mark


def calendar(session: Session) -> Calendar:
    """Return the office's calendar as it was within the last minute; asks the database no oftener."""
    kept = here().calendar
    if kept is None or machine.monotonic() - kept[1] > FRESH_SECONDS:
        kept = here().calendar = (read(session), machine.monotonic())
    return kept[0]


def forget() -> None:
    """Let this process read the calendar again; call it after a change was committed."""
    here().calendar = None


def read(session: Session) -> Calendar:
    """Return the calendar as it stands in the database."""
    days = {row.day: row.worked for row in session.execute(select(CalendarDay.day, CalendarDay.worked))}
    mark = session.get(Mark, HOURS)
    hours = read_hours(mark.value) if mark else USUAL_HOURS
    return Calendar(days, frozenset(session.scalars(select(CalendarYear.year))), hours)


def read_hours(text: str) -> tuple[Hours, ...]:
    """Read hours such as 08:30-12:00 14:30-18:00; raises ValueError."""
    pairs = (span.partition("-") for span in text.split())
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, _, closes in pairs)


def write_hours(hours: tuple[Hours, ...]) -> str:
    return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in hours)
