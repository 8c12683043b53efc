"""Show the registrar what a registration would do, without doing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Document, RegisterEntry
from .numbering import format_number, peek, run_of
from .proposals import series_of, years


@dataclass(frozen=True)
class Outlook:
    """The number that would be taken now, by year, and the series' last numbers."""

    numbers: Mapping[int, str]
    usual_year: int
    latest: list[Mapping[Any, Any]]


def outlook(session: Session, document: Mapping[str, Any]) -> Outlook:
    """Preview a document's number; somebody else may take it first."""
    series = series_of(session, document)
    open_years, usual = years(session, document)
    numbers = {
        year: document["number"]
        or format_number(series.agency_code, year, peek(session, run_of(series.id, year)))
        for year in open_years
    }
    rows = session.execute(
        select(RegisterEntry.number, RegisterEntry.state, RegisterEntry.reason, Document.title)
        .outerjoin(Document, Document.id == RegisterEntry.document_id)
        .where(RegisterEntry.series_id == series.id)
        .order_by(RegisterEntry.year.desc(), RegisterEntry.serial.desc())
        .limit(3)
    )
    return Outlook(numbers, usual, [row._mapping for row in rows])
