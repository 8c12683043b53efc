"""Find the agency that a document is issued by, its names on a day, and the series that numbers it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from docgen.errors import ContentError, Problem
from docgen.formats.table import TABLE
from docgen.sheet import Content, Particulars
from states.errors import NotReady
from states.reasons import Reason

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
        )
    )
    .order_by(case((_ON_THE_DAY, 0), else_=1), AgencyName.since.desc(), Agency.position)
)
_NAMES = Prepared(
    select(
        _names.c.full,
        _names.c.short,
        _names.c.since,
        _names.c.until,
        func.coalesce(_names.c.masthead, _agencies.c.masthead).label("masthead"),
        func.coalesce(_names.c.printed_by, _agencies.c.printed_by).label("printed_by"),
    )
    .join(_agencies, _agencies.c.id == _names.c.agency_id)
    .where(_names.c.agency_id == bindparam("agency"))
    .order_by(_names.c.since)
)
_SERIES = Prepared(
    select(_series)
    .where(_series.c.agency_id == bindparam("agency"), ~_series.c.retired)
    .order_by(_series.c.position)
)


def find_agency(session: Session, name: str, day: date) -> Agency | None:
    """Find an agency by its full or short name, that of the day before others, or by its code."""
    return session.scalars(_BY_NAME, {"name": name, "day": day}).first()


def settle_agency(
    session: Session, content: Content, usual: int | None, dated: date | None = None
) -> tuple[Content, int]:
    """Name the agency and say whether it seals, where the writer left that open; return its id too.

    The name is today's; a text that is signed (`dated`) keeps the one under which it was written.
    """
    day = dated or today()
    if content.agency:
        agency = find_agency(session, content.agency, day)
        if agency is None:
            raise ContentError([Problem("agency", "There is no agency %(name)s.", {"name": content.agency})])
        agency_id, seals = agency.id, agency.seal
    elif usual is not None:
        agency_id = usual
        seals = _SEALS.first(session, {"of": agency_id}).seal
    else:
        raise ContentError([Problem("agency", "This must not be empty.")])
    if content.co_agencies:
        _refuse_twins(session, content, agency_id, day)
    names = _NAMES.rows(session, {"agency": agency_id})
    kept = dated is not None and any(name.short == content.agency for name in names)
    return replace(
        content,
        agency=content.agency if kept else of_day(names, day).short,
        seal=_sealed(content, seals),
    ), agency_id


def _refuse_twins(session: Session, content: Content, lead: int, day: date) -> None:
    """Refuse a joint document that names an agency of this office twice, by whatever names of it."""
    known, problems = {lead}, []
    for name in content.co_agencies:
        own = find_agency(session, name, day)
        if own is not None and own.id in known:
            problems.append(Problem("co_agencies", "%(name)s is named twice.", {"name": name}))
        known |= {own.id} if own else set()
    if problems:
        raise ContentError(problems)


def _sealed(content: Content, usual: bool) -> bool:
    """Tell whether a document is sealed: as its writer, its 文种 or else its agency says."""
    of_type = TABLE[content.type].seal
    return next(said for said in (content.seal, of_type, usual) if said is not None)


def name_of(session: Session, agency_id: int, day: date) -> Any:
    """Return what an agency is called on a day, `full` and `short`, with its `masthead` and `printed_by`."""
    return of_day(_NAMES.rows(session, {"agency": agency_id}), day)


def of_day(names: Sequence[Any], day: date) -> Any:
    """Return the name of a day among those of an agency, first to last; the nearest where none covers it."""
    begun = [name for name in names if name.since <= day]
    return (begun or names)[-1 if begun else 0]


def series_for(session: Session, agency_id: int, type_: str) -> Any:
    """Return the series that numbers a 文种 of an agency: the one that names it, else the general one.

    Raises NotReady when there is none.
    """
    all_series = _SERIES.rows(session, {"agency": agency_id})
    named = [series for series in all_series if type_ in series.types]
    serving = named or [series for series in all_series if not series.types]
    if not serving:
        known = {"agency": name_of(session, agency_id, today()).short, "type": type_}
        raise NotReady([Reason("No series of %(agency)s numbers documents of the type %(type)s", known)])
    return serving[0]


def with_co_agencies(
    session: Session, known: Particulars, content: Content, dated: date | None
) -> Particulars:
    """Add the other agencies: those of this office by their names of the day, others as written."""
    day = dated or today()
    marks, signatures = [], []
    for name in content.co_agencies:
        own = find_agency(session, name, day)
        named = name_of(session, own.id, day) if own else None
        marks.append(named.masthead if named else name)
        signatures.append(named.short if named else name)
    return replace(
        known, co_mastheads=() if content.lead_only else tuple(marks), co_signatures=tuple(signatures)
    )


def masthead_of(agency: Agency) -> tuple[int | None, int | None]:
    """Return the size (pt) and scale (%) of an agency's masthead; None where they are found by fitting."""
    return agency.masthead_size_pt, agency.masthead_percent


def particulars(session: Session, document: Mapping[str, Any], agency: Agency) -> Particulars:
    """Return what the system adds to a document on paper; places not yet known stay empty.

    Name and masthead are those of 成文日期, 印发机关 that of 印发日期. `document` needs number, dated and
    printed_on.
    """
    names = _NAMES.rows(session, {"agency": agency.id})
    signing = of_day(names, document["dated"] or today())
    return Particulars(
        masthead=signing.masthead,
        signature=signing.short,
        full_name=signing.full,
        printed_by=of_day(names, document["printed_on"] or today()).printed_by,
        number=document["number"],
        dated=document["dated"],
        printed_on=document["printed_on"],
    )
