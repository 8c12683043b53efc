"""Find the agency that a document is issued by, its names on a day, and the series that numbers it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from docgen.errors import ContentError, Problem
from docgen.sheet import Content, Particulars

from .clock import today
from .models import Agency, AgencyName, Series, table
from .prepared import Prepared

_agencies = table(Agency)
_names = table(AgencyName)
_series = table(Series)
_SEALS = Prepared(select(_agencies.c.seal).where(_agencies.c.id == bindparam("of")))
_ON_THE_DAY = (_names.c.since <= bindparam("day")) & or_(
    _names.c.until.is_(None), _names.c.until >= bindparam("day")
)
_BY_NAME = (
    select(Agency)
    .join(AgencyName, AgencyName.agency_id == Agency.id)
    .where(
        or_(
            AgencyName.short == bindparam("name"),
            AgencyName.full == bindparam("name"),
            Agency.code == bindparam("name"),
        ),
        _ON_THE_DAY,
    )
    .order_by(Agency.position)
)
_NAMES = Prepared(
    select(_names.c.full, _names.c.short)
    .where(_names.c.agency_id == bindparam("agency"), _ON_THE_DAY)
    .order_by(_names.c.since.desc())
)
_SERIES = Prepared(
    select(_series).where(_series.c.agency_id == bindparam("agency")).order_by(_series.c.position)
)


def find_agency(session: Session, name: str, day: date) -> Agency | None:
    """Find an agency by its full or short name on a day, or by its code."""
    return session.scalars(_BY_NAME, {"name": name, "day": day}).first()


def settle_agency(session: Session, content: Content, usual: int | None) -> tuple[Content, int]:
    """Name the agency and say whether it seals, where the writer left that open; return its id too."""
    if content.agency:
        agency = find_agency(session, content.agency, today())
        if agency is None:
            raise ContentError([Problem("agency", "There is no agency %(name)s.", {"name": content.agency})])
        agency_id, seals = agency.id, agency.seal
    elif usual is not None:
        agency_id = usual
        seals = _SEALS.first(session, {"of": agency_id}).seal
    else:
        raise ContentError([Problem("agency", "This must not be empty.")])
    seal = seals if content.seal is None else content.seal
    return replace(content, agency=name_of(session, agency_id, today()).short, seal=seal), agency_id


def name_of(session: Session, agency_id: int, day: date) -> Any:
    """Return what an agency is called on a day, `full` and `short`."""
    return _NAMES.first(session, {"agency": agency_id, "day": day})


def series_for(session: Session, agency_id: int, type_: str) -> Any:
    """Return the series that numbers a 文种 of an agency: the one that names it, else the general one."""
    all_series = _SERIES.rows(session, {"agency": agency_id})
    named = [series for series in all_series if type_ in series.types]
    return (named or [series for series in all_series if not series.types])[0]


def particulars(session: Session, document: Mapping[str, Any], agency: Agency) -> Particulars:
    """Return what the system adds to a document on paper; places not yet known stay empty.

    `document` needs number, dated and printed_on.
    """
    return Particulars(
        masthead=agency.masthead,
        signature=name_of(session, agency.id, document["dated"] or today()).short,
        printed_by=agency.printed_by,
        number=document["number"],
        dated=document["dated"],
        printed_on=document["printed_on"],
    )
