"""List the numbers that no paper accounts for (缺号), so that none is missing from the register unsaid."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..clock import today
from ..models import RegisterEntry, table
from ..numbering import format_number, raise_to, run_of

OPEN = "待查"  # the reason of a missing number until one is found

_register = table(RegisterEntry)


def go_on_after(session: Session, series: Any, year: int, last: int, by_id: int) -> tuple[int, ...]:
    """Let a year's numbers go on after a serial given elsewhere; what nothing accounts for is 待查.

    Returns the serials that are missing now and were not in the register before. The counter never falls.
    """
    raise_to(session, run_of(series.id, year), last)
    return list_missing(session, series, year, range(1, last + 1), by_id)


def list_missing(
    session: Session, series: Any, year: int, serials: Iterable[int], by_id: int
) -> tuple[int, ...]:
    """Enter those serials as missing that have no row; return them."""
    of_year = (_register.c.series_id == series.id) & (_register.c.year == year)
    connection = session.connection()
    known = {row.serial for row in connection.execute(select(_register.c.serial).where(of_year))}
    missing = tuple(serial for serial in serials if serial not in known)
    rows = [
        {
            "series_id": series.id,
            "year": year,
            "serial": serial,
            "number": format_number(series.agency_code, year, serial),
            "state": "missing",
            "reason": OPEN,
            "by_id": by_id,
            "registered_on": today(),
        }
        for serial in missing
    ]
    if rows:
        connection.execute(_register.insert(), rows)
    return missing
