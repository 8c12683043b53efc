"""Add agencies, change them, and give them a new name from a day on."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from docgen.layout import MASTHEAD_GIVEN_PERCENTS, MASTHEAD_GIVEN_SIZES_PT

from ..agencies import of_day
from ..clock import today
from ..installation import write_tx
from ..models import Agency, AgencyName
from .administrator import administrator
from .fields import Fields
from .log import note
from .series import find_agency_of_code, general_series, locked_agencies

LONGEST_NAME = 100  # characters; a content's agency is no longer
LONGEST_LIST = 5000  # as a content's 抄送
SMALLEST_PT, LARGEST_PT = MASTHEAD_GIVEN_SIZES_PT[0], MASTHEAD_GIVEN_SIZES_PT[-1]
NARROWEST_PERCENT = MASTHEAD_GIVEN_PERCENTS[0]

_CODE = re.compile(r"[a-z][a-z0-9_-]*")
_ARCHIVAL = re.compile(r"\w+")  # what an archival code (档号) joins by hyphens
_LIST_END = "：:。；;，,、 \u3000"


def add_agency(actor_id: int, given: Mapping[str, Any]) -> str:
    """Add an agency with its first name and its general series; return its code.

    given: code, full, short, since, agency_code (机关代字 of the series) and all that `change_agency` takes.
    Raises NotAllowed, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        fields = Fields(given)
        code = fields.line("code", 32)
        if code and not _CODE.fullmatch(code):
            fields.refuse("code", "A code has small letters, figures, - and _ and begins with a letter.")
        if code in locked_agencies(session):
            fields.refuse("code", "There is an agency with the code %(code)s already.", code=code)
        values = {**_read(fields), **_read_paper(fields)}
        full, short, since = _read_name(session, fields, None)
        last = session.scalar(select(func.max(Agency.position)))
        agency = Agency(code=code, position=0 if last is None else last + 1, **values)
        series = general_series(session, fields)
        fields.check()
        session.add(agency)
        session.flush()
        session.add(AgencyName(agency_id=agency.id, full=full, short=short, since=since, until=None))
        series.agency_id = agency.id
        session.add(series)
        details = {"code": code, "full": full, "since": str(since), "series": series.agency_code}
        note(session, actor_id, "agency_added", short, details)
        return code


def change_agency(actor_id: int, code: str, given: Mapping[str, Any]) -> None:
    """Change what an agency's documents look like and where they are filed.

    given: masthead, printed_by, seal, fonds, section, masthead_size_pt, masthead_percent (both may be
    empty: found by fitting), copy_to. Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        agency = find_agency_of_code(session, code)
        fields = Fields(given)
        values, paper = _read(fields), _read_paper(fields)
        fields.check()
        name = of_day(names_of(session, agency.id), today())
        before = {field: getattr(agency, field) for field in values}
        before |= {field: getattr(name, field) or getattr(agency, field) for field in paper}
        for field, value in values.items():
            setattr(agency, field, value)
        for field, value in paper.items():
            setattr(agency if getattr(name, field) is None else name, field, value)
        after = values | paper
        changed = {field: [before[field], after[field]] for field in after if before[field] != after[field]}
        if changed:
            note(session, actor_id, "agency_changed", name.short, changed)


def rename_agency(actor_id: int, code: str, given: Mapping[str, Any]) -> None:
    """Give an agency a new name from a day on; the former one ends the day before.

    From the very day from which the latest name counts, that one is corrected instead. given: full, short,
    since, and what the paper says then: masthead, printed_by. Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        agency = find_agency_of_code(session, code)
        fields = Fields(given)
        paper = _read_paper(fields)
        full, short, since = _read_name(session, fields, agency.id)
        names = names_of(session, agency.id)
        latest = names[-1]
        if since < latest.since:
            known = {"name": latest.short, "day": latest.since.isoformat()}
            fields.refuse("since", "The name %(name)s counts from %(day)s; a new one begins later.", **known)
        elif since > latest.since and (full, short) == (latest.full, latest.short):
            fields.refuse("full", "The agency is called so already.")
        fields.check()
        details = {"full": full, "since": str(since), "before": [latest.full, latest.short]}
        if since != latest.since:
            for name in names:
                name.masthead = name.masthead or agency.masthead
                name.printed_by = name.printed_by or agency.printed_by
            latest.until = since - timedelta(days=1)
            latest = AgencyName(agency_id=agency.id, since=since, until=None)
            session.add(latest)
        latest.full, latest.short = full, short
        latest.masthead, latest.printed_by = paper["masthead"], paper["printed_by"]
        note(session, actor_id, "agency_renamed", short, details)


def withdraw_name(actor_id: int, code: str) -> None:
    """Take back an agency's latest name while its day has not come; the one before goes on.

    Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        agency = find_agency_of_code(session, code)
        names, fields = names_of(session, agency.id), Fields({})
        latest = names[-1]
        if latest.since <= today() or len(names) == 1:
            fields.refuse("", "Only a name whose day has not come can be taken back.")
        fields.check()
        names[-2].until = None
        session.delete(latest)
        details = {"full": latest.full, "since": str(latest.since)}
        note(session, actor_id, "agency_name_withdrawn", latest.short, details)


def names_of(session: Session, agency_id: int) -> list[AgencyName]:
    """Return an agency's names, first to last."""
    found = select(AgencyName).where(AgencyName.agency_id == agency_id).order_by(AgencyName.since)
    return list(session.scalars(found))


def _read(fields: Fields) -> dict[str, Any]:
    values: dict[str, Any] = {
        "seal": fields.yes("seal"),
        "fonds": fields.line("fonds", 32),
        "section": fields.line("section", 32),
        "masthead_size_pt": fields.whole("masthead_size_pt", SMALLEST_PT, LARGEST_PT, required=False),
        "masthead_percent": fields.whole("masthead_percent", NARROWEST_PERCENT, 100, required=False),
        "copy_to": fields.line("copy_to", LONGEST_LIST, required=False).rstrip(_LIST_END),
    }
    for field in ("fonds", "section"):
        if values[field] and not _ARCHIVAL.fullmatch(values[field]):
            fields.refuse(field, "A part of an archival code has letters and figures only.")
    return values


def _read_paper(fields: Fields) -> dict[str, str]:
    return {
        "masthead": fields.line("masthead", LONGEST_NAME),
        "printed_by": fields.line("printed_by", LONGEST_NAME),
    }


def _read_name(session: Session, fields: Fields, own_id: int | None) -> tuple[str, str, date]:
    full, short = fields.line("full", LONGEST_NAME), fields.line("short", LONGEST_NAME)
    since = fields.day("since") or date.max  # then it has been refused
    taken = (
        select(Agency.id, AgencyName.full, AgencyName.short, Agency.code)
        .join(AgencyName, AgencyName.agency_id == Agency.id)
        .where(or_(AgencyName.until.is_(None), AgencyName.until >= since))
    )
    for row in session.execute(taken):
        if row.id == own_id:
            continue
        for field, name in (("full", full), ("short", short)):
            if name and name in (row.full, row.short, row.code):
                fields.refuse(field, "%(agency)s is called so already.", agency=row.full)
    return full, short, since
