"""Show the registrar what a registration would do, without doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..models import Document, RegisterEntry
from ..numbering import format_number, peek, run_of
from ..proposals import series_of, years
from .registrar import why_no_number


@dataclass(frozen=True)
class Outlook:
    """The number that would be taken now, by year, and the series' last numbers.

    No number is told while there is a reason (`why_none`) for which none can be given.
    """

    numbers: Mapping[int, str]
    usual_year: int
    latest: Sequence[Mapping[Any, Any]]
    series_id: int
    why_none: Sequence[Reason]

    @property
    def expected(self) -> str | None:
        """Return the number that the document would usually get, if it can get one now."""
        return self.numbers.get(self.usual_year)


def outlook(session: Session, document: Mapping[str, Any]) -> Outlook | None:
    """Preview a document's number; somebody else may take it first. None: no series serves it."""
    try:
        series = series_of(session, document)
    except NotReady:
        return None
    open_years, usual = years(series, document)
    why_none = [] if document["number"] else why_no_number(series, open_years)
    numbers = {
        year: document["number"]
        or format_number(series.agency_code, year, peek(session, run_of(series.id, year)))
        for year in ([] if why_none else open_years)
    }
    rows = session.execute(
        select(
            RegisterEntry.number,
            RegisterEntry.state,
            RegisterEntry.reason,
            RegisterEntry.classified,
            func.coalesce(Document.title, func.nullif(RegisterEntry.title, "")).label("title"),
        )
        .outerjoin(Document, Document.id == RegisterEntry.document_id)
        .where(RegisterEntry.series_id == series.id)
        .order_by(RegisterEntry.year.desc(), RegisterEntry.serial.desc())
        .limit(3)
    )
    latest = [row._mapping for row in rows]
    return Outlook(numbers, usual, latest, series.id, why_none)
