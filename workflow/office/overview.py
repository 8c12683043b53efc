"""Show the agencies as the office has them: names, masthead, series, who signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docgen.layout import AREA_WIDTH_TW
from docgen.masthead import fit_masthead
from docgen.measure import width

from ..agencies import masthead_of, name_of
from ..clock import today
from ..errors import NotFound
from ..models import Agency, AgencyName, RegisterEntry, Series
from ..numbering import format_number
from .signing_rights import rights_of

AREA_WIDTH_PT = AREA_WIDTH_TW / 20


@dataclass(frozen=True)
class Mark:
    """A masthead as it comes out: each line with its width, and the size of all (pt)."""

    lines: tuple[tuple[str, float], ...]
    size_pt: int
    percent: int
    area_pt: float = AREA_WIDTH_PT


@dataclass(frozen=True)
class AgencySheet:
    """An agency with all that belongs to it; `name` is today's, `names` are all, the latest first."""

    agency: Agency
    name: Any
    names: Sequence[AgencyName]
    name_to_come: bool  # the latest name's day has not come
    mark: Mark
    number: str  # how a number of the general series looks, '' where there is none
    series: Sequence[Mapping[Any, Any]]  # the columns, and `numbers` in the register
    rights: Mapping[str, Sequence[str]]  # posts by 文种


def agencies(session: Session) -> list[AgencySheet]:
    """Return every agency, in the office's order."""
    return [_sheet(session, agency) for agency in session.scalars(select(Agency).order_by(Agency.position))]


def agency_of_code(session: Session, code: str) -> AgencySheet:
    """Return one agency; raises NotFound."""
    agency = session.scalars(select(Agency).where(Agency.code == code)).first()
    if agency is None:
        raise NotFound
    return _sheet(session, agency)


def _sheet(session: Session, agency: Agency) -> AgencySheet:
    name = name_of(session, agency.id, today())
    names = session.scalars(
        select(AgencyName).where(AgencyName.agency_id == agency.id).order_by(AgencyName.since.desc())
    ).all()
    series = _series(session, agency.id)
    general = next((row for row in series if not row["types"] and not row["retired"]), None)
    return AgencySheet(
        agency=agency,
        name=name,
        names=names,
        name_to_come=len(names) > 1 and names[0].since > today(),
        mark=mark(name.masthead, *masthead_of(agency)),
        number=format_number(general["agency_code"], today().year, 1) if general else "",
        series=series,
        rights=rights_of(session, agency.id),
    )


def mark(masthead: str, size_pt: int | None, percent: int | None) -> Mark:
    """Return how a masthead comes out on paper."""
    fitted = fit_masthead(masthead, size_pt, percent)
    scale = fitted.size_pt * fitted.percent / 100
    lines = tuple((line, width(line) * scale) for line in fitted.lines)
    return Mark(lines, fitted.size_pt, fitted.percent)


def _series(session: Session, agency_id: int) -> list[Mapping[Any, Any]]:
    numbers = (
        select(func.count())
        .select_from(RegisterEntry)
        .where(RegisterEntry.series_id == Series.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(*Series.__table__.columns, numbers.label("numbers"))
        .where(Series.agency_id == agency_id)
        .order_by(Series.retired, Series.position)
    )
    return [row._mapping for row in rows]
