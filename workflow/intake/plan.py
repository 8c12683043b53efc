"""Plan an import of the office's workbook: what is wrong with it, or what it would add and change."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from states.reasons import Reason

from ..spreadsheets import Sheet, read_workbook
from . import check_agencies, check_people, check_series, columns, present, spoken
from .entries import SHEETS, START, Entry, Fields, Key, Noun, Office, shown
from .findings import Finding, at
from .judged import Judged
from .sheets import read_sheets

MOST_SHOWN = 1000  # rows that a report lists; all are taken in


@dataclass(frozen=True)
class Change:
    """Something that would be added (`before` is None) or changed."""

    noun: Noun
    key: Key
    before: Fields | None
    after: Fields
    row: int
    subject: str

    def fields(self) -> list[list[str]]:
        """Return each field that would be another, as people read it before and after."""
        before = {name: shown(value) for name, value in (self.before or {}).items()}
        after = {name: shown(value) for name, value in self.after.items()}
        return [
            [name, before.get(name, ""), now] for name, now in after.items() if before.get(name, "") != now
        ]


@dataclass(frozen=True)
class Plan:
    """What a workbook would do to the office as it is now; with findings it would do nothing."""

    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    lines: Mapping[str, int]  # how many rows each sheet has

    def rows(self) -> list[dict[str, Any]]:
        """Return the changes by the rows that they come from; an agency and its name stand in one."""
        found: dict[tuple[str, int], dict[str, Any]] = {}
        for change in self.changes:
            sheet = SHEETS[change.noun]
            place = {"sheet": sheet, "row": change.row, "subject": change.subject}
            row = found.setdefault((sheet, change.row), {**place, "added": False, "fields": []})
            row["added"] |= change.before is None
            row["fields"] += change.fields()
        order = list(SHEETS.values())
        return sorted(found.values(), key=lambda row: (order.index(row["sheet"]), row["row"]))

    @property
    def digest(self) -> str:
        """Return what tells this plan from one with other changes."""
        return hashlib.sha256(json.dumps(self.rows(), ensure_ascii=False).encode()).hexdigest()

    @property
    def newcomers(self) -> list[str]:
        """Return the user names of those who would get an account."""
        return [change.key[0] for change in self.changes if change.noun == "person" and change.before is None]

    def report(self) -> dict[str, Any]:
        """Return the plan as an import's row keeps it."""
        rows = self.rows()
        counts = {sheet: [0, 0, rows_] for sheet, rows_ in self.lines.items()}
        for row in rows:
            counts[row["sheet"]][0 if row["added"] else 1] += 1
            counts[row["sheet"]][2] -= 1
        return {
            "findings": [finding.to_dict() for finding in self.findings],
            "counts": counts,
            "rows": rows[:MOST_SHOWN],
            "more": max(0, len(rows) - MOST_SHOWN),
            "digest": self.digest,
        }


def plan(session: Session, workbook: bytes) -> Plan:
    """Check a workbook against itself and the office as it is; nothing is changed.

    Raises NotReady when the file is no workbook.
    """
    return plan_sheets(session, read_workbook(workbook))


def plan_sheets(session: Session, workbook: Mapping[str, Sheet]) -> Plan:
    """Check a workbook that was read."""
    findings: list[Finding] = []
    lines = read_sheets(workbook, columns.FORMS, findings, barred=columns.BARRED)
    office = present.read_office(session)
    entries = list(spoken.entries(lines, office))
    findings += [_twice(entry, first) for entry, first in spoken.twice(entries)]
    judged = _judged(session, office, entries, lines)
    for module in (check_agencies, check_series, check_people):
        findings += module.faults(judged)
    places = list(SHEETS.values())
    findings.sort(key=lambda one: (places.index(one.sheet) if one.sheet in places else -1, one.row))
    changes = () if findings else tuple(_changes(judged))
    return Plan(tuple(findings), changes, {name: len(found) for name, found in lines.items()})


def _judged(session: Session, office: Office, entries: list[Entry], lines: spoken.Lines) -> Judged:
    by_noun: dict[Noun, dict[Key, Entry]] = {noun: {} for noun in SHEETS}
    for entry in entries:
        by_noun[entry.noun].setdefault(entry.key, entry)
    return Judged(
        entries=by_noun,
        present=office,
        closed=present.closed_accounts(session),
        confirmed=present.confirmed_series(session),
        with_posts=present.units_with_posts(session),
        mentioned=frozenset(str(line.values["代码"]) for line in lines.get(columns.AGENCIES.name, [])),
        waiting=present.waiting_documents(session),
    )


_NAMED_BY: dict[Noun, str] = {
    "agency": "代码",
    "name": "启用日期",
    "series": "机关代字",
    "right": "职务代码",
    "unit": "名称",
    "person": "用户名",
    "correspondent": "名称",
}


def _twice(entry: Entry, first: Entry) -> Finding:
    reason = Reason("This is in row %(row)s already", {"row": str(first.line.row.number)})
    return at(entry.line.sheet, entry.line.row, _NAMED_BY[entry.noun], reason)


def _changes(judged: Judged) -> Iterator[Change]:
    for noun, entries in judged.entries.items():
        for key, entry in entries.items():
            before = judged.present[noun].get(key)
            after = {**entry.fields, **_confirmed_start(judged, noun, key)}
            if before is None or dict(before) != after:
                yield Change(noun, key, before, after, entry.line.row.number, _subject(entry))


def _confirmed_start(judged: Judged, noun: Noun, key: Key) -> Fields:
    """Return what a workbook leaves empty without meaning to take it back."""
    if noun == "series" and key[0] in judged.confirmed:
        return {heading: judged.present["series"][key][heading] for heading in START}
    return {}


def _subject(entry: Entry) -> str:
    """Return what a row is about, as people call it."""
    values = entry.line.values
    if entry.noun in ("agency", "name"):
        return str(values["全称"])
    if entry.noun == "person":
        return f"{values['姓名']}（{entry.key[0]}）"
    return " ".join(part for part in entry.key if part)
