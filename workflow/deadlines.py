"""Reckon when a task is due, and how its time stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from states.deadlines import Span
from states.stage import Stage

from .calendar import Calendar
from .clock import now, read, stamp, today
from .directory import OFFICE_CLERK, Person
from .installation import here
from .models import CalendarYear, Document, Task
from .working_time import calendar

SOON = timedelta(days=30)  # the list of the next year comes out in November


def due(session: Session, stage: Stage, urgency: str | None, at: str) -> str | None:
    """Return when a document that came to a stage is due, or None where the stage has no deadline."""
    if stage.deadline is None:
        return None
    return _reckoned(calendar(session), stage.deadline.of(urgency), at)


def reckon_again(session: Session, working: Calendar) -> None:
    """Reckon anew when open tasks are due, after a list was loaded; what was handed over stays."""
    rows = session.execute(
        select(Task.id, Task.stage, Task.since, Task.due_at, Document.urgency, Document.procedure_hash)
        .join(Document, Document.id == Task.document_id)
        .where(Task.closed_at.is_(None), Task.due_at.is_not(None), Task.handed_from_id.is_(None))
    )
    for row in rows.all():
        deadline = here().versions[row.procedure_hash].stages[row.stage].deadline
        if deadline is not None:
            due_at = _reckoned(working, deadline.of(row.urgency), row.since)
            if due_at != row.due_at:
                session.execute(update(Task).where(Task.id == row.id).values(due_at=due_at))


def _reckoned(working: Calendar, span: Span, since: str) -> str:
    return stamp(working.add_working(read(since), **{span.unit: span.amount}))


def unloaded_years(session: Session) -> list[int]:
    """Return the years of this day and the next month whose list of holidays nobody has loaded."""
    years = {today().year, (today() + SOON).year}
    return sorted(years - set(session.scalars(select(CalendarYear.year).where(CalendarYear.year.in_(years)))))


def unloaded(session: Session, person: Person) -> list[int]:
    """Return these years for those who can see to it: the administrator and the office clerk."""
    return unloaded_years(session) if person.holds("admin", OFFICE_CLERK) else []


@dataclass(frozen=True)
class Standing:
    """How much working time is left until a moment, or how much has passed since it.

    `covered` says that no year on the way was reckoned as an ordinary week for want of its list.
    """

    overdue: bool
    days: int  # whole working days
    hours: int  # whole working hours
    covered: bool


def standing(working: Calendar, due_at: str, at: datetime | None = None) -> Standing:
    """Tell how a due time stands at a moment, by default at present."""
    moment, due_ = at or now(), read(due_at)
    left = working.working_between(moment, due_)
    amount = abs(left)
    return Standing(
        overdue=moment > due_,
        days=amount // working.day_length,
        hours=amount // timedelta(hours=1),
        covered=working.covers(moment.date(), due_.date()),
    )
