"""Take numbers that leave no gaps: a rolled-back step gives its number back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .models import Counter, RegisterEntry, Series, table

_counters = table(Counter)
_register = table(RegisterEntry)

_TAKE = {
    dialect.__name__.rpartition(".")[2]: dialect.insert(_counters)
    .on_conflict_do_update(index_elements=["run"], set_={"last": _counters.c.last + 1})
    .returning(_counters.c.last)
    for dialect in (sqlite, postgresql)
}
_LAST = select(_counters.c.last).where(_counters.c.run == bindparam("of"))
_LATEST = select(func.max(_register.c.registered_on)).where(_register.c.series_id == bindparam("of"))


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
    return session.connection().execute(statement, {"run": run, "last": 1}).scalar_one()


def peek(session: Session, run: str) -> int:
    """Return the serial that would be taken now; somebody else may take it first."""
    return (session.connection().execute(_LAST, {"of": run}).scalar() or 0) + 1


def latest_registration(session: Session, series_id: int) -> date | None:
    """Return the day on which the series gave its latest number, of whatever year."""
    return session.connection().execute(_LATEST, {"of": series_id}).scalar()


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
