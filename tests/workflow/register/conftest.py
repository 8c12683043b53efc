"""A series to write in, and short words for what the register holds."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.workflow.desk import Desk, at, opened
from workflow import clock
from workflow.installation import Installation, here, install, read_tx
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


@pytest.fixture(scope="module")
def office_of_the_module(
    office_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, Book]]:
    folder = tmp_path_factory.mktemp("standing")
    shutil.copy(office_template, folder / "office.db")
    with opened(f"sqlite:///{folder / 'office.db'}", folder) as desk:
        yield here(), book_of(desk)


@pytest.fixture
def standing(office_of_the_module: tuple[Installation, Book]) -> Book:
    """Give a register that a module's tests share: for what is refused and changes nothing."""
    installation, book = office_of_the_module
    install(installation)
    return book


@pytest.fixture
def book_on_both(desk_on_both: Desk) -> Book:
    return book_of(desk_on_both)
