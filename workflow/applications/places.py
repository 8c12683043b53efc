"""Count the places for which a body may still recommend (推荐名额)."""

from typing import Any

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from ..models import Applicant, Application, Movement, Quota, table

RECOMMEND = "recommend"  # the act that takes one of a body's places

_applications, _applicants = table(Application), table(Applicant)
_movements, _quotas = table(Movement), table(Quota)


def places_left(session: Session, row: Any, *, lock: bool = False) -> int | None:
    """Return how many more applications the recommending body may recommend, besides this one's.

    What was recommended and is still live counts. `lock` keeps others from counting at the same time.
    """
    of_body = and_(_quotas.c.campaign_id == row.campaign_id, _quotas.c.recommender_id == row.recommender_id)
    wanted = select(_quotas.c.category, _quotas.c.number).where(
        of_body, _quotas.c.category.in_((row.category, ""))
    )
    found = session.connection().execute(wanted.order_by(_quotas.c.id).with_for_update() if lock else wanted)
    quotas = {quota.category: quota.number for quota in found}
    if row.recommender_id is None or not quotas:
        return None
    by_category = _taken(session, row.campaign_id, row.recommender_id, row.document_id)
    left = [
        number - (by_category.get(category, 0) if category else sum(by_category.values()))
        for category, number in quotas.items()
    ]
    return max(min(left), 0)


def _taken(session: Session, campaign_id: int, body: int, but: int = 0) -> dict[str, int]:
    """Return by category how many places a body has taken in a campaign, one application apart."""
    recommended = exists().where(
        _movements.c.document_id == _applications.c.document_id, _movements.c.action == RECOMMEND
    )
    rows = session.connection().execute(
        select(_applications.c.category, func.count().label("taken"))
        .join(_applicants, _applicants.c.unit_id == _applications.c.unit_id)
        .where(_applications.c.campaign_id == campaign_id, _applications.c.live, recommended)
        .where(_applicants.c.recommender_id == body)
        .where(_applications.c.document_id != but)
        .group_by(_applications.c.category)
    )
    return {row.category: row.taken for row in rows}


def shares(session: Session, campaign_id: int, body: int) -> dict[str, tuple[int, int]]:
    """Return a body's places in a campaign as (taken, all), by category; '' is all categories together."""
    of_body = (_quotas.c.campaign_id == campaign_id, _quotas.c.recommender_id == body)
    rows = session.connection().execute(select(_quotas.c.category, _quotas.c.number).where(*of_body))
    quotas, taken = {row.category: row.number for row in rows}, _taken(session, campaign_id, body)
    return {
        category: (taken.get(category, 0) if category else sum(taken.values()), number)
        for category, number in sorted(quotas.items())
    }
