"""Bring the lists of holidays along that the package chinesecalendar has, for years that nobody loaded."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from chinese_calendar import Holiday, holidays, workdays
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from .clock import stamp
from .db import Database
from .models import CalendarDay, CalendarYear, table

SOURCE = "chinesecalendar"


@cache
def known() -> dict[int, dict[date, tuple[bool, str]]]:
    """Return by year the days that the package names: whether each is worked, and what it is called."""
    names = {holiday.value: holiday.chinese for holiday in Holiday}
    found: dict[int, dict[date, tuple[bool, str]]] = {}
    for worked, days in ((False, holidays), (True, workdays)):
        for day, name in days.items():
            found.setdefault(day.year, {})[day] = (worked, names.get(name, name))
    return found


def seed(database: Database) -> None:
    """Enter each year that the package knows and the calendar does not; what was loaded stays."""
    with database.read_tx() as session:
        if not _missing(session):
            return
    with database.write_tx() as session:
        years, at = _missing(session), stamp()
        if years:
            session.execute(
                insert(table(CalendarYear)), [{"year": year, "source": SOURCE, "at": at} for year in years]
            )
            session.execute(insert(table(CalendarDay)), [row for year in years for row in _rows(year)])


def _missing(session: Session) -> list[int]:
    there = set(session.scalars(select(CalendarYear.year)))
    return [year for year in known() if year not in there]


def _rows(year: int) -> Iterator[dict[str, object]]:
    for day, (worked, name) in sorted(known()[year].items()):
        yield {"day": day, "worked": worked, "name": name}
