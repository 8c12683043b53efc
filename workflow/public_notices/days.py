"""Reckon a public notice's days: working days by the office's calendar, or calendar days."""

from collections.abc import Iterator
from datetime import date, timedelta

from states.errors import NotReady
from states.reasons import Reason

from ..calendar import Calendar

WORKING, CALENDAR = "working", "calendar"
_DAY = timedelta(days=1)


def last_day(working: Calendar, first: date, days: int, unit: str) -> date:
    """Return the last of so many days; the first day is one of them if it counts.

    Raises NotReady where working days run into a year whose list of holidays nobody has loaded.
    """
    found = first
    for number, day in enumerate(_counting(working, first, unit), start=1):
        found = day
        if number == days:
            break
    if unit == WORKING and not working.covers(first, found):
        years = sorted({first.year, found.year} - working.years)
        known = {"years": "、".join(map(str, years))}
        raise NotReady(
            [Reason("The working calendar has no list of holidays for %(years)s: load it first", known)]
        )
    return found


def day_of(working: Calendar, first: date, today: date, unit: str) -> int:
    """Return how many of a notice's days have come by today, today among them; 0 before the first."""
    if today < first:
        return 0
    days = (first + _DAY * n for n in range((today - first).days + 1))
    return sum(unit == CALENDAR or working.is_working_day(day) for day in days)


def _counting(working: Calendar, first: date, unit: str) -> Iterator[date]:
    day = first
    while True:
        if unit == CALENDAR or working.is_working_day(day):
            yield day
        day += _DAY
