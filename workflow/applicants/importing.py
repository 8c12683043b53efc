"""Take units in from a workbook: a dry run names row, column and reason, then all comes in by one act."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import logins, passwords
from ..campaigns.clerk import clerk
from ..installation import read_tx, write_tx
from ..intake.office import Newcomer
from ..models import Applicant, Unit, User
from ..office import accounts
from ..office.log import note
from ..spreadsheets import read_workbook
from .accounts import appoint, appoint_newcomers
from .import_form import BARRED, BODY, CODE, CONTACT, NATURE, PURPOSE, USERNAME
from .import_plan import Plan, plan


def check(actor_id: int, content: bytes) -> Plan:
    """Return what a workbook would do. Raises NotAllowed, NotReady when it is none."""
    with read_tx() as session:
        clerk(session, actor_id)
        return plan(session, read_workbook(content))


def take_in(actor_id: int, content: bytes, seen: str) -> tuple[Plan, list[Newcomer]]:
    """Do what somebody saw that a workbook would (`seen`: the plan's digest); return those with new accounts.

    Raises NotAllowed, NotReady where it has findings, or would do something else by now.
    """
    workbook = read_workbook(content)
    with read_tx() as session:
        clerk(session, actor_id)
        made = {one.values[USERNAME]: passwords.one_time() for one in plan(session, workbook).newcomers}
    hashes = {username: logins.hash_made(password) for username, password in made.items()}
    with write_tx() as session:
        clerk(session, actor_id)
        planned = plan(session, workbook)
        if planned.findings:
            raise NotReady([one.reason for one in planned.findings])
        if planned.digest != seen:
            raise NotReady([Reason("The units have changed since the workbook was checked; look again")])
        _write(session, actor_id, planned, hashes)
        rows = [
            [one.row, one.name, "added" if one.before is None else "changed"]
            + ([one.values[USERNAME]] if one.newcomer else [])
            for one in planned.entries
        ]
        note(session, actor_id, "applicants_imported", str(len(rows)), {"rows": rows})
    newcomers = [
        Newcomer(str(one.values[USERNAME]), str(one.values[CONTACT]), made[one.values[USERNAME]])
        for one in planned.newcomers
    ]
    return planned, newcomers


def _write(session: Session, by_id: int, planned: Plan, hashes: Mapping[Any, str]) -> None:
    """Write a plan with few statements however many rows it has: everybody else waits meanwhile."""
    known = {unit.name: unit for unit in session.scalars(select(Unit))}
    units = {entry.name: known.get(entry.name) for entry in planned.entries}
    last = max((unit.position for unit in known.values()), default=-1)
    for place, name in enumerate([name for name, unit in units.items() if unit is None], start=1):
        known[name] = Unit(name=name, internal=False, agency_id=None, position=last + place)
        session.add(known[name])
    session.flush()
    rows = {row.unit_id: row for row in session.scalars(select(Applicant))}
    for entry in planned.entries:
        unit, values = known[entry.name], entry.values
        row = rows.get(unit.id) or Applicant(unit_id=unit.id)
        row.credit_code, row.nature, row.barred_until = values[CODE], values[NATURE], values[BARRED]
        row.recommender_id = known[values[BODY]].id if values[BODY] else None
        session.add(row)
    session.flush()
    newcomers = _open_accounts(session, planned, hashes)
    for entry in planned.entries:
        username, unit = entry.values[USERNAME], known[entry.name]
        if username and not entry.newcomer:
            user = accounts.find_user(session, username)
            accounts.call(session, by_id, user, entry.values[CONTACT])
            appoint(session, by_id, unit, user, entry.values[PURPOSE])
    appoint_newcomers(
        session,
        [
            (known[one.name], newcomers[one.values[USERNAME]], one.values[PURPOSE])
            for one in planned.newcomers
        ],
        {unit.id for unit in units.values() if unit is not None},
    )


def _open_accounts(session: Session, planned: Plan, hashes: Mapping[Any, str]) -> dict[str, User]:
    opened = {
        str(one.values[USERNAME]): User(
            username=one.values[USERNAME],
            name=one.values[CONTACT],
            password_hash=hashes[one.values[USERNAME]],
            active=True,
            must_change=True,
        )
        for one in planned.newcomers
    }
    session.add_all(opened.values())
    session.flush()
    return opened
