"""Check that frozen totals are what the scores come to."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Application, Campaign
from .results import results


def findings(session: Session) -> Iterator[str]:
    """Yield where a total that was frozen differs from one that is reckoned from the scores again."""
    frozen = select(Campaign).where(Campaign.frozen_at.is_not(None)).order_by(Campaign.id)
    for campaign in session.scalars(frozen).all():
        kept = {
            row.document_id: row
            for row in session.execute(
                select(Application.document_id, Application.total, Application.reckoning).where(
                    Application.campaign_id == campaign.id, Application.total.is_not(None)
                )
            )
        }
        for category in results(session, campaign, anew=True):
            for one in category.results:
                stored = kept.get(one.judged.id)
                if stored is None:
                    continue
                again = None if one.reckoning is None else (one.total, one.reckoning["sum"])
                if again != (stored.total, stored.reckoning.get("sum")):
                    yield f"application {one.key}: its frozen total is not what its scores come to"
