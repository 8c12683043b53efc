"""Plan what a workbook of past titles would do: held against itself, the units and the titles there are."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..campaigns.rules import natures
from ..clock import today
from ..contents import APPLICATION
from ..intake.findings import Finding
from ..intake.sheets import Line, read_sheets
from ..models import Applicant, Category, Document, Title, Unit, UnitName
from ..spreadsheets import Sheet
from .import_form import (
    CATEGORY,
    CODE,
    FORM,
    LEVEL,
    NATURE,
    NUMBER,
    REMARK,
    SINCE,
    STATE,
    STATE_SINCE,
    TERM,
    UNIT,
    UNTIL,
)

ENDED_BY_AN_ACT = ("suspended", "revoked", "terminated")


@dataclass(frozen=True)
class Entry:
    """A row that can be taken in: the title, and the unit that holds it (None: it is to be entered)."""

    row: int
    values: Mapping[str, Any]  # by heading; the category by its code
    category: str
    unit_id: int | None
    unit: str  # as it is called now
    document_id: int | None
    there: bool  # the title is in the register already

    @property
    def state(self) -> str:
        return self.values[STATE] or ("expired" if self.values[UNTIL] < today() else "valid")


@dataclass(frozen=True)
class Plan:
    """What a workbook would do; with findings it would do nothing."""

    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...]  # titles that are new
    there: int
    rows: int

    @property
    def newcomers(self) -> list[str]:
        """Return the names of the units that would be entered."""
        return list(dict.fromkeys(entry.unit for entry in self.entries if entry.unit_id is None))

    @property
    def digest(self) -> str:
        """Return what tells this plan from one that does something else."""
        rows = [
            [entry.row, entry.unit, entry.unit_id, entry.document_id, sorted(map(str, entry.values.items()))]
            for entry in self.entries
        ]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def plan(session: Session, workbook: Mapping[str, Sheet], enter_units: bool) -> Plan:
    """Check a workbook against itself and what there is; enter_units: those that are unknown come in too."""
    findings: list[Finding] = []
    lines = read_sheets(workbook, (FORM,), findings).get(FORM.name, [])
    known = _present(session, lines)
    entries: list[Entry] = []
    first: dict[tuple[Any, ...], int] = {}
    for line in lines:
        entry, wrong = _judge(line, known, enter_units)
        findings += [line.finding(heading, reason) for heading, reason in wrong]
        if entry is None:
            continue
        key = (entry.unit_id or entry.unit, *(entry.values[heading] for heading in (CATEGORY, LEVEL, NUMBER)))
        if first.setdefault(key, entry.row) != entry.row:
            told = Reason("This is in row %(row)s already", {"row": str(first[key])})
            findings.append(line.finding(UNIT, told))
        entries.append(entry)
    findings.sort(key=lambda one: one.row)
    if not lines and not findings:
        findings.append(Finding(FORM.name, 0, "", "", Reason("There is no row in it")))
    there = sum(entry.there for entry in entries)
    new = () if findings else tuple(entry for entry in entries if not entry.there)
    return Plan(tuple(findings), new, there, len(lines))


@dataclass(frozen=True)
class _Present:
    units: Mapping[int, Unit]
    by_name: Mapping[str, set[int]]  # also by former names
    by_code: Mapping[str, int]
    natures: Sequence[str]
    categories: Mapping[str, str]  # codes by name
    titles: Mapping[tuple[int, str, str, str], Any]  # by unit, category, level and number
    documents: Mapping[str, tuple[int, date | None]]  # id and day by number


def _present(session: Session, lines: Sequence[Line]) -> _Present:
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    by_name: dict[str, set[int]] = defaultdict(set)
    for unit in units.values():
        by_name[unit.name].add(unit.id)
    for former in session.execute(select(UnitName.name, UnitName.unit_id)):
        by_name[former.name].add(former.unit_id)
    codes = select(Applicant.credit_code, Applicant.unit_id).where(Applicant.credit_code.is_not(None))
    titles = select(
        Title.unit_id, Title.category, Title.level, Title.number, Title.since, Title.until, Title.term
    )
    numbers = {str(line.values[NUMBER]) for line in lines if line.values[NUMBER]}
    issued = select(Document.number, Document.id, Document.dated).where(
        Document.number.in_(numbers), Document.issued_at.is_not(None), Document.kind != APPLICATION
    )
    return _Present(
        units,
        by_name,
        {str(row.credit_code): row.unit_id for row in session.execute(codes)},
        natures(session),
        {row.name: row.code for row in session.execute(select(Category.name, Category.code))},
        {(row.unit_id, row.category, row.level, row.number): row for row in session.execute(titles)},
        {str(row.number): (row.id, row.dated) for row in session.execute(issued)},
    )


def _judge(line: Line, known: _Present, enter_units: bool) -> tuple[Entry | None, list[tuple[str, Reason]]]:
    """Return a row's entry, None where it cannot be told what it is, and what is wrong with it."""
    values = dict(line.values)
    unit_id, wrong = _unit(line, known, enter_units)
    wrong += _days(values)
    category = known.categories.get(str(values[CATEGORY])) if values[CATEGORY] else None
    if values[CATEGORY] and category is None:
        told = {"name": str(values[CATEGORY])[:40], "known": "、".join(known.categories)}
        wrong.append((CATEGORY, Reason("%(name)s is none of the categories %(known)s", told)))
    values[CATEGORY] = category
    document_id, dated = known.documents.get(str(values[NUMBER]), (None, None))
    if values[SINCE] and dated and values[SINCE] != dated:
        told = {"number": str(values[NUMBER]), "day": str(dated)}
        wrong.append((SINCE, Reason("%(number)s is dated %(day)s in the register of this office", told)))
    same = known.titles.get((unit_id or 0, category or "", str(values[LEVEL]), str(values[NUMBER])))
    if same is not None:
        wrong += _differs(values, same)
    if wrong or line.unread:
        return None, wrong
    name = known.units[unit_id].name if unit_id else str(values[UNIT])
    called = str(line.values[CATEGORY])
    return Entry(line.row.number, values, called, unit_id, name, document_id, same is not None), []


def _unit(line: Line, known: _Present, enter_units: bool) -> tuple[int | None, list[tuple[str, Reason]]]:
    name, code, nature = (line.values[heading] for heading in (UNIT, CODE, NATURE))
    if name is None or CODE in line.unread:
        return None, []
    found = known.by_name.get(str(name), set())
    by_code = known.by_code.get(str(code)) if code else None
    if by_code:
        if found and by_code not in found:
            told = {"name": known.units[by_code].name}
            return None, [(CODE, Reason("This is the credit code of %(name)s", told))]
        return by_code, []
    if len(found) > 1:
        return None, [(UNIT, Reason("Several units are or were called so: write the credit code"))]
    if found:
        unit = known.units[next(iter(found))]
        if unit.internal:
            return None, [(UNIT, Reason("%(name)s is a unit of the office", {"name": unit.name}))]
        return unit.id, []
    if not enter_units:
        unknown = Reason("There is no such unit, by its credit code or by any name that it has or had")
        return None, [(UNIT, unknown)]
    if nature not in known.natures:
        kinds = {"known": "、".join(known.natures)}
        return None, [(NATURE, Reason("A new unit needs its nature: one of %(known)s", kinds))]
    return None, []


def _days(values: Mapping[str, Any]) -> Iterator[tuple[str, Reason]]:
    since, until, state, day = (values[heading] for heading in (SINCE, UNTIL, STATE, STATE_SINCE))
    if since and since > today():
        yield SINCE, Reason("This day has not come yet")
    if since and until and until < since:
        yield UNTIL, Reason("It ends before it begins")
    if until and state == "valid" and until < today():
        yield STATE, Reason("It ended on %(day)s and is in force no more", {"day": str(until)})
    if until and state == "expired" and until >= today():
        yield STATE, Reason("It does not end before %(day)s", {"day": str(until)})
    if state not in ENDED_BY_AN_ACT:
        return
    if day is None:
        yield STATE_SINCE, Reason("Say since when")
    elif day > today():
        yield STATE_SINCE, Reason("This day has not come yet")
    elif since and day < since:
        yield STATE_SINCE, Reason("It had not been conferred on that day")
    if values[REMARK] is None:
        yield REMARK, Reason("Say why, and by which document")


def _differs(values: Mapping[str, Any], there: Any) -> Iterator[tuple[str, Reason]]:
    for heading, before in ((TERM, there.term), (SINCE, there.since), (UNTIL, there.until)):
        if values[heading] is not None and values[heading] != before:
            told = Reason(
                "The title is in the register already, with %(before)s here", {"before": str(before)}
            )
            yield heading, told
