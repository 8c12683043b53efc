"""Account for every number of a series and a year, from the first to the highest."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from states.errors import NotAllowed
from states.reasons import Reason

from ..clock import today
from ..directory import Person
from ..errors import NotFound
from ..lists import Line
from ..models import Document, Import, PastRecord, Series, table
from ..numbering import peek, run_of
from ..visibility import visible_to
from .book import Chosen, ledger
from .holes import OPEN

UNACCOUNTED = "none"  # the state of a number that has no row


@dataclass(frozen=True)
class Stretch:
    """Numbers next to each other of which the same is to be said; `line` is the first one's row."""

    first: int
    last: int
    state: str
    line: Line

    @property
    def size(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Report:
    """What became of the numbers of a series and a year.

    start: the serial with which the series started here, if that was in this year.
    out_of_order: the fewest numbers without which those after would never bear an earlier day.
    """

    series: Any
    year: int
    start: int | None
    last: int
    counts: Mapping[str, int]
    stretches: Sequence[Stretch]
    unexplained: Sequence[Line]
    expired: Sequence[Line]
    duplicates: Sequence[Line]
    out_of_order: Sequence[Line]

    @property
    def unaccounted(self) -> list[int]:
        """Return the serials that no row explains: there must be none."""
        found = [one for one in self.stretches if one.state == UNACCOUNTED]
        return [serial for one in found for serial in range(one.first, one.last + 1)]


def report(session: Session, person: Person, code: str, year: int) -> Report:
    """Explain every number of a series and a year; raises NotAllowed, NotFound."""
    if not person.in_office:
        raise NotAllowed([Reason("The register is for the people of the office")])
    series = session.execute(select(table(Series)).where(Series.agency_code == code)).first()
    if series is None:
        raise NotFound
    rows = {row["serial"]: row for row in ledger(session, person, Chosen(code, year))}
    last = max([*rows, peek(session, run_of(series.id, year)) - 1])
    stretches = list(_stretches(rows, last))
    counts: Counter[str] = Counter()
    for stretch in stretches:
        counts[stretch.state] += stretch.size
    return Report(
        series=series,
        year=year,
        start=series.start_serial if series.start_year == year else None,
        last=last,
        counts=counts,
        stretches=stretches,
        unexplained=[row for row in rows.values() if row["state"] == "missing" and OPEN in row["reason"]],
        expired=[row for row in rows.values() if row["reserved_until"] and row["reserved_until"] < today()],
        duplicates=_duplicates(session, person, code, year),
        out_of_order=_out_of_order([row for row in rows.values() if row["state"] in ("used", "void")]),
    )


def _stretches(rows: Mapping[int, Line], last: int) -> Iterator[Stretch]:
    first = 1
    for serial in range(1, last + 1):
        if serial < last and _said(rows.get(serial + 1)) == _said(rows.get(first)) is not None:
            continue
        line = rows.get(first, {})
        yield Stretch(first, serial, line.get("state", UNACCOUNTED), line)
        first = serial + 1


def _said(row: Line | None) -> tuple[str, str] | None:
    """Return what is said of a number when the same may be said of its neighbour, else None."""
    if row is None:
        return UNACCOUNTED, ""
    if row["state"] == "used":
        return "used", ""
    return ("missing", row["reason"]) if row["state"] == "missing" else None


def _duplicates(session: Session, person: Person, code: str, year: int) -> list[Line]:
    """Return the past documents that bear a number which another one has."""
    rows = session.execute(
        select(
            PastRecord.serial,
            PastRecord.written_number,
            PastRecord.row,
            Import.name.label("workbook"),
            Document.public_id.label("document_id"),
            Document.title,
        )
        .join(Import, Import.id == PastRecord.import_id)
        .outerjoin(Document, and_(Document.id == PastRecord.document_id, visible_to(person)))
        .where(PastRecord.duplicate, PastRecord.agency_code == code, PastRecord.year == year)
        .order_by(PastRecord.serial, PastRecord.row)
    )
    return [row._mapping for row in rows]


def _out_of_order(rows: Sequence[Line]) -> list[Line]:
    """Return the fewest rows without which the days stand in order: those outside a longest run in order."""
    days: list[date] = []  # the earliest day on which a run in order of each length can end
    ends: list[int] = []
    before: list[int | None] = []
    for place, row in enumerate(rows):
        length = bisect_right(days, row["registered_on"])
        before.append(ends[length - 1] if length else None)
        days[length : length + 1] = [row["registered_on"]]
        ends[length : length + 1] = [place]
    kept = set()
    place_or_none = ends[-1] if ends else None
    while place_or_none is not None:
        kept.add(place_or_none)
        place_or_none = before[place_or_none]
    return [row for place, row in enumerate(rows) if place not in kept]
