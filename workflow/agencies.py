"""Find the agency that a document is issued by, its names on a day, and the series that numbers it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from docgen.sheet import Particulars

from .clock import today
from .models import Agency, AgencyName, Series


def find_agency(session: Session, name: str, day: date) -> Agency | None:
    """Find an agency by its full or short name on a day, or by its code."""
    return session.scalars(
        select(Agency)
        .join(AgencyName, AgencyName.agency_id == Agency.id)
        .where(or_(AgencyName.short == name, AgencyName.full == name, Agency.code == name), _on(day))
        .order_by(Agency.position)
    ).first()


def name_of(session: Session, agency_id: int, day: date) -> AgencyName:
    """Return what an agency is called on a day."""
    return session.scalars(
        select(AgencyName)
        .where(AgencyName.agency_id == agency_id, _on(day))
        .order_by(AgencyName.since.desc())
    ).one()


def _on(day: date) -> ColumnElement[bool]:
    return (AgencyName.since <= day) & or_(AgencyName.until.is_(None), AgencyName.until >= day)


def series_for(session: Session, agency_id: int, type_: str) -> Series:
    """Return the series that numbers a 文种 of an agency: the one that names it, else the general one."""
    all_series = session.scalars(
        select(Series).where(Series.agency_id == agency_id).order_by(Series.position)
    ).all()
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
