"""Check that the register accounts for every number, and that each state has what it needs."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Document, RegisterEntry, Series
from ..numbering import gaps, peek, run_of

_WITHOUT_DOCUMENT = ("reserved", "outside", "missing")


def findings(session: Session) -> Iterator[str]:
    """Yield what is wrong with the register."""
    for gap in gaps(session):
        serials = "、".join(map(str, gap.serials))
        yield f"series {gap.agency_code}〔{gap.year}〕: nothing explains the numbers {serials}"
    rows = session.execute(
        select(
            RegisterEntry,
            Document.number.label("own"),
            Document.state.label("at"),
            Document.origin.label("origin"),
            Series.start_at,
            Series.start_year,
            Series.start_serial,
        )
        .join(Series, Series.id == RegisterEntry.series_id)
        .outerjoin(Document, Document.id == RegisterEntry.document_id)
        .order_by(RegisterEntry.id)
    ).all()
    for row in rows:
        for wrong in (*_of_state(row.RegisterEntry, row), *_of_start(row.RegisterEntry, row)):
            yield f"number {row.RegisterEntry.number}: {wrong}"
    registered = {row.RegisterEntry.number for row in rows if row.RegisterEntry.document_id is not None}
    numbered = select(Document.number).where(Document.number.is_not(None)).order_by(Document.id)
    for number in session.scalars(numbered):
        if number not in registered:
            yield f"number {number}: it is not in the register"
    yield from _counters(session)


def _of_state(entry: RegisterEntry, row: Any) -> Iterator[str]:
    if not entry.number.endswith(f"〔{entry.year}〕{entry.serial}号"):
        yield f"its row is that of {entry.year}, {entry.serial}"
    if entry.state == "used" and entry.document_id is None:
        yield "it is used, and no document has it"
    elif entry.state == "used" and entry.number != row.own:
        yield f"its document has the number {row.own}"
    if entry.state == "void" and row.at not in (None, "voided", "terminated"):
        yield f"it is void, its document is at {row.at}"
    if entry.state in _WITHOUT_DOCUMENT and entry.document_id is not None:
        yield f"it is {entry.state}, and a document has it"
    if entry.state != "used" and not entry.reason:
        yield f"it is {entry.state} without a reason"
    if entry.state == "reserved" and not (entry.reserved_for and entry.reserved_until):
        yield "it is reserved, and for whom or until when is not said"
    if entry.state != "reserved" and (entry.reserved_for or entry.reserved_until):
        yield f"it is {entry.state}, and set aside for somebody"
    if entry.classified and (entry.title or entry.state != "outside"):
        yield "it is classified, and more than that is kept of it"
    if entry.title and entry.state != "outside":
        yield f"it is {entry.state}, and has a title of its own"


def _of_start(entry: RegisterEntry, row: Any) -> Iterator[str]:
    given_here = row.origin == "here" or entry.state == "reserved"
    if not given_here:
        return
    if row.start_at is None:
        yield "it was given before the start of its series was confirmed"
    elif (entry.year, entry.serial) < (row.start_year, row.start_serial):
        yield f"it was given, and its series starts with {row.start_year}, {row.start_serial}"


def _counters(session: Session) -> Iterator[str]:
    """Yield where the next number would be one that is in the register already."""
    highest = session.execute(
        select(
            Series.id, Series.agency_code, RegisterEntry.year, func.max(RegisterEntry.serial).label("serial")
        )
        .join(Series, Series.id == RegisterEntry.series_id)
        .group_by(Series.id, Series.agency_code, RegisterEntry.year)
        .order_by(Series.id, RegisterEntry.year)
    )
    for row in highest:
        following = peek(session, run_of(row.id, row.year))
        if following <= row.serial:
            yield (
                f"series {row.agency_code}〔{row.year}〕: its next number would be {following}, "
                f"and {row.serial} is in the register"
            )
    for series in session.scalars(select(Series).where(Series.start_at.is_not(None)).order_by(Series.id)):
        started_behind = peek(session, run_of(series.id, series.start_year or 0)) - 1
        if started_behind < (series.start_serial or 1) - 1:
            yield f"series {series.agency_code}: its counter stands before the start that was confirmed"
