"""A series to write in, and short words for what the register holds."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from tests.workflow.desk import Desk, at
from workflow import clock
from workflow.installation import read_tx
from workflow.models import OfficeChange, RegisterEntry, Series

MOMENT = at(2025, 11, 20)
CODE = "豫直文明办"


@dataclass
class Book:
    """The register of an office, as the tests look at it."""

    desk: Desk
    series: int
    registrar: int

    def unconfirm(self) -> None:
        """Let the series stand as before the registrar has looked at it."""
        self.desk.execute("UPDATE series SET start_at = NULL, start_year = NULL, start_serial = NULL")

    def row(self, entry_id: int) -> RegisterEntry:
        with read_tx() as session:
            return session.get_one(RegisterEntry, entry_id)

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the series' numbers in their order: what stands after the 代字, state, reason."""
        with read_tx() as session:
            found = session.scalars(
                select(RegisterEntry)
                .where(RegisterEntry.series_id == self.series)
                .order_by(RegisterEntry.year, RegisterEntry.serial)
            )
            return [(row.number.removeprefix(CODE), row.state, row.reason) for row in found]

    def id_of(self, serial: int, year: int = 2025) -> int:
        with read_tx() as session:
            wanted = select(RegisterEntry.id).filter_by(series_id=self.series, year=year, serial=serial)
            return session.scalars(wanted).one()

    def log(self) -> list[tuple[str, str, dict[str, Any]]]:
        with read_tx() as session:
            rows = session.scalars(select(OfficeChange).order_by(OfficeChange.id))
            return [(row.action, row.subject, row.details) for row in rows]


def book_of(desk: Desk) -> Book:
    with read_tx() as session:
        series = session.scalars(select(Series.id).where(Series.agency_code == CODE)).one()
    return Book(desk, series, desk.id("registrar"))


@pytest.fixture(autouse=True)
def held():
    """Stop the clock on a day of the autumn."""
    with clock.held_at(MOMENT):
        yield


@pytest.fixture
def book(desk: Desk) -> Book:
    return book_of(desk)


@pytest.fixture
def book_on_both(desk_on_both: Desk) -> Book:
    return book_of(desk_on_both)
