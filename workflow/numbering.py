"""Take numbers that leave no gaps: a rolled-back step gives its number back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .models import Counter, RegisterEntry, Series, table
from .prepared import Prepared

_counters = table(Counter)
_register = table(RegisterEntry)

_TAKE = {
    dialect.__name__.rpartition(".")[2]: Prepared(
        dialect.insert(_counters)
        .on_conflict_do_update(index_elements=["run"], set_={"last": _counters.c.last + 1})
        .returning(_counters.c.last)
    )
    for dialect in (sqlite, postgresql)
}
_LAST = Prepared(select(_counters.c.last).where(_counters.c.run == bindparam("of")))
_LATEST = Prepared(
    select(func.max(_register.c.registered_on).label("day")).where(_register.c.series_id == bindparam("of"))
)


def format_number(agency_code: str, year: int, serial: int) -> str:
    """Return a 发文字号: full year in hexagonal brackets, no leading zeros (GB/T 9704-2012, 7.2.5)."""
    return f"{agency_code}〔{year}〕{serial}号"


def run_of(series_id: int, year: int) -> str:
    return f"series {series_id} {year}"


def take(session: Session, run: str) -> int:
    """Take the next serial of a run, in the caller's transaction.

    One statement, so that two takers can never read the same last number.
    """
    statement = _TAKE[session.get_bind().dialect.name]
    return int(statement.first(session, {"run": run, "last": 1}).last)


def raise_to(session: Session, run: str, last: int) -> int:
    """Let a run go on after a serial that was given elsewhere; return its last serial, which never falls."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(_counters).values(run=run, last=last)
    wanted = statement.excluded.last
    highest = case((wanted > _counters.c.last, wanted), else_=_counters.c.last)
    statement = statement.on_conflict_do_update(index_elements=["run"], set_={"last": highest})
    return int(session.connection().execute(statement.returning(_counters.c.last)).scalar_one())


def is_open(series: Any, year: int) -> bool:
    """Say whether numbers of a year may be taken in a series: neither closed nor before its start."""
    started = series.start_year is None or year >= series.start_year
    return started and year > series.closed_year and not series.retired


def peek(session: Session, run: str) -> int:
    """Return the serial that would be taken now; somebody else may take it first."""
    row = _LAST.first(session, {"of": run})
    return int(row.last) + 1 if row else 1


def latest_registration(session: Session, series_id: int) -> date | None:
    """Return the day on which the series gave its latest number, of whatever year."""
    day: date | None = _LATEST.first(session, {"of": series_id}).day
    return day


@dataclass(frozen=True)
class Gap:
    """Serials of a series and year that no row of the register explains."""

    agency_code: str
    year: int
    serials: tuple[int, ...]


def gaps(session: Session) -> list[Gap]:
    """Return every serial below a run's counter that has no row in the register."""
    found = []
    for series in session.scalars(select(Series).order_by(Series.position)):
        rows = session.execute(
            select(RegisterEntry.year, RegisterEntry.serial).where(RegisterEntry.series_id == series.id)
        ).all()
        for year in sorted({row.year for row in rows} | _counted_years(session, series.id)):
            present = {row.serial for row in rows if row.year == year}
            top = max(present | {peek(session, run_of(series.id, year)) - 1})
            missing = tuple(sorted(set(range(1, top + 1)) - present))
            if missing:
                found.append(Gap(series.agency_code, year, missing))
    return found


def _counted_years(session: Session, series_id: int) -> set[int]:
    runs = session.scalars(select(Counter.run).where(Counter.run.like(f"series {series_id} %")))
    return {int(run.rsplit(" ", 1)[1]) for run in runs}
