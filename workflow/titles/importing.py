"""Take past titles in from a workbook: a dry run names row, column and reason, then all by one act."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..campaigns.clerk import clerk
from ..directory import Person
from ..installation import read_tx, write_tx
from ..models import Applicant, Title, Unit
from ..office.log import note
from ..spreadsheets import read_workbook
from . import events
from .events import Happening
from .import_form import CATEGORY, CODE, LEVEL, NATURE, NUMBER, REMARK, SINCE, STATE_SINCE, TERM, UNIT, UNTIL
from .import_plan import Entry, Plan, plan

ENDS = {"suspended": "suspend", "revoked": "revoke", "expired": "expire", "terminated": "terminate"}


def check(actor_id: int, content: bytes, enter_units: bool) -> Plan:
    """Return what a workbook would do; enter_units: units that are unknown come in as applicants.

    Raises NotAllowed, NotReady when it is no workbook.
    """
    with read_tx() as session:
        clerk(session, actor_id)
        return plan(session, read_workbook(content), enter_units)


def take_in(actor_id: int, content: bytes, enter_units: bool, seen: str) -> Plan:
    """Do what somebody saw that a workbook would (`seen`: the plan's digest).

    Raises NotAllowed, NotReady where it has findings, or would do something else by now.
    """
    workbook = read_workbook(content)
    with write_tx() as session:
        person = clerk(session, actor_id)
        planned = plan(session, workbook, enter_units)
        if planned.findings:
            raise NotReady([one.reason for one in planned.findings])
        if planned.digest != seen:
            raise NotReady([Reason("The register has changed since the workbook was checked; look again")])
        _write(session, person, planned)
        rows = [[one.row, one.values[UNIT], one.values[NUMBER], one.state] for one in planned.entries]
        details = {"rows": rows, "units": planned.newcomers}
        note(session, actor_id, "titles_imported", str(len(rows)), details)
    return planned


def _write(session: Session, person: Person, planned: Plan) -> None:
    """Write a plan with few statements however many rows it has: everybody else waits meanwhile."""
    units = _enter_units(session, planned)
    titles = [
        Title(
            unit_id=entry.unit_id or units[entry.unit],
            holder=entry.values[UNIT],
            category=entry.values[CATEGORY],
            level=entry.values[LEVEL],
            term=entry.values[TERM],
            number=entry.values[NUMBER],
            since=entry.values[SINCE],
            until=entry.values[UNTIL],
            state="valid",
            note=entry.values[REMARK] or "",
        )
        for entry in planned.entries
    ]
    session.add_all(titles)
    session.flush()
    befalling: dict[Happening, list[int]] = defaultdict(list)
    for entry, title in zip(planned.entries, titles, strict=True):
        conferred = Happening("confer", entry.values[SINCE], document_id=entry.document_id)
        befalling[conferred].append(title.id)
    for entry, title in zip(planned.entries, titles, strict=True):
        if entry.state in ENDS:
            befalling[_end(entry)].append(title.id)
    for what, some in befalling.items():
        events.append(session, some, what, person)


def _end(entry: Entry) -> Happening:
    on = entry.values[STATE_SINCE] or entry.values[UNTIL] + timedelta(days=1)
    return Happening(ENDS[entry.state], on, entry.values[REMARK] or "")


def _enter_units(session: Session, planned: Plan) -> Mapping[str, int]:
    new = {entry.unit: entry for entry in planned.entries if entry.unit_id is None}
    last = session.scalar(select(func.max(Unit.position))) or 0
    units = [
        Unit(name=name, internal=False, agency_id=None, position=last + place)
        for place, name in enumerate(new, start=1)
    ]
    session.add_all(units)
    session.flush()
    session.add_all(
        Applicant(
            unit_id=unit.id,
            credit_code=new[unit.name].values[CODE],
            nature=new[unit.name].values[NATURE],
        )
        for unit in units
    )
    session.flush()
    return {unit.name: unit.id for unit in units}
