"""A campaign that is judged: its applications brought to their stage, its assessors' sheets filled in."""

from typing import Any

from sqlalchemy import select

from tests.workflow.applications import campaign as rounds
from tests.workflow.applications import walking
from tests.workflow.desk import Desk
from workflow.assessment import assigning, scoring
from workflow.campaigns.points import write_points
from workflow.installation import read_tx
from workflow.models import Assignment, Document, User

RULE = {"methods": {"material": 60, "site": 40}, "within": "mean", "at_least": 3, "veto": True}
POINTS = {code: (points, methods) for code, points, methods, _ in rounds.LEAVES}


def open_campaign(desk: Desk, **changes: Any) -> str:
    """Open a campaign that judges by material and site, two assessors each."""
    usual = {"methods": ["material", "site"], "aggregation": RULE, "bodies": ()}
    return rounds.open_campaign(desk, **usual | changes)


def apply(desk: Desk, campaign: str, who: str = "unit1", stage: str = "qualification") -> str:
    """Bring a unit's application to a stage before it is judged."""
    return walking.bring(desk, campaign, walking.begin(desk, campaign, who), stage)


def assigned(document: str) -> dict[tuple[str, str], str | None]:
    """Return who judges an application by which method, and when they handed in."""
    with read_tx() as session:
        rows = session.execute(
            select(User.username, Assignment.method, Assignment.handed_in_at)
            .join(Assignment, Assignment.user_id == User.id)
            .join(Document, Document.id == Assignment.document_id)
            .where(Document.public_id == document)
        )
        return {(row.username, row.method): row.handed_in_at for row in rows}


def assign(desk: Desk, document: str, method: str, *who: str) -> None:
    for username in who:
        assigning.assign(desk.id("clerk"), document, method, username)


def give(desk: Desk, document: str, who: str, method: str, off: int = 0, **words: str) -> scoring.Saved:
    """Fill in a sheet: all points of each indicator, less so many hundredths."""
    given = {
        code: (write_points(points - off), "有差距" if off else "")
        for code, (points, methods) in POINTS.items()
        if method in methods
    }
    return scoring.save(desk.id(who), document, method, given, **words)


def hand_in(desk: Desk, document: str, who: str, method: str, off: int = 0, **words: str) -> None:
    """Fill in a sheet and hand it in."""
    give(desk, document, who, method, off, **words)
    scoring.hand_in(desk.id(who), document, method)
