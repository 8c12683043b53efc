"""A campaign as the office clerk sets it up: its sheet, its categories, announced or not."""

from typing import Any

from sqlalchemy import select

from tests.workflow.desk import Desk
from workflow.campaigns import announcing, first_lists, making, offering
from workflow.installation import read_tx
from workflow.models import IndicatorSet

SHEET: dict[str, Any] = {
    "title": "2026年度省直文明单位申报",
    "kind": "creation",
    "level": "own",
    "year": "2026",
    "term": "2026—2028年度",
    "term_from": "2026-01-01",
    "term_until": "2028-12-31",
    "agency": "wmw",
    "conferral_type": "决定",
    "opens": "2026-03-01T09:00",
    "closes": "2026-04-30T18:00",
    "late_rule": "finish",
    "grace_minutes": "30",
    "correction_days": "5",
    "notice_days": "5",
    "notice_unit": "working",
    "methods": ["material", "site", "survey"],
    "weight_material": "60",
    "weight_site": "30",
    "weight_survey": "10",
    "assessors_each": "3",
    "within": "drop_extremes",
    "at_least": "3",
    "veto": "yes",
    "gap": "12.5",
}


def sheet(**changes: Any) -> dict[str, Any]:
    return SHEET | changes


def set_id(code: str = "unit", version: int = 1) -> int:
    with read_tx() as session:
        found = select(IndicatorSet.id).filter_by(code=code, version=version)
        return session.scalars(found).one()


def campaign(desk: Desk, **changes: Any) -> str:
    """Take the first lists over and make a campaign that offers 文明单位; return its public id."""
    clerk = desk.id("clerk")
    first_lists.take_over(clerk)
    public_id = making.make(clerk, sheet(**changes))
    given = {"set": str(set_id()), "places": "20", "eligibility": first_lists.usual_rules("unit")}
    offering.offer(clerk, public_id, "unit", given)
    return public_id


def announced(desk: Desk, **changes: Any) -> str:
    public_id = campaign(desk, **changes)
    announcing.announce(desk.id("clerk"), public_id)
    return public_id
