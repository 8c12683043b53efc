"""Say which indicators a unit answers and an assessor scores, by campaign, category and method."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from ..models import Assignment, CampaignCategory, Indicator, Score, table
from ..prepared import Prepared

_indicators, _offered = table(Indicator), table(CampaignCategory)
_assignments, _scores = table(Assignment), table(Score)

_TREE = Prepared(
    select(_indicators)
    .join(_offered, _offered.c.set_id == _indicators.c.set_id)
    .where(_offered.c.campaign_id == bindparam("campaign"), _offered.c.category == bindparam("of_category"))
    .order_by(_indicators.c.position, _indicators.c.id)
)
_SCORED = Prepared(
    select(_scores.c.indicator_id)
    .join(_assignments, _assignments.c.id == _scores.c.assignment_id)
    .join(_indicators, _indicators.c.id == _scores.c.indicator_id)
    .where(
        _assignments.c.document_id == bindparam("of"),
        _assignments.c.user_id == bindparam("by"),
        _assignments.c.method == bindparam("how"),
        or_(_scores.c.points >= _indicators.c.points, (_scores.c.points >= 0) & (_scores.c.reason != "")),
    )
)


def leaves(session: Session, campaign_id: int, category: str) -> Sequence[Any]:
    """Return the indicators of a category that are answered and scored: those without children, in order."""
    rows = _TREE.rows(session, {"campaign": campaign_id, "of_category": category})
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return list(_leaves(below, None))


def _leaves(below: Mapping[int | None, Sequence[Any]], parent: int | None) -> Iterator[Any]:
    for row in below.get(parent, ()):
        if row.id in below:
            yield from _leaves(below, row.id)
        else:
            yield row


def to_be_scored(session: Session, campaign_id: int, category: str, method: str) -> set[int]:
    """Return the ids of the indicators that a method scores."""
    return {row.id for row in leaves(session, campaign_id, category) if method in row.methods}


def scored(session: Session, document_id: int, person: int, method: str) -> set[int]:
    """Return the indicators that somebody has scored by a method: all its points, or fewer and why."""
    rows = _SCORED.rows(session, {"of": document_id, "by": person, "how": method})
    return {row.indicator_id for row in rows}
