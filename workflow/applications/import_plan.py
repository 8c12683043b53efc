"""Plan what a workbook of applications would do: held against the campaign and the units that there are."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.errors import ContentError, Problem
from states.reasons import Reason

from ..campaigns.overview import offers
from ..campaigns.trees import tree_of
from ..directory import Person, find_person
from ..intake.findings import Finding
from ..intake.sheets import HEADINGS_ROW, Line, read_sheets
from ..models import Applicant, Application, Campaign, Unit
from ..spreadsheets import Sheet
from . import eligibility
from .facts import APPLICANT, people_in
from .import_form import (
    CATEGORY,
    COUNTS,
    NAME,
    PLEDGE,
    SHEET,
    TEXTS,
    TITLE,
    UNIT,
    form,
    points_heading,
    statement_heading,
)
from .settling import settle

MOST_ROWS = 1000


@dataclass(frozen=True)
class Entry:
    """An application that would be begun; `as_whom` is the account of its unit that holds it."""

    row: int
    unit: str
    category: str
    as_whom: int
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """What a workbook would do; with findings it would do nothing. there: rows that came in before."""

    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...]
    there: tuple[tuple[int, str, str], ...]  # row, unit, category

    @property
    def digest(self) -> str:
        """Return what tells this plan from one that would do something else."""
        told = [[one.row, one.unit, one.category, one.content] for one in self.entries]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class _Round:
    """What the rows are held against."""

    campaign: Campaign
    categories: Mapping[str, str]  # codes by name
    codes: Mapping[str, Sequence[Any]]  # scored indicators by category
    units: Mapping[str, int]
    own: frozenset[int] | None  # the units of the one who asks; None: all


def indicators(session: Session, campaign: Campaign) -> list[Any]:
    """Return the indicators of all categories of a campaign, each code once."""
    found: dict[str, Any] = {}
    for offer in offers(session, campaign.id):
        for leaf in tree_of(session, offer.set.id).leaves:
            found.setdefault(leaf.code, leaf)
    return list(found.values())


def plan(
    session: Session, campaign: Campaign, workbook: Mapping[str, Sheet], own: frozenset[int] | None
) -> Plan:
    """Return what a workbook would do, every finding at once; `own` narrows it to some units."""
    findings: list[Finding] = []
    asked = form(indicators(session, campaign))
    lines = read_sheets(workbook, [asked], findings).get(SHEET, [])
    if len(lines) > MOST_ROWS:
        most = Reason("The workbook has more than %(most)s rows: split it", {"most": str(MOST_ROWS)})
        findings.append(Finding(SHEET, HEADINGS_ROW, "", "", most))
        return Plan(tuple(findings), (), ())
    against = _round(session, campaign, own)
    entries, there = [], []
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        found = _entry(session, line, against, findings)
        if found is None:
            continue
        key = (found.unit, found.category)
        if key in seen:
            twice = Reason("Row %(row)s is the same unit and category", {"row": str(seen[key])})
            findings.append(line.finding(NAME, twice))
        elif _is_there(session, campaign, against.units[found.unit], against.categories[found.category]):
            there.append((found.row, *key))
        else:
            entries.append(found)
        seen.setdefault(key, found.row)
    return Plan(tuple(findings), tuple(entries), tuple(there))


def _round(session: Session, campaign: Campaign, own: frozenset[int] | None) -> _Round:
    all_ = offers(session, campaign.id)
    units = session.execute(select(Unit.name, Unit.id).join(Applicant, Applicant.unit_id == Unit.id))
    return _Round(
        campaign,
        {one.name: one.row.category for one in all_},
        {one.row.category: tree_of(session, one.set.id).leaves for one in all_},
        {row.name: row.id for row in units},
        own,
    )


def _entry(session: Session, line: Line, against: _Round, findings: list[Finding]) -> Entry | None:
    """Return what a row would begin, None where something is wrong with it."""
    values, before = line.values, len(findings)
    unit, category = str(values[NAME] or ""), str(values[CATEGORY] or "")
    if line.unread:
        return None
    if category not in against.categories:
        names = {"names": "、".join(against.categories)}
        findings.append(
            line.finding(CATEGORY, Reason("The campaign offers these categories: %(names)s", names))
        )
    person = _account(session, line, unit, against, findings)
    if len(findings) > before or person is None:
        return None
    code = against.categories[category]
    findings += _barred(session, line, against, against.units[unit], code)
    content = _content(line, against.campaign, code, against.codes[code])
    try:
        settle(session, person, content, None)
    except ContentError as error:
        findings += [line.finding(_heading(one, content), _reason(one)) for one in error.problems]
    if len(findings) > before:
        return None
    return Entry(line.row.number, unit, category, person.id, content)


def _account(
    session: Session, line: Line, unit: str, against: _Round, findings: list[Finding]
) -> Person | None:
    """Return the person who holds a unit's applications; what keeps it from having one is told."""
    unit_id = against.units.get(unit)
    if unit_id is None or (against.own is not None and unit_id not in against.own):
        own = against.own is not None
        stranger, unknown = (
            Reason("This is not your unit"),
            Reason("There is no such unit on the list of units"),
        )
        findings.append(line.finding(NAME, stranger if own else unknown))
        return None
    people = people_in(session, APPLICANT, unit_id)
    if not people:
        findings.append(line.finding(NAME, Reason("The unit has no account that could hold the application")))
        return None
    return find_person(session, people[0])


def _barred(session: Session, line: Line, against: _Round, unit_id: int, category: str) -> list[Finding]:
    checked = eligibility.check(session, unit_id, against.campaign, category)
    return [line.finding(NAME, one.reason) for one in checked if one.final]


def _content(line: Line, campaign: Campaign, category: str, leaves: Sequence[Any]) -> dict[str, Any]:
    values = line.values
    answers = [
        {
            "indicator": one.code,
            "points": values.get(points_heading(one.code)),
            "statement": values.get(statement_heading(one.code)) or "",
        }
        for one in leaves
    ]
    title = {name: values[heading] or "" for name, heading in TITLE.items()}
    return {
        "campaign": campaign.public_id,
        "category": category,
        "unit": {
            name: values[heading] if name in COUNTS else values[heading] or ""
            for name, heading in UNIT.items()
        },
        "titles_held": [title] if any(title.values()) else [],
        **{name: values[heading] or "" for name, heading in TEXTS.items()},
        "pledged": bool(values[PLEDGE]),
        "answers": [one for one in answers if one["points"] is not None or one["statement"]],
    }


def _heading(problem: Problem, content: Mapping[str, Any]) -> str:
    """Return the heading above the cell that a problem of the content came from."""
    path, _, part = problem.where.partition(".")
    name, _, number = path.rstrip("]").partition("[")
    if name == "answers" and number:
        code = content["answers"][int(number)]["indicator"]
        return points_heading(code) if part == "points" else statement_heading(code)
    known = {"unit": UNIT, "titles_held": TITLE}.get(name, {})
    return known.get(part) or TEXTS.get(name, NAME)


def _reason(problem: Problem) -> Reason:
    return Reason(problem.message, dict(problem.params))


def _is_there(session: Session, campaign: Campaign, unit_id: int, category: str) -> bool:
    same = (
        Application.campaign_id == campaign.id,
        Application.category == category,
        Application.unit_id == unit_id,
        Application.live,
    )
    return session.scalars(select(Application.document_id).where(*same)).first() is not None
