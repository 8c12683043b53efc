"""Reckon when a task is due, and how its time stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from states.stage import Stage

from .calendar import Calendar
from .clock import now, read, stamp
from .working_time import calendar


def due(session: Session, stage: Stage, urgency: str | None, at: str) -> str | None:
    """Return when a document that came to a stage is due, or None where the stage has no deadline."""
    if stage.deadline is None:
        return None
    span = stage.deadline.of(urgency)
    return stamp(calendar(session).add_working(read(at), **{span.unit: span.amount}))


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
