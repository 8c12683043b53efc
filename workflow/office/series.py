"""Open series of numbers, say what they serve, retire them; numbers themselves are the registrar's."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from docgen.errors import Problem
from docgen.sheet import TYPES

from ..clock import today
from ..errors import NotFound
from ..installation import write_tx
from ..models import Agency, Counter, Document, RegisterEntry, Series, Task
from .administrator import administrator
from .fields import Fields
from .log import note

LONGEST = 40  # characters

_TWO_OF_A_TYPE = Problem("types", "Only one series can serve the type %(type)s, not %(codes)s.")
_TWO_OF_THE_REST = Problem("types", "Only one series can serve the types that no other names, not %(codes)s.")

NOT_IN_CODES = re.compile(r"[\s\d〔〕\[\]【】()（）]")


def open_series(actor_id: int, agency: str, given: Mapping[str, Any]) -> int:
    """Open a series of an agency; return its id. No number is given before the registrar says with which.

    given: agency_code, name, types (文种; none: all that no other series names), instead_of (the id of a
    series that is retired by this, or nothing). Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        owner = find_agency_of_code(session, agency)
        fields = Fields(given)
        series = _read_new(session, fields, fields.words("types", TYPES))
        series.agency_id = owner.id
        former = _former(session, fields, owner)
        fields.check()
        if former is not None:
            former.retired = True
        session.add(series)
        _settle(session, fields, owner.id)
        details = {"name": series.name, "types": series.types}
        details |= {"instead_of": former.agency_code} if former else {}
        note(session, actor_id, "series_opened", series.agency_code, details)
        return series.id


def _former(session: Session, fields: Fields, owner: Agency) -> Series | None:
    """Return the agency's series that a new one takes the place of, if one is named."""
    given = str(fields.given.get("instead_of") or "")
    if not given:
        return None
    of_agency = session.scalars(select(Series).where(Series.agency_id == owner.id, ~Series.retired))
    former = next((series for series in of_agency if str(series.id) == given), None)
    if former is None:
        fields.refuse("instead_of", "%(value)s is not one of the choices.", value=given[:40])
    return former


def general_series(session: Session, fields: Fields) -> Series:
    """Return the series that a new agency begins with (`agency_code`), for the caller to add."""
    return _read_new(session, fields, [], name="文件")


def change_series(actor_id: int, series_id: int, given: Mapping[str, Any]) -> None:
    """Change a series' name, what it serves, and the last year that is closed for numbering.

    given: name, types, closed_year. Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        series = _find(session, series_id)
        fields = Fields(given)
        after = {
            "name": fields.line("name", LONGEST),
            "types": fields.words("types", TYPES),
            "closed_year": fields.whole("closed_year", 0, today().year - 1, required=False) or 0,
        }
        fields.check()
        before = {field: getattr(series, field) for field in after}
        for field, value in after.items():
            setattr(series, field, value)
        _settle(session, fields, series.agency_id)
        changed = {field: [before[field], after[field]] for field in after if before[field] != after[field]}
        if changed:
            note(session, actor_id, "series_changed", series.agency_code, changed)


def retire_series(actor_id: int, series_id: int, retired: bool = True) -> None:
    """Let a series number nothing new, or again; its numbers stay.

    Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        series, fields = _find(session, series_id), Fields({})
        if series.retired == retired:
            return
        series.retired = retired
        _settle(session, fields, series.agency_id)
        note(session, actor_id, "series_retired" if retired else "series_revived", series.agency_code)


def delete_series(actor_id: int, series_id: int) -> None:
    """Delete a series that never gave a number. Raises NotAllowed, NotFound, ContentError."""
    with write_tx() as session:
        administrator(session, actor_id)
        series, fields = _find(session, series_id), Fields({})
        if session.scalar(select(func.count()).where(RegisterEntry.series_id == series.id)):
            fields.refuse(
                "",
                "The series %(code)s has numbers in the register; it can be retired, not deleted.",
                code=series.agency_code,
            )
            fields.check()
        session.delete(series)
        session.execute(delete(Counter).where(Counter.run.like(f"series {series.id} %")))
        _settle(session, fields, series.agency_id)
        note(session, actor_id, "series_deleted", series.agency_code)


def contradictions(session: Session, agency_id: int) -> list[Problem]:
    """Return why it would not be clear which series numbers a document of an agency, otherwise nothing.

    Of the series not retired exactly one serves all types that none other names, and no type has two.
    """
    rows = session.scalars(
        select(Series).where(Series.agency_id == agency_id, ~Series.retired).order_by(Series.position)
    ).all()
    claims: dict[str, list[str]] = {type_: [] for type_ in ("", *TYPES)}
    for series in rows:
        for type_ in series.types or [""]:
            claims[type_].append(series.agency_code)
    found = []
    if rows and not claims[""]:
        found.append(Problem("types", "One series must serve all types of document that no other names."))
    for type_, codes in claims.items():
        if len(codes) > 1:
            twice = _TWO_OF_A_TYPE if type_ else _TWO_OF_THE_REST
            found.append(replace(twice, params={"type": type_, "codes": "、".join(codes)}))
    return found


def _settle(session: Session, fields: Fields, agency_id: int) -> None:
    """Write, and refuse what would leave a document without a series, or with two."""
    session.flush()
    fields.problems += contradictions(session, agency_id)
    left = select(func.count()).where(Series.agency_id == agency_id, ~Series.retired)
    if not session.scalar(left) and (count := waiting_for_numbers(session, agency_id)):
        message = "%(count)s documents of the agency are under way and still need a number."
        fields.refuse("", message, count=str(count))
    fields.check()


def waiting_for_numbers(session: Session, agency_id: int) -> int:
    """Return how many documents of an agency are under way and have no number yet."""
    waiting = (
        select(func.count(Task.document_id.distinct()))
        .join(Document, Document.id == Task.document_id)
        .where(Task.closed_at.is_(None), Document.agency_id == agency_id, Document.number.is_(None))
    )
    return int(session.scalar(waiting) or 0)


def _read_new(session: Session, fields: Fields, types: list[str], name: str = "") -> Series:
    code = fields.line("agency_code", LONGEST)
    if code and NOT_IN_CODES.search(code):
        fields.refuse("agency_code", "Only the words before the year: no brackets, figures or spaces.")
    if session.scalar(select(Series.id).where(Series.agency_code == code)) is not None:
        fields.refuse("agency_code", "There is a series %(code)s already.", code=code)
    position = session.scalar(select(func.max(Series.position)))
    return Series(
        agency_code=code,
        name=name or fields.line("name", LONGEST),
        types=types,
        closed_year=0,
        position=0 if position is None else position + 1,
        retired=False,
    )


def locked_agencies(session: Session) -> dict[str, Agency]:
    """Return all agencies by code, locked: what one may be called or number depends on the others."""
    found = session.scalars(select(Agency).order_by(Agency.id).with_for_update(key_share=True))
    return {agency.code: agency for agency in found}


def find_agency_of_code(session: Session, code: str) -> Agency:
    """Return an agency, locked; raises NotFound."""
    agency = locked_agencies(session).get(code)
    if agency is None:
        raise NotFound
    return agency


def _find(session: Session, series_id: int) -> Series:
    """Return a series, all agencies locked; raises NotFound."""
    locked_agencies(session)
    series = session.get(Series, series_id)
    if series is None:
        raise NotFound
    return series
