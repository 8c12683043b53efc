"""Plan what a workbook of units would do: held against itself and against what there is."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..campaigns.rules import natures
from ..intake.findings import Finding
from ..intake.sheets import Line, read_sheets
from ..models import Applicant, Appointment, Post, Unit, User
from ..office import accounts
from ..spreadsheets import Sheet
from .accounts import ROLES
from .import_form import BARRED, BODY, CODE, CONTACT, FORM, NAME, NATURE, PURPOSE, USERNAME
from .listing import PURPOSES


@dataclass(frozen=True)
class Entry:
    """A row: the unit and its account as the workbook has them, and as they are."""

    row: int
    name: str
    values: Mapping[str, Any]  # by heading
    before: Mapping[str, Any] | None  # None: a unit that does not apply yet
    newcomer: bool  # its account is to be opened

    def fields(self) -> list[list[str]]:
        """Return what it changes, as [heading, before, after]."""
        was = self.before or {}
        pairs = [(name, _shown(was.get(name)), _shown(value)) for name, value in self.values.items()]
        return [[name, before, now] for name, before, now in pairs if before != now]


@dataclass(frozen=True)
class Plan:
    """What a workbook would do; with findings it would do nothing."""

    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...]  # those that change something
    rows: int

    @property
    def added(self) -> int:
        return sum(entry.before is None for entry in self.entries)

    @property
    def newcomers(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.newcomer]

    @property
    def digest(self) -> str:
        """Return what tells this plan from one with other changes."""
        rows = [[entry.row, entry.name, entry.fields(), entry.newcomer] for entry in self.entries]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(PURPOSES[role] for role in value)
    return "" if value is None else str(value)


def plan(session: Session, workbook: Mapping[str, Sheet]) -> Plan:
    """Check a workbook against itself and the units as they are."""
    findings: list[Finding] = []
    lines = read_sheets(workbook, (FORM,), findings).get(FORM.name, [])
    known = _present(session)
    entries = [_entry(line, known) for line in lines if line.values[NAME] is not None]
    findings += _Judge(session, known, lines, entries).findings()
    findings.sort(key=lambda one: one.row)
    if not lines and not findings:
        findings.append(Finding(FORM.name, 0, "", "", Reason("There is no row in it")))
    changed = () if findings else tuple(one for one in entries if one.newcomer or one.fields())
    return Plan(tuple(findings), changed, len(lines))


@dataclass(frozen=True)
class _Present:
    units: Mapping[str, Unit]
    applicants: Mapping[str, Mapping[str, Any]]  # by the unit's name, without the account
    accounts: Mapping[str, Mapping[str, Any]]  # by user name: name, unit, roles
    codes: Mapping[str, str]  # the unit's name by credit code


def _present(session: Session) -> _Present:
    units = {unit.name: unit for unit in session.scalars(select(Unit))}
    names = {unit.id: name for name, unit in units.items()}
    applicants = {
        names[row.unit_id]: {
            CODE: row.credit_code,
            NATURE: row.nature,
            BODY: names.get(row.recommender_id or 0),
            BARRED: row.barred_until,
        }
        for row in session.scalars(select(Applicant))
    }
    people: dict[str, dict[str, Any]] = {}
    held = (
        select(User.username, User.name, User.active, Post.unit_id, Post.code)
        .outerjoin(Appointment, Appointment.user_id == User.id)
        .outerjoin(Post, Post.id == Appointment.post_id)
    )
    for row in session.execute(held):
        one = people.setdefault(row.username, {"name": row.name, "active": row.active, "held": []})
        one["held"].append((names.get(row.unit_id), row.code))
    codes = {str(one[CODE]): name for name, one in applicants.items() if one[CODE]}
    return _Present(units, applicants, people, codes)


def _entry(line: Line, known: _Present) -> Entry:
    given: dict[str, Any] = dict(line.values)
    name = str(given[NAME])
    contact, code = given[CONTACT], given[CODE]
    username = given[USERNAME] or (str(code).lower() if contact and code else None)
    purpose = (given[PURPOSE] or ("applicant",)) if username else None
    values = {CODE: code, NATURE: given[NATURE], BODY: given[BODY], BARRED: given[BARRED]}
    values |= {CONTACT: contact if username else None, USERNAME: username, PURPOSE: purpose}
    before = known.applicants.get(name)
    there = known.accounts.get(str(username)) if username else None
    if before is not None:
        roles = tuple(role for role in ROLES if there and (name, role) in there["held"])
        own = {CONTACT: there["name"], USERNAME: username, PURPOSE: roles} if there else {}
        before = {**before, **own}
        if own:  # a workbook takes no post away
            values[PURPOSE] = tuple(role for role in ROLES if role in {*roles, *(purpose or ())})
    return Entry(line.row.number, name, values, before, bool(username) and there is None)


@dataclass(frozen=True)
class _Judge:
    """Hold rows against each other and against what there is."""

    session: Session
    known: _Present
    lines: Sequence[Line]
    entries: Sequence[Entry]

    def findings(self) -> list[Finding]:
        by_row = {line.row.number: line for line in self.lines}
        named = {entry.name for entry in self.entries}
        kinds = set(natures(self.session))
        first: dict[tuple[str, Any], int] = {}
        found = []
        for entry in self.entries:
            line = by_row[entry.row]
            for heading in (NAME, CODE, USERNAME):
                value = entry.name if heading == NAME else entry.values[heading]
                if value and first.setdefault((heading, value), entry.row) != entry.row:
                    told = {"row": str(first[heading, value])}
                    found.append(line.finding(heading, Reason("This is in row %(row)s already", told)))
            for heading, reason in (
                *self._unit(entry, kinds, named),
                *self._account(line, entry),
            ):
                found.append(line.finding(heading, reason))
        return found

    def _unit(self, entry: Entry, kinds: set[str], named: set[str]) -> list[tuple[str, Reason]]:
        values, wrong = entry.values, []
        unit = self.known.units.get(entry.name)
        if unit is not None and unit.internal:
            wrong.append((NAME, Reason("%(name)s is a unit of the office", {"name": entry.name})))
        if values[CODE] and self.known.codes.get(values[CODE], entry.name) != entry.name:
            holder = {"name": self.known.codes[values[CODE]]}
            wrong.append((CODE, Reason("This is the credit code of %(name)s", holder)))
        if values[NATURE] and values[NATURE] not in kinds:
            told = {"name": values[NATURE][:40], "known": "、".join(sorted(kinds))}
            wrong.append((NATURE, Reason("%(name)s is none of the natures %(known)s", told)))
        body = values[BODY]
        if body == entry.name:
            wrong.append((BODY, Reason("A unit does not recommend itself")))
        elif body:
            there = self.known.units.get(body)
            if body not in named and (there is None or there.internal):
                wrong.append((BODY, Reason("There is no unit outside called %(name)s", {"name": body})))
        return wrong

    def _account(self, line: Line, entry: Entry) -> list[tuple[str, Reason]]:
        contact, username, wrong = line.values[CONTACT], entry.values[USERNAME], []
        if contact and not username and not {CODE, USERNAME} & line.unread:
            wrong.append((USERNAME, Reason("Without a credit code the account needs a user name")))
        if username and not contact and CONTACT not in line.unread:
            wrong.append((CONTACT, Reason("An account needs the name of the person")))
        there = self.known.accounts.get(str(username)) if username else None
        if username and there is None:
            wrong += [(USERNAME, reason) for reason in accounts.username_faults(str(username))]
        if there is not None:
            elsewhere = any(unit != entry.name or code not in ROLES for unit, code in there["held"])
            if elsewhere or not there["active"]:
                told = {"username": str(username)}
                wrong.append((USERNAME, Reason("The account %(username)s is somebody else's", told)))
        return wrong
