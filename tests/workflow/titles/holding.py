"""A title that a unit outside holds, as the register has it."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tests.workflow.desk import Desk
from workflow.applicants import keeping
from workflow.campaigns import first_lists
from workflow.installation import read_tx, write_tx
from workflow.models import Applicant, Title, Unit
from workflow.titles import events
from workflow.titles.events import Happening

UNIT = "省交通运输厅"


def unit_id(name: str = UNIT) -> int:
    with read_tx() as session:
        return session.scalars(select(Unit.id).where(Unit.name == name)).one()


def title(desk: Desk, unit: str = UNIT, **changes: Any) -> int:
    """Confer 文明单位 on a unit until the end of 2028, as of a day long ago; return the title's id."""
    clerk = desk.id("clerk")
    first_lists.take_over(clerk)
    with read_tx() as session:
        known = session.scalars(
            select(Unit.id).join(Applicant, Applicant.unit_id == Unit.id).where(Unit.name == unit)
        )
        there = known.first()
    if there is None:
        given = {"name": unit, "credit_code": "", "nature": "机关", "recommender": ""}
        there = keeping.add(clerk, given)
    usual = {
        "unit_id": there,
        "holder": unit,
        "category": "unit",
        "level": "own",
        "term": "2026—2028年度",
        "number": "豫直文明委〔2025〕9号",
        "since": date(2025, 12, 20),
        "until": date(2028, 12, 31),
        "state": "valid",
    }
    with write_tx() as session:
        row = Title(**(usual | changes))
        session.add(row)
        session.flush()
        events.append(session, [row.id], Happening("confer", row.since), desk.person("clerk"))
        return row.id


def held(title_id: int) -> Title:
    with read_tx() as session:
        return session.get_one(Title, title_id)


def befallen(title_id: int) -> list[tuple[str, str]]:
    """Return what befell a title, by kind and day."""
    with read_tx() as session:
        return [(one.kind, str(one.on)) for one in events.of_titles(session, [title_id])[title_id]]
